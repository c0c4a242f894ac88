/** How far a long piece of work has come. */
export interface Progress {
  readonly step: 'scene' | 'foreground' | 'kept' | 'render';
  readonly done: number;
  readonly total: number;
  readonly unit: 'frames';
}

/** Told about progress, often; must return at once. */
export type OnProgress = (progress: Progress) => void;

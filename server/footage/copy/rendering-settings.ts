/**
 * How copies are coded. The numbers are part of what makes a copy repeatable, and the proof's
 * tolerances follow from them; changing one changes {@link RENDERING}.version.
 */
export interface RenderingSettings {
  readonly version: number;
  readonly preset: string;
  /** Constant rate factor of x264. */
  readonly crf: number;
  /** Coarsest quantiser allowed: bounds how far a covered pixel can be from black. */
  readonly maxQuantiser: number;
  /** Pinned, because x264 codes differently for another number of threads. */
  readonly threads: number;
}

/** The settings of every copy. */
export const RENDERING: RenderingSettings = {
  version: 2,
  preset: 'veryfast',
  crf: 21,
  maxQuantiser: 36,
  threads: 4,
};

import type { JsonValue } from './canonical-json.ts';

/** Where a sealed text stands. It is bound to this place: moved elsewhere it no longer opens. */
export interface SealedPlace {
  readonly table: string;
  readonly row: string;
  readonly field: string;
}

/** Seals narratives, names, digests of originals and file names before they reach a row. */
export interface TextSealer {
  seal(place: SealedPlace, text: string): Uint8Array;
  /** Throws when the text was changed or stands in another place. */
  open(place: SealedPlace, sealed: Uint8Array): string;
}

/**
 * Names derived artefacts by their inputs: HMAC-SHA-256 under the vault key of the canonical JSON.
 * Whoever seizes the server cannot confirm from a name that a recording was ours.
 */
export interface OutputNamer {
  nameFor(inputs: JsonValue): string;
}

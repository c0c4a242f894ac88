import { createHash } from 'node:crypto';
import type { FindingCode } from '../../../server/verification/findings.ts';
import { type Forgery, resealed } from '../resealed-pack.ts';
import type { SealedForTest } from '../sealed-pack.ts';

/** A pack whose files no longer agree, and exactly what must be found in it. */
export interface ForgedPack {
  readonly name: string;
  readonly make: (pack: SealedForTest) => Promise<Uint8Array>;
  readonly finds: readonly FindingCode[];
}

/** A digest of nothing in particular. */
export const ZEROS = '0'.repeat(64);

/** The text of a file of the bag. */
export function textOf({ bag }: SealedForTest, path: string): string {
  return new TextDecoder().decode(bag.get(path));
}

/** SHA-256 of a text, as hex. */
export function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Puts files otherwise before everything is listed and signed anew. */
export function forged(forge: (pack: SealedForTest) => Forgery): ForgedPack['make'] {
  return (pack) => resealed(pack, forge(pack));
}

/** Replaces a text in one file before everything is listed and signed anew. */
export function rewritten(path: string, change: (text: string) => string): ForgedPack['make'] {
  return forged((pack) => ({ files: { [path]: change(textOf(pack, path)) } }));
}

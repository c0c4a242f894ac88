import { createHash } from 'node:crypto';
import type { FindingCode } from '../../../server/verification/findings.ts';
import { type Forgery, resealed } from '../resealed-pack.ts';
import type { SealedForTest } from '../sealed-pack.ts';

/** A pack whose files no longer agree, and exactly what must be found in it. */
export interface ForgedPack {
  readonly name: string;
  readonly make: MakeForged;
  readonly finds: readonly FindingCode[];
}

/** Makes a pack with something forged in it; `forge` says what, so that several can be put into one. */
export type MakeForged = ((pack: SealedForTest) => Promise<Uint8Array>) & {
  readonly forge: (pack: SealedForTest) => Forgery | Promise<Forgery>;
};

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
export function forged(forge: MakeForged['forge']): MakeForged {
  const make = async (pack: SealedForTest) => resealed(pack, await forge(pack));
  return Object.assign(make, { forge });
}

/** One pack with all of these in it: no two may change the same file. */
export async function forgedTogether(
  pack: SealedForTest,
  all: readonly ForgedPack[],
): Promise<Uint8Array> {
  const forgeries = await Promise.all(all.map(({ make }) => make.forge(pack)));
  const merged = (parts: ReadonlyArray<object | undefined>) => {
    const changes = parts.flatMap((part) => Object.entries(part ?? {}));
    const places = new Set(changes.map(([place]) => place));
    if (places.size < changes.length) throw new Error('one file twice');
    return Object.fromEntries(changes);
  };
  return await resealed(pack, {
    ...merged(forgeries.map(({ files, seal, ...rest }) => rest)),
    files: merged(forgeries.map(({ files }) => files)),
    seal: merged(forgeries.map(({ seal }) => seal)),
  });
}

/** Replaces a text in one file before everything is listed and signed anew. */
export function rewritten(path: string, change: (text: string) => string): MakeForged {
  return forged((pack) => ({ files: { [path]: change(textOf(pack, path)) } }));
}

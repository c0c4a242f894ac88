import { z } from 'zod';
import { boundedLines } from '../../kernel/bounded-lines.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { fromHex, isSha256, type Sha256, sha256Bytes, toHex } from '../../kernel/digest.ts';
import type { RandomBytes } from '../../kernel/ids.ts';
import { merkleRoot } from '../../kernel/merkle.ts';
import { WHOLE_NUMBER } from '../../kernel/whole-number.ts';

const digest = z.custom<Sha256>(isSha256);

/** What a leaf commits to. */
export const COMMITTED_ITEM_SCHEMA = z.strictObject({
  class: z.enum(['original-media', 'source-case', 'exhibit']),
  sha256: digest,
  bytes: WHOLE_NUMBER,
});

/** A thing that a pack commits to: its class, digest and size. */
export type CommittedItem = Readonly<z.infer<typeof COMMITTED_ITEM_SCHEMA>>;

/** What opens a leaf: whoever is given it can check it, and nobody else can guess it. */
export interface Opening {
  /** 32 random bytes of this item and this pack, as hex. */
  readonly salt: string;
  readonly item: CommittedItem;
}

/** Salts are as long as digests. */
export const SALT_BYTES = 32;
const FEWEST_LEAVES = 64;
const COMMITMENT = Uint8Array.of(0x00);

/** SHA-256(0x00 ‖ JCS([salt, item])): a leaf as RFC 6962 hashes one, which hides what it commits to. */
export function commitmentLeaf({ salt, item }: Opening): Sha256 {
  const text = canonicalJson([salt, { class: item.class, sha256: item.sha256, bytes: item.bytes }]);
  return toHex(sha256Bytes(COMMITMENT, new TextEncoder().encode(text))) as Sha256;
}

/** How many leaves a set has: a power of two, so that the number of items shows only roughly. */
export function leavesFor(items: number): number {
  let leaves = FEWEST_LEAVES;
  while (leaves < items) leaves *= 2;
  return leaves;
}

/** Random leaves that nobody can open, to fill a set up. To be kept, or no rebuild is the same. */
export function drawDecoys(items: number, random: RandomBytes): Sha256[] {
  return Array.from(
    { length: leavesFor(items) - items },
    () => toHex(random(SALT_BYTES)) as Sha256,
  );
}

/** The text of `evidence/commitments.txt`: sorted leaves, one a line, so that order tells nothing. */
export function formatCommitments(leaves: readonly Sha256[]): string {
  return [...leaves]
    .sort()
    .map((leaf) => `${leaf}\n`)
    .join('');
}

/** Reads commitments that may come from anybody; null unless sorted, distinct and a power of two. */
export function parseCommitments(text: string): Sha256[] | null {
  const leaves = boundedLines(text, { shortest: 64, longest: 64 });
  if (leaves === null || !leaves.every(isSha256) || leaves.length !== leavesFor(leaves.length))
    return null;
  return leaves.every((leaf, i) => i === 0 || leaf > leaves[i - 1]!) ? leaves : null;
}

/** The root of the tree over sorted leaves (RFC 6962, 2.1); the leaves are leaf hashes already. */
export function commitmentRoot(leaves: readonly Sha256[]): Sha256 {
  return toHex(merkleRoot([...leaves].sort().map(fromHex))) as Sha256;
}

/** Salt and digest, and between them some names and a number. */
const OPENING_CHARACTERS = { shortest: 2 * 64, longest: 4 * 64 };

const OPENING_SCHEMA = z.tuple([z.string().regex(/^[0-9a-f]{64}$/), COMMITTED_ITEM_SCHEMA]);

/** The text of `evidence/openings.jsonl`: `["salt",{item}]` a line, as it was hashed, sorted. */
export function formatOpenings(openings: readonly Opening[]): string {
  return openings
    .map(({ salt, item }) =>
      canonicalJson([salt, { class: item.class, sha256: item.sha256, bytes: item.bytes }]),
    )
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

/** Reads openings that may come from anybody; null unless {@link formatOpenings} wrote them. */
export function parseOpenings(text: string): Opening[] | null {
  if (text === '') return [];
  const openings: Opening[] = [];
  const lines = boundedLines(text, OPENING_CHARACTERS);
  if (lines === null) return null;
  for (const line of lines) {
    const parsed = OPENING_SCHEMA.safeParse(parseJson(line));
    if (!parsed.success) return null;
    openings.push({ salt: parsed.data[0], item: parsed.data[1] });
  }
  const distinct = new Set(openings.map(({ salt }) => salt)).size === openings.length;
  return distinct && formatOpenings(openings) === text ? openings : null;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

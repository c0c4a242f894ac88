import { fromHex, isSha256 } from '../kernel/digest.ts';
import { leafHash, verifyInclusion } from '../kernel/merkle.ts';
import { CUSTODY_EVENT_SCHEMA, type CustodyEvent, leafText } from './custody-event.ts';
import { openCheckpoint } from './open-checkpoint.ts';

/** Some events of the log, each with the proof that the signed log holds it. */
export interface CustodyExcerpt {
  /** Signed note over origin, size and root. */
  readonly checkpoint: string;
  readonly entries: readonly CustodyExcerptEntry[];
}

/** One event with its place and its audit path. */
export interface CustodyExcerptEntry {
  readonly event: CustodyEvent;
  readonly index: number;
  /** Hashes as hex, nearest sibling first. */
  readonly proof: readonly string[];
}

/**
 * Whether the log `origin` of this key holds every event of an excerpt. The excerpt may come from
 * anybody.
 */
export function verifyExcerpt(
  excerpt: CustodyExcerpt,
  key: { origin: string; publicKeyPem: string },
): boolean {
  const checkpoint = openCheckpoint(excerpt.checkpoint, key);
  if (checkpoint === null) return false;
  const { size, root } = checkpoint;
  return excerpt.entries.every(({ event, index, proof }) => {
    if (!CUSTODY_EVENT_SCHEMA.safeParse(event).success || !proof.every(isSha256)) return false;
    const leaf = leafHash(Buffer.from(leafText(event), 'utf8'));
    return verifyInclusion({
      leaf,
      index,
      size,
      proof: proof.map(fromHex),
      root,
    });
  });
}

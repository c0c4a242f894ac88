import { leafHash } from '../kernel/merkle.ts';
import { CustodyError } from './errors.ts';
import type { CustodyStore } from './ports.ts';
import { innerHash, type NodePlace, type NodeReader } from './subtree.ts';

/** Reads finished nodes from the store; one that the cache lost is derived from those below it. */
export function createStoredNodes(store: CustodyStore): NodeReader {
  return async function nodeAt(place: NodePlace): Promise<Uint8Array> {
    const kept = await store.node(place);
    if (kept !== null) return kept;
    const { level, position } = place;
    if (level > 0) {
      const left = await nodeAt({ level: level - 1, position: position * 2 });
      const right = await nodeAt({
        level: level - 1,
        position: position * 2 + 1,
      });
      return innerHash(left, right);
    }
    const leaf = await store.leaf(position);
    if (leaf === null) {
      throw new CustodyError(
        'LOG_DAMAGED',
        'An event is missing from the custody log. Restore the database from a backup.',
      );
    }
    return leafHash(Buffer.from(leaf, 'utf8'));
  };
}

import type { Checkpoint } from '../kernel/checkpoint.ts';
import { leafHash } from '../kernel/merkle.ts';
import { commitment, parseLeaf } from './custody-event.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import type { CustodyStore } from './ports.ts';
import { finishedNodes, type NodePlace, rangeRoot } from './subtree.ts';

/** What first differs from what the log must hold. */
export type LogDivergence =
  /** An event between others is not there. */
  | { readonly what: 'event-missing'; readonly index: number }
  /** The leaf is not the canonical form of an event. */
  | { readonly what: 'event-malformed'; readonly index: number }
  /** What is sealed does not open, or is not what the event commits to. */
  | { readonly what: 'detail-changed'; readonly index: number }
  /** A kept node is not the hash of what is below it; `index` is the leaf that finished it. */
  | {
      readonly what: 'node-changed';
      readonly index: number;
      readonly level: number;
    }
  /** A checkpoint is not signed by the key of the log; `size` is null when it cannot be read. */
  | { readonly what: 'checkpoint-forged'; readonly size: number | null }
  /** The log never had the root, or is shorter than a checkpoint says. */
  | { readonly what: 'checkpoint-contradicted'; readonly size: number };

/** The judgement on a log: how many events were examined, and the first divergence. */
export type LogAudit =
  | {
      readonly intact: true;
      readonly size: number;
      readonly checkpoints: number;
    }
  | {
      readonly intact: false;
      readonly size: number;
      readonly divergence: LogDivergence;
    };

/**
 * Derives the whole log anew from its leaves, in memory that grows with log n only, and compares:
 * every commitment with what is sealed behind it, every kept node, and every checkpoint ever signed.
 *
 * Whoever holds the database can cut its end together with our own checkpoints of it. Only
 * checkpoints kept elsewhere (`outside`; every pack holds one) show that.
 */
export async function auditLog(options: {
  store: CustodyStore;
  key: { origin: string; publicKeyPem: string };
  outside: readonly string[];
}): Promise<LogAudit> {
  const { store, key, outside } = options;
  const size = await store.size();
  const broken = (divergence: LogDivergence): LogAudit => ({
    intact: false,
    size,
    divergence,
  });

  const expected = new Map<number, Checkpoint[]>();
  const kept = await store.checkpoints();
  const notes = [...kept, ...outside.map((note) => ({ size: null, note }))];
  for (const { size: said, note } of notes) {
    const checkpoint = openCheckpoint(note, key);
    if (checkpoint === null || (said !== null && said !== checkpoint.size)) {
      return broken({ what: 'checkpoint-forged', size: said });
    }
    expected.set(checkpoint.size, [...(expected.get(checkpoint.size) ?? []), checkpoint]);
  }

  const roots = createRightmostRoots();
  for (let index = 0; ; index++) {
    const said = expected.get(index);
    if (said !== undefined) {
      const root = await rangeRoot(0, index, roots.nodeAt);
      if (said.some((checkpoint) => !sameBytes(checkpoint.root, root))) {
        return broken({ what: 'checkpoint-contradicted', size: index });
      }
      expected.delete(index);
    }
    if (index === size) break;
    const leaf = await store.leaf(index);
    if (leaf === null) return broken({ what: 'event-missing', index });
    const event = parseLeaf(leaf);
    if (event === null) return broken({ what: 'event-malformed', index });
    const entry = await store.entry(index).catch(() => null);
    if (entry === null || commitment(entry.opening) !== event.detail) {
      return broken({ what: 'detail-changed', index });
    }
    const hash = leafHash(Buffer.from(leaf, 'utf8'));
    for (const node of await finishedNodes(index, hash, roots.nodeAt)) {
      roots.keep(node);
      const stored = await store.node(node);
      if (stored !== null && !sameBytes(stored, node.hash)) {
        return broken({ what: 'node-changed', index, level: node.level });
      }
    }
  }
  const [longer] = expected.keys();
  if (longer !== undefined) return broken({ what: 'checkpoint-contradicted', size: longer });
  return { intact: true, size, checkpoints: notes.length };
}

/** Of each level only the newest node is ever needed again. */
function createRightmostRoots() {
  const newest = new Map<number, { position: number; hash: Uint8Array }>();
  return {
    keep({ level, position, hash }: NodePlace & { hash: Uint8Array }): void {
      newest.set(level, { position, hash });
    },
    async nodeAt({ level, position }: NodePlace): Promise<Uint8Array> {
      const node = newest.get(level);
      if (node?.position !== position) throw new Error('a finished node was forgotten too early');
      return node.hash;
    },
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

import type { JsonValue } from '../kernel/canonical-json.ts';
import { checkpointText } from '../kernel/checkpoint.ts';
import { toHex } from '../kernel/digest.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import { leafHash } from '../kernel/merkle.ts';
import { type Clock, isoMonth } from '../kernel/time.ts';
import { auditLog, type LogAudit } from './audit-log.ts';
import { formatConsistency } from './consistency-proof.ts';
import {
  CUSTODY_EVENT_SCHEMA,
  type CustodyKind,
  type CustodyOpening,
  commitment,
  leafText,
  parseLeaf,
} from './custody-event.ts';
import type { CustodyExcerpt } from './custody-excerpt.ts';
import { CustodyError } from './errors.ts';
import type { CustodySigner, CustodyStore } from './ports.ts';
import { noteVerifierKey, signNote } from './sign-note.ts';
import { createStoredNodes } from './stored-nodes.ts';
import { auditPath, consistencyPath, finishedNodes, rangeRoot } from './subtree.ts';

/** The append-only record of what was done, by which role, in which month. */
export interface CustodyLog {
  /**
   * Adds an event. `detail` is anything worth knowing later; with the exact time it is sealed, and
   * the log only commits to it.
   */
  record(event: { kind: CustodyKind; role: string; detail: JsonValue }): Promise<{ index: number }>;
  /** A signed note over the log, as it is or as it was when it had `size` events. */
  checkpoint(size?: number): Promise<string>;
  /**
   * Events with their proofs against one checkpoint, in the order of the log. With the same `size`
   * the same bytes, however much the log has grown since.
   *
   * @throws {CustodyError} `EVENT_UNKNOWN` or `SIZE_UNKNOWN`.
   */
  excerpt(indexes: readonly number[], size?: number): Promise<CustodyExcerpt>;
  /** @throws {CustodyError} `EVENT_UNKNOWN`, or `LOG_DAMAGED`. */
  kind(index: number): Promise<CustodyKind>;
  /** What an event's commitment stands for, to be shown to whom it concerns. */
  opening(index: number): Promise<CustodyOpening>;
  /**
   * Proves that the log as it is only grew since it had `oldSize` events; the text is for whoever
   * kept the checkpoint of then, see {@link judgeConsistency}.
   *
   * @throws {CustodyError} `SIZE_UNKNOWN`.
   */
  prove(oldSize: number): Promise<string>;
  /** The public half of the key of the log: SPKI in PEM, and as tools of C2SP notes take it. */
  key(): { readonly publicKeyPem: string; readonly verifierKey: string };
  /** How many events there are. */
  size(): Promise<number>;
  /** Derives everything anew; see {@link auditLog}. `outside` are checkpoints that others kept. */
  audit(outside?: readonly string[]): Promise<LogAudit>;
}

const SALT_BYTES = 32;
/** Other processes may append at the same time; so many in a row do not. */
const ATTEMPTS = 20;

/**
 * Creates the custody log over a store.
 *
 * @param deps.origin - name of the log in its checkpoints, and of its key; it names no place or
 *   organisation that must not be known.
 */
export function createCustodyLog(deps: {
  store: CustodyStore;
  signer: CustodySigner;
  clock: Clock;
  random: RandomBytes;
  origin: string;
}): CustodyLog {
  const { store, signer, clock, random, origin } = deps;
  const nodeAt = createStoredNodes(store);

  async function sizeWithin(size: number | undefined): Promise<number> {
    const now = await store.size();
    if (size === undefined) return now;
    if (Number.isInteger(size) && size >= 0 && size <= now) return size;
    throw new CustodyError('SIZE_UNKNOWN', 'The custody log never had so many events.');
  }

  async function checkpoint(asked?: number): Promise<string> {
    const size = await sizeWithin(asked);
    const root = await rangeRoot(0, size, nodeAt);
    const note = signNote(checkpointText({ origin, size, root }), origin, signer);
    await store.keepCheckpoint(size, note);
    return note;
  }

  async function eventAt(index: number, size: number) {
    const leaf = index >= 0 && index < size ? await store.leaf(index) : null;
    if (leaf === null) throw unknownEvent();
    const event = parseLeaf(leaf);
    if (event === null) {
      throw new CustodyError(
        'LOG_DAMAGED',
        'An event of the custody log was changed. Restore the database from a backup.',
      );
    }
    return event;
  }

  async function entryOf(index: number, size: number) {
    return {
      event: await eventAt(index, size),
      index,
      proof: (await auditPath(index, size, nodeAt)).map(toHex),
    };
  }

  return {
    checkpoint,
    async record({ kind, role, detail: about }) {
      const now = clock.now();
      const opening = {
        salt: toHex(random(SALT_BYTES)),
        detail: { at: now.toISOString(), about },
      };
      const parsed = CUSTODY_EVENT_SCHEMA.safeParse({
        kind,
        role,
        month: isoMonth(now),
        detail: commitment(opening),
      });
      if (!parsed.success) {
        throw new CustodyError(
          'EVENT_INVALID',
          'A custody event needs one of the known kinds and a role in small letters, such as "lawyer".',
          { cause: parsed.error },
        );
      }
      const leaf = leafText(parsed.data);
      const hash = leafHash(Buffer.from(leaf, 'utf8'));
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const index = await store.size();
        const nodes = await finishedNodes(index, hash, nodeAt);
        if (await store.append(index, { leaf, opening }, nodes)) return { index };
      }
      throw new CustodyError('LOG_BUSY', 'The custody log is busy. Try again in a moment.');
    },
    async excerpt(indexes, asked) {
      const size = await sizeWithin(asked);
      const ordered = [...new Set(indexes)].sort((a, b) => a - b);
      const entries = [];
      for (const index of ordered) entries.push(await entryOf(index, size));
      return { checkpoint: await checkpoint(size), entries };
    },
    kind: async (index) => (await eventAt(index, await store.size())).kind,
    async opening(index) {
      const entry = await store.entry(index);
      if (entry === null) throw unknownEvent();
      return entry.opening;
    },
    async prove(asked) {
      const size = await store.size();
      const oldSize = await sizeWithin(asked);
      const hashes = oldSize === 0 ? [] : await consistencyPath(oldSize, size, nodeAt);
      return formatConsistency({ oldSize, hashes, checkpoint: await checkpoint(size) });
    },
    key() {
      const { publicKeyPem } = signer;
      return { publicKeyPem, verifierKey: noteVerifierKey(origin, publicKeyPem) };
    },
    size: () => store.size(),
    audit: (outside = []) =>
      auditLog({
        store,
        key: { origin, publicKeyPem: signer.publicKeyPem },
        outside,
      }),
  };
}

function unknownEvent(): CustodyError {
  return new CustodyError(
    'EVENT_UNKNOWN',
    'The custody log holds no such event. Look it up in the list again.',
  );
}

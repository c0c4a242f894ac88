import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { verifyConsistency } from '../kernel/merkle.ts';
import { WHOLE_NUMBER_DIGITS } from '../kernel/whole-number.ts';
import { CustodyError } from './errors.ts';
import { openCheckpoint } from './open-checkpoint.ts';

/** That a log only grew between two of its checkpoints. */
export interface ConsistencyProof {
  /** How many events the earlier checkpoint covers. */
  readonly oldSize: number;
  /** In the order of RFC 6962, 2.1.2; 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
  /** The later checkpoint, a signed note. */
  readonly checkpoint: string;
}

const FORM = new RegExp(
  String.raw`^old (${WHOLE_NUMBER_DIGITS})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n([\s\S]+)$`,
);

/**
 * The text of a proof: as a log asks a witness to cosign a checkpoint.
 *
 * @see https://github.com/C2SP/C2SP/blob/main/tlog-witness.md, "add-checkpoint"
 */
export function formatConsistency({ oldSize, hashes, checkpoint }: ConsistencyProof): string {
  return [`old ${oldSize}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** Reads a proof that may come from anybody; null when it is none. */
export function parseConsistency(text: string): ConsistencyProof | null {
  const [, oldSize = '', lines = '', checkpoint = ''] = FORM.exec(text) ?? [];
  const hashes = lines.split('\n').slice(0, -1).map(fromBase64);
  const read = hashes.filter((hash) => hash !== null);
  return oldSize === '' || read.length < hashes.length
    ? null
    : { oldSize: Number(oldSize), hashes: read, checkpoint };
}

/** What a stranger learns from two checkpoints and a proof. */
export type Consistency =
  | { readonly consistent: true; readonly oldSize: number; readonly newSize: number }
  | { readonly consistent: false; readonly why: 'old-unsigned' | 'new-unsigned' | 'not-grown' };

/**
 * Judges, without the log, whether it only grew from a checkpoint that somebody kept to the one of
 * the proof: nothing that was in it then was changed or taken away since.
 *
 * @param publicKeyPem - the key of the log, from elsewhere.
 * @throws {CustodyError} `PROOF_UNREADABLE` when the text is no proof.
 */
export function judgeConsistency(kept: string, proof: string, publicKeyPem: string): Consistency {
  const parsed = parseConsistency(proof);
  if (parsed === null) {
    throw new CustodyError(
      'PROOF_UNREADABLE',
      'The file is no proof that a log only grew. Ask for it again: dalil custody prove makes it.',
    );
  }
  const key = { origin: kept.split('\n')[0] ?? '', publicKeyPem };
  const before = openCheckpoint(kept, key);
  if (before === null) return { consistent: false, why: 'old-unsigned' };
  const after = openCheckpoint(parsed.checkpoint, key);
  if (after === null) return { consistent: false, why: 'new-unsigned' };
  const { size: oldSize, root: oldRoot } = before;
  const { size: newSize, root: newRoot } = after;
  // Every log begins with nothing.
  const grown =
    parsed.oldSize === oldSize &&
    (oldSize === 0
      ? parsed.hashes.length === 0
      : verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof: parsed.hashes }));
  return grown ? { consistent: true, oldSize, newSize } : { consistent: false, why: 'not-grown' };
}

import { z } from 'zod';
import { fromBase64, toBase64 } from '../../kernel/base64.ts';
import { isBoundedText } from '../../kernel/bounded-text.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Checkpoint } from '../../kernel/checkpoint.ts';
import { fromHex, isSha256, type Sha256, sha256Bytes, toHex } from '../../kernel/digest.ts';
import { leafHash, verifyInclusion } from '../../kernel/merkle.ts';
import { WHOLE_NUMBER_DIGITS } from '../../kernel/whole-number.ts';
import { readLogCheckpoint } from './log-checkpoint.ts';
import { PACK_ID } from './pack-path.ts';

// The form: https://github.com/C2SP/C2SP/blob/main/tlog-proof.md

const digest = z.custom<Sha256>(isSha256);
const HEADING = 'c2sp.org/tlog-proof@v1';
const FORM = new RegExp(
  String.raw`^c2sp\.org/tlog-proof@v1\nextra ([A-Za-z0-9+/]+={0,2})\nindex (${WHOLE_NUMBER_DIGITS})\n((?:[A-Za-z0-9+/]{43}=\n){0,64})\n([\s\S]+)$`,
);
const COMMITMENT = Uint8Array.of(0x00);
/** Twice the longest note. */
const MOST_BYTES = 131_072;

const SEALING_SCHEMA = z.tuple([
  digest,
  z.strictObject({
    about: z.strictObject({ pack: z.string().regex(PACK_ID), statement: digest }),
    at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  }),
]);

/** What the custody log committed to when a pack was sealed. */
export interface LoggedSealing {
  /** 32 random bytes as hex; without them nobody finds the event in the log. */
  readonly salt: Sha256;
  /** When, UTC to the millisecond, by our own clock. */
  readonly at: string;
  readonly pack: string;
  /** Digest of the statement. */
  readonly statement: Sha256;
}

/** That an event is in a log, as anybody can check without asking for it. */
export interface TlogProof {
  readonly sealing: LoggedSealing;
  readonly index: number;
  /** Audit path, nearest sibling first. */
  readonly proof: readonly Sha256[];
  /** The signed note that names size and root. */
  readonly checkpoint: string;
}

/** The text of `seal/statement.tlog-proof`. Its extra line is the very text that was committed to. */
export function formatTlogProof({ sealing, index, proof, checkpoint }: TlogProof): string {
  return [
    HEADING,
    `extra ${toBase64(new TextEncoder().encode(sealingText(sealing)))}`,
    `index ${index}`,
    ...proof.map((hash) => toBase64(fromHex(hash))),
    '',
    checkpoint,
  ].join('\n');
}

/** Reads a proof that may come from anybody; null unless {@link formatTlogProof} wrote it. */
export function parseTlogProof(text: string): (TlogProof & { log: Checkpoint }) | null {
  if (!isBoundedText(text, MOST_BYTES)) return null;
  const [, extra = '', index = '', hashes = '', checkpoint = ''] = FORM.exec(text) ?? [];
  const log = readLogCheckpoint(checkpoint);
  if (log === null) return null;
  const proof = hashes
    .split('\n')
    .slice(0, -1)
    .map((hash) => fromBase64(hash));
  const sealing = parseSealing(extra);
  if (sealing === null || proof.some((hash) => hash === null)) return null;
  const parsed = {
    sealing,
    index: Number(index),
    proof: proof.map((hash) => toHex(hash!) as Sha256),
    checkpoint,
  };
  return formatTlogProof(parsed) === text ? Object.assign(parsed, { log }) : null;
}

/** Whether the event is in the tree that the checkpoint names. Its signature is not judged here. */
export function sealingIncluded({ sealing, index, proof, log }: TlogProof & { log: Checkpoint }) {
  const { size, root } = log;
  const leaf = leafHash(new TextEncoder().encode(leafOf(sealing)));
  return verifyInclusion({ leaf, index, size, proof: proof.map(fromHex), root });
}

/** What is hashed with a zero byte in front: `["salt",{"about":{…},"at":"…"}]` (RFC 8785). */
function sealingText({ salt, at, pack, statement }: LoggedSealing): string {
  return canonicalJson([salt, { at, about: { pack, statement } }]);
}

/** The event as a leaf of the log: of the statement it shows nothing. */
function leafOf(sealing: LoggedSealing): string {
  const text = new TextEncoder().encode(sealingText(sealing));
  return canonicalJson({
    kind: 'sealed',
    role: 'system',
    month: sealing.at.slice(0, 7),
    detail: toHex(sha256Bytes(COMMITMENT, text)),
  });
}

function parseSealing(extra: string): LoggedSealing | null {
  const bytes = fromBase64(extra);
  if (bytes === null) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const [salt, { at, about }] = SEALING_SCHEMA.parse(JSON.parse(text));
    return { salt, at, pack: about.pack, statement: about.statement };
  } catch {
    return null;
  }
}

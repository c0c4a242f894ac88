import { createHash } from 'node:crypto';
import type { CustodySigner } from '../../server/custody/ports.ts';
import { ORIGIN } from './custody-log.ts';

// A hand of its own: the log of one event, and its proof, as the documents of C2SP tell them.

const sha256 = (...parts: (Buffer | string)[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

/** A note over a checkpoint, signed by an Ed25519 key. */
export function checkpointNote(
  { size, root, origin = ORIGIN }: { size: number; root: Buffer; origin?: string },
  signer: CustodySigner,
): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  const key = Buffer.from(signer.publicKeyPem.split('\n')[1]!, 'base64').subarray(12);
  const hash = sha256(`${origin}\n`, Buffer.of(1), key).subarray(0, 4);
  const signature = Buffer.concat([hash, signer.sign(Buffer.from(text))]);
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
}

/** The proof that a statement is the only event of a log. */
export function tlogProofOf(
  { pack, statement }: { pack: string; statement: string },
  signer: CustodySigner,
): string {
  const logged = `["${'5a'.repeat(32)}",{"about":{"pack":"${pack}","statement":"${statement}"},"at":"2026-11-23T10:15:01.500Z"}]`;
  const detail = sha256(Buffer.of(0), logged).toString('hex');
  const leaf = `{"detail":"${detail}","kind":"sealed","month":"2026-11","role":"system"}`;
  const note = checkpointNote({ size: 1, root: sha256(Buffer.of(0), leaf) }, signer);
  const extra = Buffer.from(logged).toString('base64');
  return `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex 0\n\n${note}`;
}

import { createPublicKey, verify } from 'node:crypto';
import { type Checkpoint, parseCheckpoint } from '../kernel/checkpoint.ts';
import { parseNote, signaturesBy } from '../kernel/signed-note.ts';

/** A checkpoint of the log `origin` that the holder of the key signed, or null. */
export function openCheckpoint(
  note: string,
  key: { origin: string; publicKeyPem: string },
): Checkpoint | null {
  const text = openNote(note, { name: key.origin, publicKeyPem: key.publicKeyPem });
  const checkpoint = text === null ? null : parseCheckpoint(text);
  return checkpoint?.origin === key.origin ? checkpoint : null;
}

/**
 * Checks a signed note against one Ed25519 key.
 *
 * @returns its text when the key, under this name, signed it; null otherwise. Signatures of other
 *   keys are ignored, one of this key that does not fit makes the note worthless.
 */
export function openNote(note: string, key: { name: string; publicKeyPem: string }): string | null {
  const parsed = parseNote(note);
  if (parsed === null) return null;
  const ours = signaturesBy(parsed, { name: key.name, key: rawPublicKey(key.publicKeyPem) });
  const text = Buffer.from(parsed.text, 'utf8');
  const genuine = ours.every(({ signature }) => verify(null, text, key.publicKeyPem, signature));
  return ours.length > 0 && genuine ? parsed.text : null;
}

/** The 32 bytes of an Ed25519 public key: the end of its SPKI form (RFC 8410, 4). */
export function rawPublicKey(pem: string): Uint8Array {
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return new Uint8Array(spki.subarray(-32));
}

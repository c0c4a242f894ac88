import { verify } from 'node:crypto';
import { isNoteName, noteKeyHash } from './signed-note.ts';

/** A note taken apart; nothing in it is trusted yet. */
export interface ParsedNote {
  /** What is signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    /** Four bytes that tell keys of one name apart. */
    readonly keyHash: Uint8Array;
    readonly signature: Uint8Array;
  }[];
}

const LIMIT_CHARACTERS = 64 * 1024;
const SIGNATURE_LIMIT = 16;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** Takes a signed note apart. It may come from anybody: null when it is not well formed. */
export function parseNote(note: string): ParsedNote | null {
  if (note.length > LIMIT_CHARACTERS || !note.isWellFormed() || !note.endsWith('\n')) return null;
  // Of control characters only the newline is allowed.
  if (/[^\P{Cc}\n]/u.test(note)) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return null;
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > SIGNATURE_LIMIT) return null;
  const signatures = lines.map(parseSignature);
  if (signatures.some((one) => one === null)) return null;
  return {
    text: note.slice(0, split + 1),
    signatures: signatures.filter((one) => one !== null),
  };
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
  const hash = noteKeyHash(key.name, key.publicKeyPem);
  const ours = parsed.signatures.filter(
    ({ name, keyHash }) => name === key.name && Buffer.compare(keyHash, hash) === 0,
  );
  const text = Buffer.from(parsed.text, 'utf8');
  const genuine = ours.every(({ signature }) => verify(null, text, key.publicKeyPem, signature));
  return ours.length > 0 && genuine ? parsed.text : null;
}

function parseSignature(line: string): ParsedNote['signatures'][number] | null {
  const [, name = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  // Base64 that is not the one spelling of its bytes would let a note change and still be valid.
  if (!isNoteName(name) || bytes.toString('base64') !== base64 || bytes.length <= 4) return null;
  return {
    name,
    keyHash: new Uint8Array(bytes.subarray(0, 4)),
    signature: new Uint8Array(bytes.subarray(4)),
  };
}

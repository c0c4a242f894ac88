import { fromBase64 } from './base64.ts';
import { isBoundedText } from './bounded-text.ts';
import { sha256Bytes } from './digest.ts';

// Signed notes: https://github.com/C2SP/C2SP/blob/main/signed-note.md

/** A note taken apart; nothing in it is trusted yet. */
export interface ParsedNote {
  /** What is signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** One signature under a note. */
export interface NoteSignature {
  readonly name: string;
  /** Four bytes that tell keys of one name apart. */
  readonly keyHash: Uint8Array;
  readonly signature: Uint8Array;
}

const LIMIT_BYTES = 64 * 1024;
const SIGNATURE_LIMIT = 16;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const ED25519 = 0x01;
const NEWLINE = 0x0a;

/** Takes a signed note apart. It may come from anybody: null when it is not well formed. */
export function parseNote(note: string): ParsedNote | null {
  if (!note.isWellFormed() || !note.endsWith('\n')) return null;
  if (!isBoundedText(note, LIMIT_BYTES)) return null;
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

/** Whether a key may have this name. */
export function isNoteName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s+\p{Cc}]/u.test(name);
}

/**
 * First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).
 *
 * @param key - the 32 bytes of an Ed25519 public key (RFC 8032).
 */
export function noteKeyHash(name: string, key: Uint8Array): Uint8Array {
  const separator = Uint8Array.of(NEWLINE, ED25519);
  return sha256Bytes(new TextEncoder().encode(name), separator, key).subarray(0, 4);
}

/** The signatures of a note that say they are by this key under this name; none is checked yet. */
export function signaturesBy(
  note: ParsedNote,
  { name, key }: { name: string; key: Uint8Array },
): readonly NoteSignature[] {
  const hash = noteKeyHash(name, key);
  return note.signatures.filter(
    (one) => one.name === name && one.keyHash.every((byte, i) => byte === hash[i]),
  );
}

function parseSignature(line: string): NoteSignature | null {
  const [, name = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
  // Base64 that is not the one spelling of its bytes would let a note change and still be valid.
  const bytes = fromBase64(base64);
  if (!isNoteName(name) || bytes === null || bytes.length <= 4) return null;
  return { name, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

import type { RunningSha256 } from '../kernel/digest.ts';

/** The bytes of an archive, wherever they lie: a file on disk, a file chosen in a browser. */
export interface PackBytes {
  readonly sizeBytes: number;
  /**
   * The bytes [start, end), in parts of any size, fewer where the archive ends before. A part is good
   * until the next is asked for: its memory may be used again. Rejects when they cannot be read.
   */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** Digests as they are needed here; the machine's own are the fastest. */
export interface Digests {
  startSha256(): RunningSha256;
  /** CRC-32 (ISO 3309) of bytes that follow those of `before`. */
  crc32(bytes: Uint8Array, before: number): number;
}

/** Whether a DER signature (ECDSA P-256 over SHA-256) by this key, SPKI in PEM, is right. */
export type CheckSignature = (claim: {
  publicKeyPem: string;
  bytes: Uint8Array;
  signature: Uint8Array;
}) => Promise<boolean>;

/**
 * Whether an Ed25519 signature (64 bytes, RFC 8032) by this key, SPKI in PEM, is right; null where
 * the machine cannot tell.
 */
export type CheckLogSignature = (claim: {
  publicKeyPem: string;
  bytes: Uint8Array;
  signature: Uint8Array;
}) => Promise<boolean | null>;

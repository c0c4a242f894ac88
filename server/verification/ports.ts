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

/** What a time stamp says, and what it is worth. */
export interface JudgedTimestamp {
  /** When the authority says that it saw the bytes. */
  readonly genTime: Date;
  /**
   * `other-imprint`: it is of other bytes. `unchecked`: there were no roots. `wrong`: its signature
   * does not hold, or was not made by who may give time stamps. `untrusted`: its certificate leads to
   * none of the roots, or none that held at that moment. `trusted`: all is well.
   */
  readonly standing: 'other-imprint' | 'unchecked' | 'wrong' | 'untrusted' | 'trusted';
}

/** Judges a time stamp (TimeStampResp of RFC 3161, DER) over bytes; null when it is none. */
export type JudgeTimestamp = (claim: {
  token: Uint8Array;
  stamped: Uint8Array;
  /** Certificates in PEM that are trusted; null when nobody brought any. */
  roots: readonly string[] | null;
}) => Promise<JudgedTimestamp | null>;

/**
 * Judges certificates (X.509, DER), that of a key first and then those that vouch for it: what they
 * say, and whether they lead to a root (PEM) by links that are valid at a moment. Null for what is none.
 */
export type JudgeCertificates = (claim: {
  certificates: readonly Uint8Array[];
  at: Date;
  roots: readonly string[] | null;
}) => Promise<{
  /** SPKI, DER. */
  publicKey: Uint8Array;
  subject: string;
  issuer: string;
  standing: 'unchecked' | 'untrusted' | 'trusted';
} | null>;

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

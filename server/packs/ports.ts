import type { CustodyOpening } from '../custody/custody-event.ts';
import type { CustodyExcerpt } from '../custody/custody-excerpt.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { Opening } from './manifest/commitments.ts';
import type { PackDraft, SaltedItem, SealedPack } from './pack-draft.ts';

/** Where drafts, salts and seals are kept. All is sealed; every salt by itself. */
export interface PackStore {
  /**
   * Keeps a draft with the openings of its commitments, all or nothing. `request` names what asked
   * for it, so that asking again finds it.
   */
  addDraft(draft: PackDraft, items: readonly SaltedItem[], request?: string): Promise<void>;
  /** Id of the draft that a request led to; null when there is none. */
  draftFor(request: string): Promise<string | null>;
  /** Throws {PackError} `PACK_UNKNOWN`. */
  draft(id: string): Promise<PackDraft>;
  /** What opens one commitment; null once it was destroyed. */
  opening(id: string, leaf: string): Promise<Opening | null>;
  /** Makes a commitment unopenable for ever. The pack stays verifiable. */
  destroyOpening(id: string, leaf: string): Promise<void>;
  saveSealed(sealed: SealedPack): Promise<void>;
  /** Drafts and packs, the newest draft first. */
  list(limit: number): Promise<readonly ListedPack[]>;
  /** Whether a sealed pack says that it takes the place of the one with this statement. */
  isSuperseded(statementSha256: Sha256): Promise<boolean>;
  /** The papers of the organisation, by their ids, that each draft and sealed pack was made with. */
  papersOfPacks(): Promise<readonly PapersOfPack[]>;
  /** What a draft became; null before it was sealed. */
  sealed(id: string): Promise<SealedPack | null>;
}

/** The papers of the organisation that the letter of a draft or pack is bound with. */
export interface PapersOfPack {
  readonly pack: string;
  readonly isSealed: boolean;
  readonly papers: readonly string[];
}

/** A draft, and what it became if it was sealed. */
export interface ListedPack {
  readonly id: string;
  readonly draftedAtMs: number;
  readonly sealed: SealedPack | null;
}

/** A file on its way into an archive. */
export interface ArchiveFile {
  /** Inside the pack's folder. */
  readonly path: string;
  open(): AsyncIterable<Uint8Array>;
}

/** A file as it lies in a sealed pack. */
export interface FileInPack {
  readonly sizeBytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** The files of a sealed pack, by path inside its folder. */
export interface OpenedPack {
  /** Its id, which is the name of its folder. */
  readonly id: string;
  readonly files: ReadonlyMap<string, FileInPack>;
}

/** Opens a sealed pack that lies in the vault. Rejects for a blob that is no pack. */
export type ReadSealedPack = (blob: string) => Promise<OpenedPack>;

/** Writes the canonical archive: files in the order given, bytes as they are asked for. */
export type WriteArchive = (
  folder: string,
  files: Iterable<ArchiveFile>,
) => AsyncIterable<Uint8Array>;

/** The words of a file as somebody reads them. */
export type ReadText = (bytes: Uint8Array, mediaType: string) => Promise<string>;

/** Signs packs with ECDSA P-256 over SHA-256. */
export interface PackSigner {
  /** SPKI, PEM. */
  readonly publicKeyPem: string;
  /** Certificates of the key and of those who vouch for it, PEM; null or missing where there are none. */
  readonly certificatesPem?: string | null;
  /** The signature in DER. */
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * The letter with an electronic signature: the bytes of `pdf`, unchanged, and one revision after them.
 *
 * @param at - when it is sealed, UTC to the second, as a draft has it.
 */
export type SignLetter = (pdf: Uint8Array, by: PackSigner, at: string) => Promise<Uint8Array>;

/** A time stamp and who gave it. */
export interface GivenTimestamp {
  readonly name: string;
  /** The authority's answer (TimeStampResp, DER). */
  readonly token: Uint8Array;
}

/** Somebody who says in a signed time stamp (RFC 3161) that bytes were there at a moment. */
export interface TimestampAuthority {
  /** Lower-case letters, digits, dots and dashes: names its files. */
  readonly name: string;
  /**
   * Its answer (TimeStampResp, DER), checked against the question.
   *
   * @throws {PackError} `TIMESTAMP_REFUSED`, or the reason of `signal`.
   */
  stamp(bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
}

/** Where time stamps are kept that came after sealing. */
export interface TimestampStore {
  /** The first of an authority stays. */
  add(pack: string, given: GivenTimestamp): Promise<void>;
  list(pack: string): Promise<readonly GivenTimestamp[]>;
}

/** A key as it is kept; the private half stays where it is. */
export interface KeptPackKey {
  /** SPKI, PEM. */
  readonly publicKeyPem: string;
  readonly state: 'current' | 'retired' | 'revoked';
  /** Null for keys from before that was noted. */
  readonly madeAt: Date | null;
  /** When it stopped to be the current one. */
  readonly endedAt: Date | null;
  /** The signed note that others were given when it was revoked. */
  readonly revocation: string | null;
}

/** A key that was made elsewhere: PKCS#8 in PEM, and its certificates in PEM, its own first. */
export interface GivenPackKey {
  readonly privateKeyPem: string;
  readonly certificatesPem?: string;
}

/** Records that a key (SPKI, PEM) is about to be the one that signs. */
export type RecordKey = (publicKeyPem: string) => Promise<void>;

/** Where the keys that sign packs are kept, sealed. */
export interface PackKeyStore {
  /** By the current key; made at first use, after `record` was told of it. */
  signer(record: RecordKey): Promise<PackSigner>;
  list(): Promise<readonly KeptPackKey[]>;
  /**
   * Makes a fresh key, or the one given (PKCS#8, PEM), the current one, after `record` was told of it;
   * the one before is retired. The current one given again changes nothing, and nothing is recorded.
   */
  replace(record: RecordKey, given?: GivenPackKey): Promise<unknown>;
  privateKeyPem(publicKeyPem: string): Promise<string>;
  signerBy(publicKeyPem: string): Promise<PackSigner>;
  /** Destroys the private half and keeps what others are told. */
  revoke(publicKeyPem: string, note: string): Promise<void>;
}

/** Whether a signature by this key over these bytes is right. */
export type CheckSignature = (claim: {
  publicKeyPem: string;
  bytes: Uint8Array;
  signature: Uint8Array;
}) => Promise<boolean>;

/** Encrypts bytes to public keys, so that each of their holders can read them and nobody else. */
export type EncryptTo = (bytes: Uint8Array, recipients: readonly string[]) => Promise<Uint8Array>;

/** The custody log, as far as packs need it. */
export interface PackCustody {
  record(event: {
    kind: 'received' | 'exported' | 'sealed' | 'superseded' | 'erased';
    role: string;
    detail: JsonValue;
  }): Promise<{ index: number }>;
  excerpt(indexes: readonly number[]): Promise<CustodyExcerpt>;
  /** What an event's commitment stands for. */
  opening(index: number): Promise<CustodyOpening>;
}

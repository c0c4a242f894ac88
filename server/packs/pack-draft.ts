import type { Sha256 } from '../kernel/digest.ts';
import type { ConfirmedDigest } from '../letters/grounds/confirmations.ts';
import type { Localized } from '../letters/writing/language.ts';
import type { CommittedItem, Opening } from './manifest/commitments.ts';
import type { CustodyLines } from './manifest/custody-lines.ts';
import type { PackItem } from './manifest/pack-description.ts';
import type { PackOrder } from './pack-order.ts';

/** A file of the payload. Its bytes lie encrypted; digest and size were taken when they were stored. */
export interface PackFile {
  readonly path: string;
  readonly role: PackItem['role'];
  readonly mediaType: string;
  readonly title: Localized;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  /** Of what was printed: SHA-256 of the HTML, in UTF-8, that it was printed from. */
  readonly contentSha256?: Sha256;
  readonly blob: string;
}

/** A committed item: `source` says for us what it is, and never leaves. */
export interface PackCommitment {
  readonly leaf: Sha256;
  readonly source: string;
  /** Path of the file that it is; null for what is withheld. */
  readonly path: string | null;
}

/**
 * Everything that a pack's bytes follow from, but for the salts and the seal. Sealing the same draft
 * again gives the same bytes, `seal/` aside.
 */
export interface PackDraft {
  readonly id: string;
  /** UTC to the second; every date in the pack comes from it. */
  readonly sealedAt: string;
  readonly sample: boolean;
  readonly supersedes: Sha256 | null;
  /** The version of Dalil that wrote the draft. */
  readonly generator: string;
  /** Digest of the key that the letter names; no other may seal it. */
  readonly keySha256?: Sha256;
  readonly files: readonly PackFile[];
  /** Receipts of media, by exhibit, as canonical JSON. */
  readonly receipts: ReadonlyArray<{ readonly exhibit: string; readonly text: string }>;
  readonly custody: CustodyLines;
  readonly commitments: readonly PackCommitment[];
  readonly decoys: readonly Sha256[];
  /** Why things are withheld, said once. */
  readonly withheldReason: Localized;
  /** What the pack can be rebuilt from; drafts from before it was kept have none. Never in the pack. */
  readonly recipe?: PackRecipe;
  /** What the lawyer should know of it; for us, and never in the pack. */
  readonly notes: {
    readonly warnings: readonly Localized[];
    /** Cases that are not counted, for want of consent or so that nobody stands out, by reason. */
    readonly leftOut: ReadonlyArray<{ readonly reason: string; readonly count: number }>;
  };
}

/** What the rendered files of a pack follow from, besides cases, recordings and plans. */
export interface PackRecipe {
  readonly order: PackOrder;
  /** What was confirmed of grounds, terms and Kyrgyz texts; recipes from before it was kept have none. */
  readonly confirmed?: readonly ConfirmedDigest[];
  /** Ids of the papers that were bound behind the letter; recipes from before have none. */
  readonly papers?: readonly string[];
  /** 32 random bytes as hex that exhibits were numbered by. */
  readonly numbering: string;
  /** Names the versions of what printed the documents. */
  readonly renderer: string;
}

/** A committed item with the salt that opens it. */
export interface SaltedItem extends Opening {
  readonly source: string;
  readonly path: string | null;
  readonly item: CommittedItem;
}

/** What became of a draft. */
export interface SealedPack {
  readonly id: string;
  /** The archive, encrypted like every blob. */
  readonly blob: string;
  readonly sizeBytes: number;
  readonly statement: string;
  readonly statementSha256: Sha256;
  readonly signerSha256: Sha256;
  /** What later time stamps need; missing in packs that were sealed before these were kept. */
  readonly seal?: {
    /** The signature of the statement, Base64. */
    readonly signature: string;
    /** Names of the authorities whose time stamps lie in the pack. */
    readonly stampedBy: readonly string[];
  };
}

import type { Sha256 } from '../kernel/digest.ts';
import type { ProofRecord } from './copy/proof-record.ts';
import type { ReceiptFacts } from './copy/redaction-receipt.ts';
import type { StillProof } from './stills/still-proof.ts';

/** That the camera's owner agreed, after being told that the viewpoint alone may give them away. */
export interface OwnerConsent {
  /** Role, never a name, of who took it. */
  readonly takenBy: string;
  /** `YYYY-MM-DD`. */
  readonly takenOn: string;
  /** The last day on which it holds; null when none was set. */
  readonly expiresOn: string | null;
}

/** An original as it was received: encrypted, never changed. */
export interface Recording {
  readonly id: string;
  readonly kind: 'clip' | 'still';
  readonly blob: string;
  /** Sealed: whoever seizes the server must not confirm that a recording was ours. */
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly fileName: string;
  /** Without it only the presence log may leave. */
  readonly ownerConsent: OwnerConsent | null;
  /** Blob of the latest analysis of a clip. */
  readonly analysisBlob: string | null;
  /** Places of its events in the custody log. */
  readonly custody: readonly number[];
}

/** A covered copy that passed its proof. */
export interface RedactedCopy {
  readonly id: string;
  readonly recording: string;
  readonly blob: string;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly mediaType: 'video/mp4' | 'image/jpeg' | 'image/png' | 'image/webp';
  readonly proof: ProofRecord | StillProof;
  readonly receiptFacts: ReceiptFacts;
  readonly custody: readonly number[];
}

import { z } from 'zod';
import { isSha256, type Sha256 } from '../../kernel/digest.ts';

const digest = z.custom<Sha256>(isSha256);

/** What a verifier judges of a redaction receipt; the rest is for people to read. */
const RECEIPT_SCHEMA = z.looseObject({
  version: z.literal(1),
  kind: z.literal('dalil-redaction-receipt'),
  output: z.strictObject({ path: z.string(), sha256: digest, sizeBytes: z.int().min(1) }),
  inputCommitment: digest,
  checks: z.array(z.looseObject({ passed: z.literal(true) })).min(1),
});

/** A receipt, as far as it is judged. */
export type JudgedReceipt = z.infer<typeof RECEIPT_SCHEMA>;

/** Where the receipt of an exhibit lies. */
export function receiptPath(exhibit: string): string {
  return `evidence/receipts/${exhibit}.json`;
}

/** Reads a receipt that may come from anybody; null when it is none, or names a failed check. */
export function parseReceipt(text: string): JudgedReceipt | null {
  try {
    return RECEIPT_SCHEMA.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

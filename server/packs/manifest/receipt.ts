import { z } from 'zod';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
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

/** Far more than a receipt holds; what is larger is none, however it is nested. */
const LARGEST_CHARACTERS = 65_536;

/** Whether a path is one where receipts lie. */
export function isReceiptPath(path: string): boolean {
  return /^evidence\/receipts\/[^/]+\.json$/.test(path);
}

/**
 * Reads a receipt that may come from anybody; null when it is none, is not canonical (RFC 8785, and a
 * line feed), or names a failed check. In its canonical form nothing can stand in it twice, once for
 * each of two readers.
 */
export function parseReceipt(text: string): JudgedReceipt | null {
  if (text.length > LARGEST_CHARACTERS) return null;
  try {
    const receipt: unknown = JSON.parse(text);
    const canonical = `${canonicalJson(receipt as JsonValue)}\n` === text;
    return canonical ? RECEIPT_SCHEMA.parse(receipt) : null;
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { isBoundedText } from '../../kernel/bounded-text.ts';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { isSha256, type Sha256 } from '../../kernel/digest.ts';
import { WHOLE_NUMBER } from '../../kernel/whole-number.ts';

const digest = z.custom<Sha256>(isSha256);

/**
 * A redaction receipt, as a verifier judges it. What is for people to read may be missing, but nothing
 * else may stand there: it would be signed and judged by nobody.
 */
const RECEIPT_SCHEMA = z.strictObject({
  version: z.literal(1),
  kind: z.literal('dalil-redaction-receipt'),
  output: z.strictObject({ path: z.string(), sha256: digest, sizeBytes: WHOLE_NUMBER.min(1) }),
  inputCommitment: digest,
  checks: z.array(z.strictObject({ name: z.string(), passed: z.literal(true) })).min(1),
  tools: z.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/), z.string()).optional(),
  operations: z
    .strictObject({
      mode: z.enum(['moving', 'all', 'marked']),
      covered: WHOLE_NUMBER,
      kept: WHOLE_NUMBER,
    })
    .optional(),
  emptyScene: z.enum(['approved', 'not approved']).optional(),
  reviewers: z.array(z.string()).optional(),
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
    .optional(),
});

/** A receipt, as far as it is judged. */
export type JudgedReceipt = z.infer<typeof RECEIPT_SCHEMA>;

/** Where the receipt of an exhibit lies. */
export function receiptPath(exhibit: string): string {
  return `evidence/receipts/${exhibit}.json`;
}

/** Far more than a receipt holds; what is larger is none, however it is nested. */
const MOST_BYTES = 65_536;

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
  if (!isBoundedText(text, MOST_BYTES)) return null;
  try {
    // Of what was judged, not of what was read: zod passes over a name like "__proto__".
    const receipt = RECEIPT_SCHEMA.parse(JSON.parse(text));
    return `${canonicalJson(receipt as JsonValue)}\n` === text ? receipt : null;
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { sha256Bytes, toHex } from '../kernel/digest.ts';

/** What can happen to a recording, a case or a pack. */
export const CUSTODY_KINDS = [
  'received',
  'withdrawn',
  'analysed',
  'redacted',
  'reviewed',
  'exported',
  'sealed',
  'sent',
  'registered',
  'superseded',
  'answered',
  'erased',
] as const;

/** One of {@link CUSTODY_KINDS}. */
export type CustodyKind = (typeof CUSTODY_KINDS)[number];

/** An event as a leaf of the log and as packs show it. It names nobody and no time of day. */
export const CUSTODY_EVENT_SCHEMA = z.strictObject({
  kind: z.enum(CUSTODY_KINDS),
  /** Role of who did it (`lawyer`, `system` …), never a name. */
  role: z.string().regex(/^[a-z][a-z-]{0,31}$/),
  /** Month in UTC, `2026-11`. */
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  /** Commitment to everything else, see {@link commitment}. */
  detail: z.string().regex(/^[0-9a-f]{64}$/),
});

/** An event as a leaf of the log. */
export type CustodyEvent = Readonly<z.infer<typeof CUSTODY_EVENT_SCHEMA>>;

/** What a commitment stands for. Whoever is given it can check it, and nobody else can guess it. */
export interface CustodyOpening {
  /** 32 random bytes as hex, of this event alone. */
  readonly salt: string;
  readonly detail: {
    /** When it happened, UTC to the millisecond. */
    readonly at: string;
    readonly about: JsonValue;
  };
}

const COMMITMENT = Uint8Array.of(0x00);

/** SHA-256(0x00 ‖ JCS([salt, detail])) as hex: the commitment of the pack format. */
export function commitment(opening: CustodyOpening): string {
  const { salt, detail } = opening;
  const text = canonicalJson([salt, { at: detail.at, about: detail.about }]);
  return toHex(sha256Bytes(COMMITMENT, Buffer.from(text, 'utf8')));
}

/** The bytes of an event as a leaf: UTF-8 of its canonical JSON. */
export function leafText(event: CustodyEvent): string {
  const { kind, role, month, detail } = event;
  return canonicalJson({ kind, role, month, detail });
}

/** The event of a leaf; null when the text is not exactly the leaf of an event. */
export function parseLeaf(text: string): CustodyEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = CUSTODY_EVENT_SCHEMA.safeParse(value);
  return parsed.success && leafText(parsed.data) === text ? parsed.data : null;
}

import { z } from 'zod';
import { parseBoundedJson } from '../../kernel/bounded-json.ts';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { isSha256, type Sha256 } from '../../kernel/digest.ts';
import { WHOLE_NUMBER } from '../../kernel/whole-number.ts';
import { comparePaths, isPackPath, PACK_ID } from './pack-path.ts';

const digest = z.custom<Sha256>(isSha256);
const line = z.string().min(1).max(600);
const localized = z.strictObject({ ky: line, ru: line, en: line });

/** What a file of the payload is. */
export const ITEM_ROLES = ['letter', 'annex', 'case', 'statistics', 'media'] as const;

/** Two kinds of things are withheld. */
const MOST_CLASSES = 2;

const ITEM_SCHEMA = z.strictObject({
  path: z.string().refine((path) => isPackPath(path) && path.startsWith('data/')),
  sha256: digest,
  bytes: WHOLE_NUMBER,
  /**
   * Of printed documents: SHA-256 of the HTML, in UTF-8, that was printed. Two prints of one content
   * by different versions of Chromium differ in `sha256` and agree in this.
   */
  contentSha256: digest.optional(),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  role: z.enum(ITEM_ROLES),
  title: localized,
  /** The commitment of an exhibit, opened in `openings.jsonl`. */
  leaf: digest.optional(),
});

/** The content of `evidence/pack.json`: what is inside, and what is withheld. */
export const PACK_DESCRIPTION_SCHEMA = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(PACK_ID),
  /** UTC to the second. */
  sealedAt: z.iso.datetime({ precision: 0 }),
  generator: z.strictObject({ name: z.literal('dalil'), version: z.string().min(1).max(40) }),
  sample: z.boolean(),
  supersedes: digest.nullable(),
  /** Every file of the payload, in the order of the paths. */
  items: z
    .array(ITEM_SCHEMA)
    .refine((items) =>
      items.every((one, i) => i === 0 || comparePaths(items[i - 1]!.path, one.path) < 0),
    ),
  /** Of the withheld nothing is shown one by one, only why; any can be opened alone later. */
  withheld: z.strictObject({
    classes: z.array(z.enum(['original-media', 'source-case'])).max(MOST_CLASSES),
    reason: localized,
  }),
  commitments: z.strictObject({ leaves: WHOLE_NUMBER, root: digest }),
  custody: z.strictObject({ events: WHOLE_NUMBER }),
});

/** What is inside a pack, and what is withheld. */
export type PackDescription = Readonly<z.infer<typeof PACK_DESCRIPTION_SCHEMA>>;
/** One file of the payload. */
export type PackItem = PackDescription['items'][number];

/** The text of `evidence/pack.json`: canonical JSON (RFC 8785) and a line feed. */
export function formatPackDescription(description: PackDescription): string {
  return `${canonicalJson(PACK_DESCRIPTION_SCHEMA.parse(description) as unknown as JsonValue)}\n`;
}

/** A file takes a dozen; more files than this makes, no directory of a pack holds. */
const MOST_VALUES = 1_000_000;

/** Reads a description that may come from anybody; null unless it is valid and canonical. */
export function parsePackDescription(text: string): PackDescription | null {
  try {
    const read = parseBoundedJson(text, MOST_VALUES);
    // One by one first, to the first bad one: a schema would tell of every item what is wrong with it.
    const { items, withheld } = read as Partial<PackDescription>;
    if (!items?.every((item) => ITEM_SCHEMA.safeParse(item).success)) return null;
    if ((withheld?.classes.length ?? 0) > MOST_CLASSES) return null;
    const parsed = PACK_DESCRIPTION_SCHEMA.parse(read);
    return formatPackDescription(parsed) === text ? parsed : null;
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { asRead } from '../kernel/as-read.ts';
import { isSha256, type Sha256 } from '../kernel/digest.ts';
import { hasHiddenCharacters } from '../kernel/hidden-characters.ts';
import { unprintable } from '../kernel/printable.ts';
import { CLAUSE_ID, LETTER_PARTS } from './clauses/clause-library.ts';
import { LETTER_TYPES } from './letter-types.ts';
import { MOST_SHEETS, PAPER_ROLES } from './papers/papers.ts';
import { MADE_ANNEXES } from './sheets/made-annexes.ts';
import { LANGUAGES } from './writing/language.ts';

// What a letter is made from, once for all its languages. Everything here is entered or counted by
// somebody else; nothing is worked out of names (declension defeats every generator).

const text = (max: number, allowed: RegExp) =>
  z
    .string()
    .overwrite(asRead)
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !hasHiddenCharacters(value.replace(allowed, '')), {
      error: 'expected text without control or invisible characters',
      abort: true,
    })
    .refine((value) => unprintable(value) === null, {
      error: ({ input }) =>
        `expected characters that the font of letters has, not ${unprintable(String(input))}`,
    });

const line = (max = 300) => text(max, /(?!)/g);
const prose = (max = 6_000) => text(max, /[\n\r\t]/g);
const inEvery = <Schema extends z.ZodType>(of: Schema) =>
  z.strictObject({ ky: of, ru: of, en: of } satisfies Record<(typeof LANGUAGES)[number], Schema>);

const date = z.iso.date({ error: 'expected a date as YYYY-MM-DD' });
const month = z
  .string()
  .regex(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/, { error: 'expected a month as YYYY-MM' });
const timeOfDay = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00)$/, {
  error: 'expected a time of day as HH:MM or HH:MM:SS',
});
const count = z.int().min(0).max(10_000_000);
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, { error: 'expected a code of letters, digits and -' });
const exhibit = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, {
  error: 'expected an exhibit number of Latin letters, digits, dots and dashes',
});
const digest = z.custom<Sha256>(isSha256, {
  error: 'expected a SHA-256 digest, 64 lower-case hexadecimal digits',
});
const packPath = z
  .string()
  .max(200)
  .regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9][A-Za-z0-9._/-]*$/, {
    error: 'expected a path inside the pack, of Latin letters, digits and . _ / -',
  });

/**
 * One clause of a letter: one of the library, in its own words or in words that a lawyer put in
 * their place; or a paragraph of the organisation's own.
 */
const clause = z
  .strictObject({
    use: z
      .string()
      .regex(CLAUSE_ID, { error: 'expected the id of a clause, as facts.total' })
      .optional(),
    /** Where an own paragraph stands. */
    part: z.enum(LETTER_PARTS).optional(),
    /** An own point joins the list before or behind it. */
    as: z.enum(['paragraph', 'point']).optional(),
    text: inEvery(prose()).optional(),
  })
  .refine(
    ({ use, part, as }) =>
      (use === undefined) === (part !== undefined) && (part !== undefined || as === undefined),
    {
      error:
        'expected either use, for a clause of the library, or part and text, for an own paragraph',
    },
  )
  .refine(({ use, text }) => use !== undefined || text !== undefined, {
    error: 'expected the text of an own paragraph',
    path: ['text'],
  });

const countedRow = z.strictObject({ code: code.optional(), label: inEvery(line()), count });
const span = z.strictObject({ date, from: timeOfDay, to: timeOfDay });

/**
 * When service vehicles stood at one place. Of every minute it is known whether it was reviewed;
 * only reviewed minutes are present or absent.
 */
const presence = z.strictObject({
  /** Where, worded to follow "recorded": "near one OST site in Bishkek". Never finer than a site. */
  place: inEvery(line()),
  /** Days of which a recording exists, reviewed or not. */
  recordedDays: z.int().min(1).max(4_000),
  /** What a person looked at in full. */
  reviewed: z.array(span).min(1).max(2_000),
  /** When a vehicle was seen, each inside a reviewed span of the same date. */
  intervals: z.array(span.extend({ kindLabel: inEvery(line()) })).max(2_000),
});

const redaction = z.strictObject({
  exhibit,
  kind: z.enum(['clip', 'still']),
  mode: z.enum(['moving', 'all', 'marked']),
  emptyScene: z.enum(['approved', 'not approved']),
  /** Rules by which a person had something covered and shown. */
  covered: count,
  kept: count,
  /** Checks that the finished copy passed, of those that were made. */
  passed: count,
  made: count,
});

const annexFile = z.strictObject({
  path: packPath,
  sha256: digest,
  sizeBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** The language the file is in; the letters in the other languages leave it out. */
  lang: z.enum(LANGUAGES).optional(),
});

/** A sheet of a paper that is bound behind the letter as it looks: a JPEG, in Base64. */
const scan = z.strictObject({
  jpeg: z
    .string()
    .max(4_000_000)
    .regex(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/, { error: 'expected a JPEG in Base64' }),
  widthPx: z.int().min(1).max(20_000),
  heightPx: z.int().min(1).max(20_000),
});

/** Schema of a letter, version 1. */
export const LETTER_SCHEMA = z.strictObject({
  version: z.literal(1),
  /** Draws «ҮЛГҮ / ОБРАЗЕЦ / SAMPLE» on every page. */
  sample: z.boolean(),
  /** Whom it goes to and why; each type has its usual clauses. */
  type: z.enum(LETTER_TYPES).default('ministry'),
  /** Заявление asks for nobody's rights by name; жалоба does, and needs a mandate. */
  kind: z.enum(['application', 'complaint']).default('application'),
  /** On what the right to complain for somebody rests, without saying for whom. */
  mandate: inEvery(line(600)).optional(),
  sender: z.strictObject({
    name: inEvery(line()),
    address: inEvery(line()),
    contacts: z.array(line(120)).min(1).max(4),
    registration: inEvery(line()),
  }),
  addressee: z.strictObject({
    /** The office in the nominative. */
    office: inEvery(line()),
    /** Office and name as they stand in the corner of the letter, in the dative; entered. */
    dative: inEvery(line()),
    /** The greeting with its punctuation; entered. */
    salutation: inEvery(line()),
    address: inEvery(line()).optional(),
  }),
  outgoing: z.strictObject({ number: line(60), date }),
  /** The earlier letter that this one is about, and how it was registered by its reader. */
  first: z
    .strictObject({
      number: line(60),
      date,
      registered: z.strictObject({ number: line(60), date }),
      /** What came of it: nothing, or a reply that leaves its requests aside. */
      reply: z.enum(['none', 'formal']).default('none'),
    })
    .optional(),
  /** The organisation's own subject line; without it the usual one stands. */
  subject: inEvery(line()).optional(),
  /** First and last month of the cases. */
  period: z.strictObject({ from: month, to: month }),
  /** Numbers of cases documented by the organisation, never of people. */
  figures: z.strictObject({
    documented: count,
    lawEnforcement: count,
    /** Within law enforcement, one primary population a case. */
    byPrimaryPopulation: z.array(countedRow).max(12),
    /** Within law enforcement, counted by place; null where the number is too small to show. */
    nearOstSites: count.nullable(),
  }),
  /** What is said to have happened, and in how many of `base` cases. */
  pattern: z.array(countedRow.extend({ base: count })).max(20),
  /** Further tables for the annex of statistics. */
  tables: z
    .array(
      z.strictObject({
        title: inEvery(line()),
        base: count,
        rows: z.array(countedRow).min(1).max(80),
        /** Drawn as bars too; a two-way table is not. */
        chart: z.boolean().optional(),
        /** Drawn as a map too, where each row has the code of an oblast or a city that has an outline. */
        map: z.boolean().optional(),
      }),
    )
    .max(40)
    .default([]),
  /** Whether the published figures recur, by a rule that is printed with what was found. */
  recurrence: z
    .strictObject({
      since: date,
      casesEach: count,
      monthsInARow: z.strictObject({ found: count, needed: count }),
      areas: z.strictObject({ found: count, needed: count }),
      acts: z.strictObject({ found: count, needed: count }),
      met: z.boolean(),
    })
    .optional(),
  /** Approved texts of cases whose consent allows it. */
  narratives: z.array(z.strictObject({ exhibit, month, text: inEvery(prose()) })).max(100),
  presence: presence.optional(),
  /** How the copies on the disc were made, as their receipts tell it. */
  redactions: z.array(redaction).max(500).default([]),
  /** Digest of the organisation's public key, which readers must have from elsewhere than the pack. */
  keySha256: digest.optional(),
  /** Whether the files of cases and tables lie in the letter's own file, too. */
  attached: z.boolean().optional(),
  /** The clauses in their order; without them those of the type stand, in the order of the type. */
  clauses: z.array(clause).min(1).max(200).optional(),
  /** Ids in `grounds.json`. */
  grounds: z.array(code).min(1).max(30),
  /**
   * Grounds that are used although no lawyer has confirmed them, or they are not in force, and why;
   * `reply-term` stands for the term of the earlier letter.
   */
  overrides: z
    .array(z.strictObject({ ground: code, reason: line(600) }))
    .max(30)
    .default([]),
  /** Ids in `demands.json`, or the organisation's own words. */
  demands: z
    .array(z.union([code, z.strictObject({ text: inEvery(line(1_500)) })]))
    .min(1)
    .max(20),
  annexes: z
    .array(
      z.strictObject({
        number: z.int().min(1).max(99),
        role: z.enum([...MADE_ANNEXES, 'media', 'tables', ...PAPER_ROLES, 'other']),
        title: inEvery(line()),
        /** Of one that comes by itself; of those bound behind the letter sheets are counted. */
        sheets: z.int().min(1).max(10_000).optional(),
        /** Sheets of a paper of the organisation; with them it is bound behind the letter. */
        scans: z.array(scan).min(1).max(MOST_SHEETS).optional(),
        files: z.array(annexFile).max(500),
      }),
    )
    .max(40),
  signatory: z.strictObject({ office: inEvery(line()), name: inEvery(line()) }),
  executor: z.strictObject({ name: inEvery(line()), contact: line(120) }),
});

/** A letter, checked in form by {@link LETTER_SCHEMA}. */
export type LetterModel = z.infer<typeof LETTER_SCHEMA>;
/** Presence of service vehicles at one place. */
export type Presence = NonNullable<LetterModel['presence']>;
/** One clause of a letter, as it was chosen, changed or added. */
export type ChosenClause = NonNullable<LetterModel['clauses']>[number];
/** One annex of a letter. */
export type Annex = LetterModel['annexes'][number];

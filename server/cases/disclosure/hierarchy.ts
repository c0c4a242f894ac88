import { z } from 'zod';
import { LANGUAGES } from '../codes/code-lists.ts';
import { DATE } from '../dates.ts';
import { CasesError } from '../errors.ts';
import shipped from './hierarchy.json' with { type: 'json' };

/** What can be told in numbers; each is one table, but for `near`, which is one total. */
export const DIMENSIONS = [
  'group',
  'readiness',
  'population',
  'act',
  'place',
  'duration',
  'repeat',
  'time',
  'area',
  'near',
  'nearArea',
  'areaTime',
] as const;
/** One of the things that can be told in numbers. */
export type Dimension = (typeof DIMENSIONS)[number];

/** How fine each thing is told; what is absent is not told. */
export type Levels = Readonly<Partial<Record<Dimension, string>>>;

const words = z.string().trim().min(1).max(200);
const labels = z.strictObject(
  Object.fromEntries(LANGUAGES.map((lang) => [lang, words])) as Record<
    (typeof LANGUAGES)[number],
    typeof words
  >,
);
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/);
const level = z.string().regex(/^[a-z]+(?:-[a-z]+)*(?:\/[a-z]+(?:-[a-z]+)*)?$/);
const profile = z.partialRecord(z.enum(DIMENSIONS), level);

const HIERARCHY_SCHEMA = z
  .strictObject({
    version: z.literal(1),
    /** The day from which it holds. */
    since: DATE,
    /** Every dimension once, its levels from the finest; `weight` says how much its loss costs. */
    dimensions: z.array(
      z.strictObject({
        name: z.enum(DIMENSIONS),
        levels: z.array(level).min(1),
        weight: z.number().positive(),
      }),
    ),
    /** The finest level that a kind of reader may be given of each dimension. */
    profiles: z.record(code, profile),
    /** Codes of the list `recipient`, and the profile of each. */
    recipients: z.record(code, code),
    actGroups: z.array(z.strictObject({ code, acts: z.array(code).min(1), label: labels })),
    times: z.strictObject({
      month: z.record(z.string().regex(/^(?:0[1-9]|1[0-2])$/), labels),
      quarter: z.record(z.string().regex(/^q[1-4]$/), labels),
      year: labels,
    }),
    /** From how many cases of one act at one site on it counts as repeated. */
    repeat: z.strictObject({
      casesAtSite: z.int().min(11),
      labels: z.strictObject({ repeated: labels, single: labels, 'no-site': labels }),
    }),
    /** A site with fewer patients, or of an unknown number, is told as its oblast. */
    sitePatientsMinimum: z.int().min(11),
    /** Sites whose number of patients a lawyer knows, and since when. */
    sites: z.array(z.strictObject({ code, patients: z.int().min(0), asOf: DATE, label: labels })),
    /** Titles of tables that the list `table` does not have. */
    tables: z.record(z.string(), labels),
  })
  .superRefine(({ dimensions, profiles, recipients }, context) => {
    const refuse = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const known = new Map(dimensions.map((one) => [one.name, one.levels]));
    for (const name of DIMENSIONS) if (!known.has(name)) refuse(['dimensions'], `lacks ${name}`);
    for (const [name, finest] of Object.entries(profiles)) {
      for (const [dimension, chosen] of Object.entries(finest)) {
        if (known.get(dimension as Dimension)?.includes(chosen) !== true) {
          refuse(['profiles', name, dimension], 'is no level of it');
        }
      }
    }
    for (const [recipient, name] of Object.entries(recipients)) {
      if (profiles[name] === undefined) refuse(['recipients', recipient], 'is no profile');
    }
  });

/**
 * How far cases may be told apart: one hierarchy for every pack, so that packs nest, and a profile a
 * kind of reader. Dated data that a lawyer may edit.
 */
export type Hierarchy = z.infer<typeof HIERARCHY_SCHEMA>;

/**
 * Checks a hierarchy as it was read from its file.
 *
 * @throws {CasesError} `HIERARCHY_INVALID`, naming every place that is wrong.
 */
export function parseHierarchy(json: unknown): Hierarchy {
  const parsed = HIERARCHY_SCHEMA.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || 'the file'} (${issue.message})`);
  throw new CasesError(
    'HIERARCHY_INVALID',
    `The hierarchy of what may be told cannot be used: ${faults.join('; ')}. Compare it with the one that comes with Dalil.`,
  );
}

/** The hierarchy that comes with Dalil. */
export const DEFAULT_HIERARCHY: Hierarchy = parseHierarchy(shipped);

/** The profile of a recipient; whom the hierarchy does not know gets what the public gets. */
export function profileOf(hierarchy: Hierarchy, recipient: string): Levels {
  const name = hierarchy.recipients[recipient] ?? 'public';
  return hierarchy.profiles[name] ?? {};
}

import { z } from 'zod';
import { CasesError } from '../errors.ts';
import { columnName, IMPORT_COLUMNS } from './import-columns.ts';

const name = z.string().trim().min(1).max(200);
const text = z.string().max(1_000);

/** Where a value of our column comes from. */
const SOURCE_SCHEMA = z.union([
  name.transform((from) => ({ from })),
  z.strictObject({
    /** A column of the file; of a DHIS2 export a data element, or a field of the event. */
    from: name,
    /** Their codes → ours; an empty text: says nothing. What is not listed is passed on. */
    codes: z.record(z.string().max(1_000), text).optional(),
    /** What separates several values in one cell; `|` by default. */
    split: z.string().min(1).max(3).optional(),
  }),
  /** The same value for every case. */
  z.strictObject({ value: text }),
]);

const TARGETS = IMPORT_COLUMNS.map((column) => column.name);

const MAPPING_SCHEMA = z.strictObject({
  format: z.literal('dalil-mapping/1'),
  /** The zone in which the moments of a DHIS2 export become days. */
  timeZone: z.string().refine(isTimeZone, 'is no time zone').optional(),
  /** Column of the template → where its values come from; of several sources all are taken. */
  columns: z
    .record(z.string(), z.union([SOURCE_SCHEMA, z.array(SOURCE_SCHEMA).min(1).max(60)]))
    .superRefine((columns, context) => {
      for (const [target, sources] of Object.entries(columns)) {
        const column = IMPORT_COLUMNS.find((one) => one.name === target);
        const refuse = (message: string) =>
          context.addIssue({ code: 'custom', path: [target], message });
        if (column === undefined) refuse('is no column of the template');
        else if (Array.isArray(sources) && sources.length > 1 && column.many !== true) {
          refuse('takes one source only');
        }
      }
      for (const { name: required } of IMPORT_COLUMNS.filter((one) => one.required)) {
        if (!(required in columns)) {
          context.addIssue({ code: 'custom', path: [required], message: 'is missing' });
        }
      }
    }),
  /** Rows are taken only if each of these columns of the file has one of the values. */
  only: z.record(name, z.array(text).min(1).max(100)).default({}),
});

/** One source of a column of the template. */
export type MappingSource = z.output<typeof SOURCE_SCHEMA>;

/** How the columns and codes of somebody else's table become ours. */
export interface ImportMapping {
  readonly timeZone: string | undefined;
  readonly columns: ReadonlyMap<string, readonly MappingSource[]>;
  readonly only: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Checks a mapping (a file, parsed as JSON).
 *
 * @throws {CasesError} `MAPPING_INVALID`, naming every place that is wrong.
 */
export function parseMapping(json: unknown): ImportMapping {
  const parsed = MAPPING_SCHEMA.safeParse(json);
  if (!parsed.success) {
    const faults = parsed.error.issues
      .slice(0, 10)
      .map(({ path, message }) => `${path.join('.') || 'the file'} (${message})`);
    throw new CasesError(
      'MAPPING_INVALID',
      `The mapping cannot be used: ${faults.join('; ')}. templates/import/cases.md says how one looks.`,
    );
  }
  const { timeZone, columns, only } = parsed.data;
  return {
    timeZone,
    // In the template's order, so that messages come in it.
    columns: new Map(
      TARGETS.filter((target) => target in columns).map((target) => [
        target,
        [columns[target]!].flat(),
      ]),
    ),
    only: new Map(Object.entries(only).map(([key, values]) => [key, new Set(values)])),
  };
}

/** The columns of the file that a mapping reads. */
export function mappedNames(mapping: ImportMapping): string[] {
  const named = [...mapping.columns.values()].flat();
  return [
    ...new Set([
      ...named.flatMap((source) => ('from' in source ? [source.from] : [])),
      ...mapping.only.keys(),
    ]),
  ];
}

/** Whether two names mean one column: as written, or as `columnName` compares them. */
export function sameColumn(a: string, b: string): boolean {
  return a === b || columnName(a) === columnName(b);
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

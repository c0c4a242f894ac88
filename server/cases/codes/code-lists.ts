import { z } from 'zod';
import { CasesError } from '../errors.ts';
import shipped from './code-lists.json' with { type: 'json' };

/** The languages of letters and packs. */
export const LANGUAGES = ['ky', 'ru', 'en'] as const;
/** One of the languages of letters and packs. */
export type Language = (typeof LANGUAGES)[number];

const words = z.string().trim().min(1).max(200);
const labels = z.strictObject({ ky: words, ru: words, en: words });
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);
const item = z.strictObject({ code, label: labels });

/** The same words in the three languages. */
export type Labels = z.infer<typeof labels>;
/** One value a coded attribute may have. */
export type CodeItem = z.infer<typeof item>;

function list<Item extends { code: string }>(of: z.ZodType<Item>) {
  return z
    .array(of)
    .min(1)
    .max(500)
    .refine((items) => new Set(items.map((one) => one.code)).size === items.length, {
      message: 'a code stands twice',
    });
}

const fixed = (...codes: string[]) =>
  list(item).refine((items) => items.map((one) => one.code).join() === codes.join(), {
    message: `the codes must be ${codes.join(', ')}, in this order`,
  });

const having = (needed: string) =>
  list(item).refine((items) => items.some((one) => one.code === needed), {
    message: `the code ${needed} is missing`,
  });

/** An item as any list may have it; which list takes which field, the lists themselves say. */
export const CODE_ITEM_SCHEMA = item.extend({
  group: code.optional(),
  lawEnforcement: z.literal(true).optional(),
  oblast: code.optional(),
});

const CODE_LISTS_SCHEMA = z
  .strictObject({
    population: having('other'),
    perpetrator: list(
      z.strictObject({
        ...item.shape,
        group: code,
        lawEnforcement: z.literal(true).optional(),
      }),
    ),
    perpetratorGroup: having('other'),
    act: having('other'),
    place: having('unknown'),
    response: list(item),
    service: having('other'),
    ageGroup: list(item),
    gender: list(item),
    readiness: having('unknown'),
    consent: fixed('C0', 'C1', 'C2', 'C3'),
    nearOstSite: fixed('yes', 'no', 'unknown'),
    recipient: list(item),
    purpose: list(item),
    consentTaker: list(item),
    oblast: list(item),
    district: list(z.strictObject({ ...item.shape, oblast: code })),
    halfYear: fixed('h1', 'h2'),
    duration: fixed('over-3h', 'up-to-3h', 'unknown'),
    table: list(item),
  })
  .superRefine((lists, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const oblasts = new Set(lists.oblast.map((one) => one.code));
    const groups = new Map<string, boolean>();
    for (const [i, district] of lists.district.entries()) {
      if (!oblasts.has(district.oblast)) refuse(['district', i, 'oblast'], 'is no oblast');
    }
    for (const [i, one] of lists.perpetrator.entries()) {
      const flag = one.lawEnforcement === true;
      if (!lists.perpetratorGroup.some((group) => group.code === one.group)) {
        refuse(['perpetrator', i, 'group'], 'is no perpetrator group');
      }
      if ((groups.get(one.group) ?? flag) !== flag) {
        refuse(['perpetrator', i, 'lawEnforcement'], 'differs within one group');
      }
      groups.set(one.group, flag);
    }
    if ([...groups.values()].filter((flag) => flag).length !== 1) {
      refuse(['perpetrator'], 'exactly one group must be law enforcement');
    }
  });

/** All coded lists of an installation: editable data, labels in three languages. */
export type CodeLists = z.infer<typeof CODE_LISTS_SCHEMA>;
/** The name of a coded list. */
export type ListName = keyof CodeLists;

/**
 * Checks the coded lists an installation brings (its own file, parsed as JSON).
 *
 * @throws {CasesError} `CODE_LISTS_INVALID`, naming every place that is wrong.
 */
export function parseCodeLists(json: unknown): CodeLists {
  const parsed = CODE_LISTS_SCHEMA.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || 'the file'} (${issue.message})`);
  throw new CasesError(
    'CODE_LISTS_INVALID',
    `The coded lists cannot be used: ${faults.join('; ')}. Compare them with the lists that come with Dalil.`,
  );
}

/** The lists that come with Dalil. */
export const DEFAULT_CODE_LISTS: CodeLists = parseCodeLists(shipped);

/** The names of the coded lists. */
export const LIST_NAMES = Object.keys(DEFAULT_CODE_LISTS) as ListName[];

/** The codes of one list, in its order. */
export function codesOf(lists: CodeLists, name: ListName): string[] {
  return lists[name].map((one) => one.code);
}

/** The labels of a code; of a code that was since removed from the list, the code itself. */
export function labelOf(lists: CodeLists, name: ListName, wanted: string): Labels {
  const found = lists[name].find((one) => one.code === wanted);
  return found?.label ?? { ky: wanted, ru: wanted, en: wanted };
}

/** The perpetrator codes that mean law enforcement. */
export function lawEnforcementCodes(lists: CodeLists): ReadonlySet<string> {
  return new Set(
    lists.perpetrator.filter((one) => one.lawEnforcement === true).map((one) => one.code),
  );
}

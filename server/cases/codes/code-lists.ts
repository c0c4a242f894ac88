import { z } from 'zod';
import { asRead } from '../../kernel/as-read.ts';
import { hasHiddenCharacters } from '../../kernel/hidden-characters.ts';
import { CasesError } from '../errors.ts';
import shipped from './code-lists.json' with { type: 'json' };

/** The languages of letters and packs. */
export const LANGUAGES = ['ky', 'ru', 'en'] as const;
/** One of the languages of letters and packs. */
export type Language = (typeof LANGUAGES)[number];

/** As letters take and print words: they would refuse a whole letter for a mark that nobody sees. */
const words = z
  .string()
  .overwrite(asRead)
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !hasHiddenCharacters(text), {
    message: 'holds a line break or a character that nobody sees',
  });
const labels = z.strictObject({ ky: words, ru: words, en: words });
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);
const item = z.strictObject({ code, label: labels });
/** Of a list that cases are coded by: one may be retired, and then only older cases hold it. */
const retirable = item.extend({ retired: z.literal(true).optional() });

/** The same words in the three languages. */
export type Labels = z.infer<typeof labels>;
/** One value a coded attribute may have. */
export type CodeItem = z.infer<typeof retirable>;

function list<Item extends CodeItem>(of: z.ZodType<Item>) {
  return z
    .array(of)
    .min(1)
    .max(500)
    .refine((items) => new Set(items.map((one) => one.code)).size === items.length, {
      message: 'a code stands twice',
    })
    .refine((items) => items.some(isOffered), { message: 'every code is retired' });
}

const fixed = (...codes: string[]) =>
  list(item).refine((items) => items.map((one) => one.code).join() === codes.join(), {
    message: `the codes must be ${codes.join(', ')}, in this order`,
  });

const having = (needed: string) =>
  list(retirable).refine((items) => items.some((one) => one.code === needed && isOffered(one)), {
    message: `the code ${needed} is missing or retired`,
  });

/** An item as any list may have it; which list takes which field, the lists themselves say. */
export const CODE_ITEM_SCHEMA = retirable.extend({
  group: code.optional(),
  lawEnforcement: z.literal(true).optional(),
  oblast: code.optional(),
});

const CODE_LISTS_SCHEMA = z
  .strictObject({
    population: having('other'),
    perpetrator: list(
      z.strictObject({
        ...retirable.shape,
        group: code,
        lawEnforcement: z.literal(true).optional(),
      }),
    ),
    perpetratorGroup: list(item).refine((items) => items.some((one) => one.code === 'other'), {
      message: 'the code other is missing',
    }),
    act: having('other'),
    place: having('unknown'),
    response: list(retirable),
    service: having('other'),
    ageGroup: list(retirable),
    gender: list(retirable),
    readiness: having('unknown'),
    consent: fixed('C0', 'C1', 'C2', 'C3'),
    nearOstSite: fixed('yes', 'no', 'unknown'),
    recipient: list(retirable),
    purpose: list(retirable),
    consentTaker: list(retirable),
    oblast: list(retirable),
    district: list(z.strictObject({ ...retirable.shape, oblast: code })),
    halfYear: fixed('h1', 'h2'),
    duration: fixed('over-3h', 'up-to-3h', 'unknown'),
    table: list(item),
  })
  .superRefine((lists, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const oblasts = new Map(lists.oblast.map((one) => [one.code, one]));
    const groups = new Map<string, boolean>();
    for (const [i, district] of lists.district.entries()) {
      const oblast = oblasts.get(district.oblast);
      if (oblast === undefined) refuse(['district', i, 'oblast'], 'is no oblast');
      else if (isOffered(district) && !isOffered(oblast)) {
        refuse(['district', i, 'oblast'], 'is retired, but this district is not');
      }
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

/** The lists as an organisation left them at one moment. */
export interface CodeListEdition {
  /** 1 for the first edition of one's own; 0 are the lists that come with Dalil. */
  readonly version: number;
  /** UTC to the second. */
  readonly at: string;
  /** Role, never a name, of who changed them. */
  readonly role: string;
  readonly reason: string | null;
  readonly lists: CodeLists;
}
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

/** The lists whose codes Dalil itself works by: their words can change, and none of them retires. */
export const LISTS_FOR_GOOD: readonly ListName[] = [
  'perpetratorGroup',
  'consent',
  'nearOstSite',
  'halfYear',
  'duration',
  'table',
];

/** Whether new cases may be given a code; a retired one stays in the cases that have it. */
export function isOffered(one: CodeItem): boolean {
  return one.retired !== true;
}

/** The codes of one list that new cases may be given, in its order. */
export function offeredCodesOf(lists: CodeLists, name: ListName): string[] {
  return lists[name].filter(isOffered).map((one) => one.code);
}

/** The codes of one list, retired ones too, in its order. */
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

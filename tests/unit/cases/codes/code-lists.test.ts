import { describe, expect, test } from 'vitest';
import {
  type CodeLists,
  DEFAULT_CODE_LISTS,
  LIST_NAMES,
  LISTS_FOR_GOOD,
  labelOf,
  lawEnforcementCodes,
  parseCodeLists,
} from '../../../../server/cases/codes/code-lists.ts';

describe('the lists that come with Dalil', () => {
  const items = Object.values(DEFAULT_CODE_LISTS).flat();

  test('every item has words in Kyrgyz, Russian and English', () => {
    expect(items.length).toBeGreaterThan(100);
    for (const { label } of items) {
      expect(label.ky).toMatch(/\p{Script=Cyrillic}/u);
      expect(label.ru).toMatch(/\p{Script=Cyrillic}/u);
      expect(label.en).toMatch(/^[^\p{Script=Cyrillic}]+$/u);
    }
  });

  test('no word hurts the people it is about', () => {
    const words = items.map(({ label }) => Object.values(label).join(' ')).join(' ');
    expect(words).not.toMatch(
      /наркоман|баңги адам|проститут|сойку|addict|abuser|prostitut|victim|жертв/i,
    );
  });

  test('law enforcement is marked by the list', () => {
    expect(
      [...lawEnforcementCodes(DEFAULT_CODE_LISTS)].every((code) => code.startsWith('police-')),
    ).toBe(true);
  });
});

test.each(LIST_NAMES)('a code of the list %s can be retired, or the list is for good', (name) => {
  const canRetire = DEFAULT_CODE_LISTS[name].some(({ code }) => {
    const items = DEFAULT_CODE_LISTS[name].map((one) =>
      one.code === code ? { ...one, retired: true } : one,
    );
    try {
      return parseCodeLists({ ...DEFAULT_CODE_LISTS, [name]: items }) !== null;
    } catch {
      return false;
    }
  });
  // An oblast goes after its districts, and each of those that come with Dalil has some.
  expect(canRetire || name === 'oblast').toBe(!LISTS_FOR_GOOD.includes(name));
});

test('a code that left the lists still has a name', () => {
  expect(labelOf(DEFAULT_CODE_LISTS, 'act', 'gone')).toEqual({
    ky: 'gone',
    ru: 'gone',
    en: 'gone',
  });
});

test.each<[string, (lists: CodeLists) => unknown, string]>([
  ['no object', () => 'x', 'the file'],
  ['a missing list', ({ act: _, ...rest }) => rest, 'act'],
  ['an unknown list', (lists) => ({ ...lists, extra: [] }), 'the file'],
  [
    'a missing language',
    (lists) => ({ ...lists, act: [{ code: 'other', label: { ky: 'а', ru: 'а' } }] }),
    'act.0.label.en',
  ],
  ...['line\nfeed', 'bidi \u202emark', 'zero\u200bwidth', 'direction\u2067s'].map(
    (en): [string, (lists: CodeLists) => unknown, string] => [
      `a word with what nobody sees: ${JSON.stringify(en)}`,
      (lists) => ({
        ...lists,
        act: [...lists.act, { code: 'x', label: { ky: 'а', ru: 'а', en } }],
      }),
      'act.16.label.en',
    ],
  ),
  ['a code twice', (lists) => ({ ...lists, act: [...lists.act, lists.act[0]] }), 'act'],
  [
    'a code with a separator',
    (lists) => ({ ...lists, act: [...lists.act, { ...lists.act[0], code: 'a|b' }] }),
    'act.16.code',
  ],
  [
    'no other population',
    (lists) => ({ ...lists, population: lists.population.slice(0, 2) }),
    'population',
  ],
  ['other consent levels', (lists) => ({ ...lists, consent: lists.consent.slice(1) }), 'consent'],
  [
    'a district without a home',
    (lists) => ({ ...lists, oblast: lists.oblast.slice(1) }),
    'district.0.oblast',
  ],
  [
    'a group half law enforcement',
    (lists) => ({
      ...lists,
      perpetrator: lists.perpetrator.map((one, i) =>
        i === 0 ? { ...one, lawEnforcement: undefined } : one,
      ),
    }),
    'lawEnforcement',
  ],
  [
    'no law enforcement',
    (lists) => ({ ...lists, perpetrator: lists.perpetrator.slice(5) }),
    'perpetrator',
  ],
])('an installation’s lists are refused: %s', (_, change, place) => {
  try {
    parseCodeLists(change(structuredClone(DEFAULT_CODE_LISTS)));
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'CODE_LISTS_INVALID' });
    expect((error as Error).message).toContain(place);
  }
});

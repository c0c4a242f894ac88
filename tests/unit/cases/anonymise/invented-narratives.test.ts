import { describe, expect, test } from 'vitest';
import { anonymise } from '../../../builders/anonymise.ts';
import type { NarrativeLanguage } from '../../../builders/narratives/fill-template.ts';
import { judgeAnonymised } from '../../../builders/narratives/judge-anonymised.ts';
import { inventNarratives, type NarrativeSet } from '../../../builders/narratives/narratives.ts';

const COUNT = 300;

/**
 * Surnames that are everyday words («гончар» is a potter, «мага» says "to me"): in small letters or
 * in capitals, with no sign beside them, no rule can tell, and whoever reads the text has to.
 */
const EVERYDAY_SURNAME =
  /^(?:гончар\p{L}{0,3}|м ?а|мага|m ?a|максат|(?:[хx]\. )?ма(?: [хx]\.)?)$/iu;

function judgeSet(language: NarrativeLanguage, set: NarrativeSet, count = COUNT) {
  const judged = inventNarratives(language, set, count).map((narrative) =>
    judgeAnonymised(narrative, anonymise(narrative.text).spans),
  );
  const plain = judged.reduce((sum, one) => sum + one.plainWords, 0);
  const masked = judged.reduce((sum, one) => sum + one.maskedPlainWords.length, 0);
  const leaky = judged.filter((one) => one.leaks.some(({ kind }) => !COARSE.has(kind))).length;
  return { leaks: judged.flatMap((one) => one.leaks), leaky, maskedShare: masked / plain };
}

/**
 * What leads to somebody only together with other things: a day, a place of work, a department. Those
 * who were there put them together, so DECISIONS tells both counts, with these and without.
 */
const COARSE = new Set(['date', 'place', 'unit', 'work']);

/**
 * Notes as they are typed: small letters, no punctuation, two languages at once. Most of what is left
 * are surnames and names that are everyday words («ким», «сезим», "ten") with nothing beside them.
 */
const TYPED = [
  ['chat', 'ru', 0],
  ['chat', 'ky', 0],
  ['chat', 'en', 0],
  ['second-chat', 'ru', 0],
  ['second-chat', 'ky', 0],
  ['second-chat', 'en', 0],
  ['third-chat', 'ru', 0],
  ['third-chat', 'ky', 1],
  ['third-chat', 'en', 0],
] as const;

test.each(TYPED)(
  'typed notes, %s in %s: %i of 60 lead to somebody, days, places, departments and work left aside',
  (set, language, most) => {
    const { leaky, maskedShare } = judgeSet(language, set, 60);
    expect(leaky).toBeLessThanOrEqual(most);
    // Cars and their colours are in it, which the notes' author had left alone.
    expect(maskedShare).toBeLessThan(0.05);
  },
);

describe.each(['ru', 'ky', 'en'] as const)('invented narratives in %s', (language) => {
  test.each(['development', 'held-out', 'second-held-out'] as const)(
    '%s: nobody can be read, most words can',
    (set) => {
      const { leaks, maskedShare } = judgeSet(language, set);
      expect(leaks.filter(({ words }) => !EVERYDAY_SURNAME.test(words))).toEqual([]);
      expect(leaks.length).toBeLessThan(set === 'second-held-out' ? 6 : 1);
      expect(maskedShare).toBeLessThan(0.03);
    },
  );
});

test('the judge sees a leak and a word masked for nothing', () => {
  const [narrative] = inventNarratives('ru', 'development', 1);
  const { start, end } = narrative!.gold.find((span) => span.identifying)!;
  expect(judgeAnonymised(narrative!, []).leaks.length).toBeGreaterThan(0);
  const short = judgeAnonymised(narrative!, [{ start, end: end - 1 }]);
  expect(short.leaks.map(({ words }) => words)).toContain(narrative!.text.slice(start, end));
  const all = judgeAnonymised(narrative!, [{ start: 0, end: narrative!.text.length }]);
  expect(all.leaks).toEqual([]);
  expect(all.maskedPlainWords).toHaveLength(all.plainWords);
});

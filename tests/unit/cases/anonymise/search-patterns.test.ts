import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from '../../../../server/cases/anonymise/folded-text.ts';
import { openingsOf } from '../../../../server/cases/anonymise/pattern-openings.ts';
import { createPatternSearch } from '../../../../server/cases/anonymise/search-patterns.ts';
import { STRUCTURED_RULES } from '../../../../server/cases/anonymise/structured-rules.ts';
import { inventNarratives } from '../../../builders/narratives/narratives.ts';

const PATTERNS = STRUCTURED_RULES.map(({ pattern }) => pattern);
const search = createPatternSearch(PATTERNS);

/** What each rule finds, by the search and by trying its pattern everywhere. */
function bothWays(text: string) {
  const matchesOf = search(text);
  const places = (matches: Iterable<RegExpExecArray>) =>
    Array.from(matches, ({ 0: found, index }) => `${index} ${found}`);
  return {
    searched: PATTERNS.map((_, at) => places(matchesOf(at))),
    everywhere: PATTERNS.map((pattern) => places(text.matchAll(pattern))),
  };
}

/** Words and signs that the patterns are made of, and what may stand in their way. */
const PIECES = [
  ...new Set(
    STRUCTURED_RULES.flatMap(({ pattern }) =>
      pattern.source.replaceAll(/\\p\{\w+\}|\\./gu, ' ').match(/[\p{L}\p{N}]+/gu),
    ),
  ),
].filter((piece): piece is string => piece !== null);
const STREWN = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 4, arbitrary: fc.constantFrom(...' -.,:№#/@_()[]\n\0+«»') },
      { weight: 3, arbitrary: fc.nat({ max: 9999 }).map(String) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constantFrom('𝟎', '\ud835', '\udfce', '𐐨', 'й') },
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

describe('a search of many patterns finds what each finds by itself', () => {
  test.each(['ru', 'ky', 'en'] as const)('in notes as they are typed: %s', (language) => {
    const notes = inventNarratives(language, 'third-chat', 60).map(({ text }) => text);
    const { searched, everywhere } = bothWays(foldText(notes.join('\n')).lower);
    expect(searched).toEqual(everywhere);
    expect(everywhere.flat().length).toBeGreaterThan(50);
  });

  test('in texts strewn with the words of the patterns', () => {
    fc.assert(
      fc.property(STREWN, (text) => {
        const { searched, everywhere } = bothWays(text);
        expect(searched).toEqual(everywhere);
      }),
    );
  });

  test('what a rule cannot do without stands in every text it finds something in', () => {
    fc.assert(
      fc.property(STREWN, (text) => {
        for (const { rule, pattern, needs } of STRUCTURED_RULES) {
          if (needs === undefined || needs.test(text)) continue;
          expect([rule, ...text.matchAll(pattern)]).toEqual([rule]);
        }
      }),
    );
  });
});

test('a pattern with other flags is refused, for it would find less here', () => {
  expect(() => createPatternSearch([/а/giu])).toThrow('other flags');
});

describe('what a match may begin with', () => {
  const WORD = '(?<![\\p{L}\\p{N}])';
  const opens = (source: string, two: string) =>
    openingsOf(new RegExp(WORD + source, 'gu'))?.test(two);

  test.each([
    ['дом', 'до', true],
    ['дом', 'да', false],
    ['(?:дом|кв)', 'кв', true],
    ['д?ом', 'ом', true],
    ['(?:а[бв]){0,2}г', 'г!', true],
    ['[0-9]{1,3}я', '7я', true],
    ['[0-9]{1,3}я', '77', true],
    ['[0-9]{2,3}я', '7я', false],
    ['(?=к)(?:к|л)о', 'ло', true],
    ['(?<find>я)', 'я', true],
    ['я', 'яш', true],
    ['я+', 'я', true],
    ['-х', '-х', true],
  ])('%s, held against %s: %s', (source, two, answer) => {
    expect(opens(source, two)).toBe(answer);
  });

  test.each([
    'дом',
    `${WORD}а|б`,
    `${WORD}а?`,
    `${WORD}^а`,
    `${WORD}(а)\\1`,
    `(?:${WORD}а)`,
    `${WORD}\\u0430`,
  ])(
    'a pattern that may begin elsewhere, be empty or is not read is tried everywhere: %s',
    (source) => {
      expect(openingsOf(new RegExp(source, 'gu'))).toBeNull();
    },
  );
});

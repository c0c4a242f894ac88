import { describe, expect, test } from 'vitest';
import { findNamesLeft } from '../../../../server/cases/anonymise/names-left.ts';
import { rosterKeys } from '../../../../server/cases/anonymise/roster.ts';
import { anonymise, KNOWLEDGE } from '../../../builders/anonymise.ts';
import { HELD_OUT_WORLD } from '../../../builders/narratives/invented-names.ts';
import { inventNarratives } from '../../../builders/narratives/narratives.ts';

const keysOf = (...names: string[]) => rosterKeys(names, KNOWLEDGE.names);
const leftIn = (text: string, ...names: string[]) =>
  findNamesLeft(text, keysOf(...names)).map(({ start, end }) => text.slice(start, end));

describe('a rendered text is searched once more', () => {
  test.each([
    ['declined', 'Передано Асанову.', ['Асанову']],
    ['in the other alphabet', 'Signed by Asanov.', ['Asanov']],
    ['with look-alikes', 'Передано Aсaнову.', ['Aсaнову']],
    ['with Kyrgyz suffixes', 'Асановдордун арызы.', ['Асановдордун']],
    ['cut in two', 'Передано Аса нову.', ['Аса нову']],
    ['with a soft hyphen', 'Передано Аса\u00adнову.', ['Аса\u00adнову']],
    ['not there', 'Передано в суд.', []],
  ])('%s', (_, text, left) => {
    expect(leftIn(text, 'Асанов')).toEqual(left);
  });

  test('nothing is left of the names of anonymised narratives', () => {
    const surnames = HELD_OUT_WORLD.people.map(({ last }) => last.split(' ')[0]!);
    for (const { text } of inventNarratives('ru', 'held-out', 60)) {
      const result = anonymise(text).text;
      expect(leftIn(result, ...surnames)).toEqual([]);
    }
  });
});

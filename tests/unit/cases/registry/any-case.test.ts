import { expect, test } from 'vitest';
import { anyCase } from '../../../../server/cases/registry/any-case.ts';

test.each<[string, string]>([
  ['ab', '[aA][bB]'],
  ['үй|Ё', '[үҮ][йЙ]|[ёЁ]'],
  ['(?<![\\p{L}\\p{N}])x{2,3}\\.', '(?<![\\p{L}\\p{N}])[xX]{2,3}\\.'],
  ['[A-ZА-ЯЁ]\\p{L}*', '[a-zA-Zа-яА-ЯёЁ]\\p{L}*'],
  ['(?:a|[^b-]) ?', '(?:[aA]|[^bB-]) ?'],
])('%s', (source, expected) => {
  expect(anyCase(source)).toBe(expected);
});

test('finds what the inline modifier of this engine does not', () => {
  const months =
    '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
  const source = `\\p{Nd}{1,2}(?:st|nd|rd|th)?(?: of)? ${months}`;
  expect('the 15th of March'.match(new RegExp(anyCase(source), 'u'))?.[0]).toBe('15th of March');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anonymise } from '../../../builders/anonymise.ts';

const alphabet = fc.constantFrom(
  ...'аАбоОсҮүңëё aAbOoIl1230-._@+()/:«»"\n\t№\u0301\u200b\u00ad\ufeff\ud83d\udc4d',
  'Асанов ',
  'ул. ',
  '+996',
  ' кызы',
  'капитан ',
  '01 KG ',
  ' 555',
  'ﷺ',
  'İ',
  '㍿',
);

describe('any text at all', () => {
  test('spans are in order, in the text, and give the result', () => {
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 120 }).map((parts) => parts.join('')),
        (raw) => {
          const { text, spans } = anonymise(raw);
          let at = 0;
          let built = '';
          for (const { start, end, replacement } of spans) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            built += raw.slice(at, start) + replacement;
            at = end;
          }
          expect(at).toBeLessThanOrEqual(raw.length);
          expect(built + raw.slice(at)).toBe(text);
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each([
    ['one word', 'а'.repeat(300_000)],
    ['one capital word', 'А'.repeat(300_000)],
    ['digits', '1'.repeat(300_000)],
    ['digits apart', '1 '.repeat(150_000)],
    ['digits and hyphens', '12-'.repeat(100_000)],
    ['dots', '.'.repeat(300_000)],
    ['hyphens', 'а-'.repeat(150_000)],
    ['letters apart', 'а '.repeat(150_000)],
    ['initials', 'А.'.repeat(150_000)],
    ['marks', `а${'\u0301'.repeat(300_000)}`],
    ['invisible', '\u200b'.repeat(300_000)],
    ['at signs', 'a@'.repeat(150_000)],
    ['hosts', 'a.'.repeat(150_000)],
    ['underscores', 'a_'.repeat(150_000)],
    ['numerals', 'один '.repeat(60_000)],
    ['streets', 'ул. '.repeat(80_000)],
    ['ranks', 'капитан милиции '.repeat(20_000)],
    ['names', 'Асанов '.repeat(40_000)],
    [
      'other names',
      Array.from(
        { length: 30_000 },
        (_, i) =>
          `Имя${String.fromCharCode(0x430 + (i % 32), 0x430 + ((i >> 5) % 32), 0x430 + ((i >> 10) % 32))}ов`,
      ).join(' '),
    ],
    ['quotes', '«'.repeat(300_000)],
    ['spaces', ' '.repeat(300_000)],
    ['lines', '\n'.repeat(300_000)],
    ['plus signs', '+ '.repeat(150_000)],
    ['telephone', 'телефон '.repeat(40_000)],
  ])('ends on %s', (_, raw) => {
    expect(typeof anonymise(raw).text).toBe('string');
  });

  test('a long text is found the same as its parts', () => {
    const line = 'Сотрудники держали его, потом Асанов Бакыт позвонил на 0555 123 456.\n';
    const { spans } = anonymise(line.repeat(12_000));
    expect(spans).toHaveLength(24_000);
    expect(new Set(spans.map(({ replacement }) => replacement))).toEqual(
      new Set(['Лицо-1', '[удалено]']),
    );
    expect(spans.at(-1)!.end).toBe(line.length * 12_000 - 2);
  });
});

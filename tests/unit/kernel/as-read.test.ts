import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asRead } from '../../../server/kernel/as-read.ts';

describe('a text as it is read', () => {
  test.each([
    ['decomposed', 'и\u0306, е\u0308, И\u0306', 'й, ё, Й'],
    ['stress behind the breve', 'и\u0306\u0301', 'й'],
    [
      'stress between a letter and its own mark',
      'и\u0301\u0306 и\u0300\u0306 е\u0301\u0308',
      'й й ё',
    ],
    ['stress on a composed letter', 'й\u0301 ё\u0301 ү\u0301', 'й ё ү'],
    ['stress on letters that other languages have', 'и\u0300 е\u0300 к\u0301 г\u0301', 'и е к г'],
    ['letter and stress in one character', '\u0450 \u045d', 'е и'],
    ['two marks in one character', 'е\u0344', 'ё'],
    ['names in Latin letters', 'Be\u0301la Go\u0308del Nin\u0303o', 'Béla Gödel Niño'],
    ['soft hyphens, and marks of nothing', 'слу\u00adчай \u0301', 'случай '],
    ['enclosing and hidden marks', 'а\u20dd\ufe0f\u034f', 'а'],
  ])('%s', (_name, typed, read) => expect(asRead(typed)).toBe(read));

  test('has no marks left, is composed, and stays as it is', () => {
    const letter = fc.constantFrom(...'иеёйүөңкabcde \u00ad');
    const mark = fc.integer({ min: 0x300, max: 0x34f }).map((code) => String.fromCodePoint(code));
    const marked = fc.string({ unit: fc.oneof(letter, mark), maxLength: 12 });
    fc.assert(
      fc.property(marked, (typed) => {
        const read = asRead(typed);
        expect(read).not.toMatch(/[\u00ad\p{M}]/u);
        expect(read.normalize('NFC')).toBe(read);
        expect(asRead(read)).toBe(read);
      }),
    );
  });

  test('keeps every letter of Kyrgyz and Russian with one mark of stress, wherever it stands', () => {
    const letters = fc.constantFrom(...'абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя');
    const stress = fc.constantFrom('\u0300', '\u0301', '\u0341');
    fc.assert(
      fc.property(letters, stress, fc.boolean(), (letter, mark, between) => {
        const [first, ...own] = letter.normalize('NFD');
        const typed = between ? first + mark + own.join('') : first + own.join('') + mark;
        expect(asRead(typed)).toBe(letter);
      }),
    );
  });
});

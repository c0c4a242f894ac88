import { describe, expect, test } from 'vitest';
import {
  bindSpaces,
  digestGroups,
  lowerFirst,
  pieces,
  setParagraph,
  upperFirst,
} from '../../../../server/letters/writing/typography.ts';

const shown = (text: string) => text.replaceAll('\u00a0', '~').replaceAll('\u00ad', '|');

describe('spaces that must not break', () => {
  test.each([
    ['исх. № 01-14/27 от 24 апреля 2026 года', 'исх.~№~01-14/27 от~24~апреля 2026~года'],
    ['А. А. Образцова', 'А.~А.~Образцова'],
    ['394 (59 %) — в 18 из 22 дней', '394 (59~%)~— в~18 из~22~дней'],
    ['на 2 л. в 1 экз.', 'на~2~л. в~1~экз.'],
    ['2026-жылдын 24-апрели', '2026-жылдын~24-апрели'],
    ['No. 67 of 4 May 2007', 'No.~67 of 4~May~2007'],
    ['слово об этом без предлогов', 'слово об~этом без~предлогов'],
    ['Прил. 1, л. 6; статья 7 и статьи закона', 'Прил.~1, л.~6; статья~7 и~статьи закона'],
    ['is in Annex 2, sheets 8–10; articles 7, 9', 'is in Annex~2, sheets~8–10; articles~7, 9'],
    ['— 2 файл, 21 файла, 3 files, 1 of 22 days', '— 2~файл, 21~файла, 3~files, 1 of 22~days'],
    ['тел. +996 312 00-00-00, 2026', 'тел. +996~312~00-00-00, 2026'],
    ['+996 (312) 00 00 00 и 5', '+996~(312)~00~00~00 и~5'],
  ])('%s', (text, bound) => expect(shown(bindSpaces(text))).toBe(bound));
});

describe('what a line does not end inside of', () => {
  const held = (text: string) =>
    pieces(text)
      .map(({ text, whole }) => (whole ? `[${text}]` : text))
      .join('');
  test.each([
    ['л. 10–12, исх. № 01-14/27 от 24', 'л. [10–12], исх. № [01-14/27] от 24'],
    [
      '(10–12-барак), 2026-жылдын 24-апрелиндеги',
      '([10–12-барак]), [2026-жылдын] [24-апрелиндеги]',
    ],
    ['№ 12-3/45 и № 1360-XII.', '№ [12-3/45] и № [1360-XII].'],
    ['07:55:00–08:40:00 C-01', '[07:55:00–08:40:00] [C-01]'],
    ['органы внутренних дел — law-enforcement', 'органы внутренних дел — [law-enforcement]'],
    ['«секс-работ\u00adники», Джалал-Абад', '«[секс-работ\u00adники]», [Джалал-Абад]'],
    ['информационно-просветительских и/или', 'информационно-просветительских и/или'],
  ])('%s', (text, expected) => expect(held(text)).toBe(expected));

  test('is at most as long as a part of a line, and costs no time to look for', () => {
    for (const long of ['1-'.repeat(3_000), '1'.repeat(6_000), `${'a'.repeat(40)}-1`]) {
      expect(pieces(long)).toEqual([{ text: long, whole: false }]);
    }
  });
});

describe('hyphens', () => {
  test('only Russian paragraphs get soft hyphens, and never beside one or two letters', () => {
    const text = 'задокументированных правоохранительных обстоятельств';
    const set = setParagraph(text, 'ru');
    expect(set.replaceAll('\u00ad', '')).toBe(text);
    expect(set).toContain('\u00ad');
    for (const word of shown(set).split(' ')) {
      const parts = word.split('|');
      expect(parts[0]!.length).toBeGreaterThan(2);
      expect(parts.at(-1)!.length).toBeGreaterThan(2);
    }
    expect(setParagraph('жарандардын кызыкчылыгында', 'ky')).not.toContain('\u00ad');
    expect(setParagraph('law-enforcement organisation', 'en')).not.toContain('\u00ad');
  });

  test('names inside a sentence stay whole, the first word of one does not', () => {
    expect(setParagraph('председатель Длиннофамильная', 'ru')).toMatch(/Длиннофамильная$/);
    expect(shown(setParagraph('Организация просит. Непросмотренное время', 'ru'))).toMatch(
      /^Орга\|.* просит\. Непро\|/,
    );
  });
});

test('labels inside a sentence lose their capital, abbreviations keep it', () => {
  expect(lowerFirst('Секс-работники')).toBe('секс-работники');
  expect(lowerFirst('ЛГБТ-люди')).toBe('ЛГБТ-люди');
  expect(upperFirst('өрөөндүк район')).toBe('Өрөөндүк район');
  expect(upperFirst('2020-жылдын биринчи чейреги')).toBe('2020-жылдын биринчи чейреги');
});

test('a digest is read in eights', () => {
  const digest = '0123456789abcdef'.repeat(4);
  expect(digestGroups(digest)).toEqual(
    Array.from({ length: 4 }, () => ['01234567', '89abcdef']).flat(),
  );
});

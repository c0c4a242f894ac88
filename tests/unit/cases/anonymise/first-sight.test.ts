import { describe, expect, test } from 'vitest';
import { foundIn } from '../../../builders/anonymise.ts';

// Classes of traces, each held by its structure: words of it in several languages and endings, with
// nothing but the sentence to tell them.

const isGone = (text: string, trace: string) =>
  foundIn(text).some((found) => found.includes(trace) || trace === found);
const combine = (frames: readonly string[], words: readonly string[]) =>
  frames.flatMap((frame) => words.map((word) => [frame.replace('*', word), word] as const));

describe('a number beside a word for a station', () => {
  test.each([
    ...combine(
      [
        'всю ночь сидела в отделе *',
        'забрали в отделение № *, потом домой',
        'на посту * его били',
        'довезли до опорного пункта *',
        'из участка * не выпускали',
        'анан бөлүмдө * жаттым',
        'they kept her at station * and',
        'he serves in unit *',
        'taken to post no. *, then home',
        'the precinct * again',
      ],
      ['4', '13', '27'],
    ),
    ...combine(
      [
        'она в *-м отделении',
        'звонили из * отдела',
        '* опорный пункт знаешь',
        '*-бөлүмгө алып барышты',
        'ал * бөлүмдө отурат',
      ],
      ['6', '12', '31'],
    ),
    ['they are in the 9th precinct now', '9th'],
    ['увезли в седьмой отдел', 'седьмой'],
    ['их держат в пятом отделении', 'пятом'],
    ['ал үчүнчү бөлүмдө экен', 'үчүнчү'],
    ['отдел семь, второй этаж', 'отдел семь'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each([
    'в отделе 6 сотрудников пили чай',
    'держали в отделении 3 часа',
    'на посту 5 человек',
    'at the station 2 hours passed',
    'бөлүмдө 4 киши болду',
  ])('%s: a count stays', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('the number of a house, said otherwise', () => {
  test.each([
    ['they searched the flat, number 31.', '31'],
    ['go round by number 8b, quick', '8b'],
    ['стоят у номера 17а', '17а'],
    ['дом номер 64 на углу', '64'],
    ['на победы ждут возле дома 11', 'победы'],
    ['по правды стоят у дома 7/1', 'правды'],
    ['she wrote the address (ak bulak 15b) down', 'ak bulak 15b'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each(['стоят на углу возле дома', 'свидетель номер 2 молчал'])('%s stays', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('the number of a card or a badge', () => {
  test.each([
    ...combine(
      [
        'медициналык карта * анын',
        'карта номер * у врача',
        'төш белгиси *',
        'жетонунда * деп жазылган',
        'badge * was on him',
        'номер на жетоне *',
      ],
      ['1048', '2417', 'КТ-0391', '553'],
    ),
    ['на листе стояло РВ-4410, и всё', 'РВ-4410'],
    ['анын медициналык номери 1317 эле', '1317'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each(['оплатила картой 500 сом', 'медкарта есть, 12 лет на учёте'])('%s stays', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

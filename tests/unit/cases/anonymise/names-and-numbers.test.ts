import { describe, expect, test } from 'vitest';
import { rosterKeys } from '../../../../server/cases/anonymise/roster.ts';
import { anonymise, foundIn, KNOWLEDGE } from '../../../builders/anonymise.ts';

/** Sentences in which a rule for streets, numbers or everyday words once let somebody be read. */
describe('somebody with a number behind stays somebody', () => {
  test.each([
    ['меня бил майор осмонов 3 удара', 'меня бил Сотрудник-1 3 удара'],
    ['капитан сыдыков 4 мента', 'Сотрудник-1 4 мента'],
    ['капитан бакытов 500 взял', 'Сотрудник-1 500 взял'],
    ['старлей бакытов 2 шприца', 'Сотрудник-1 2 шприца'],
    ['майор бейшеналиев 14 кв 3', 'Сотрудник-1 [адрес] [адрес]'],
    ['видела вера 3 ментов', 'видела Лицо-1 3 ментов'],
    ['бакытов 300$ забрал', 'Лицо-1 300$ забрал'],
    ['бакытов 500 долларов забрал', 'Лицо-1 500 долларов забрал'],
    ['бакытов 50 тенге', 'Лицо-1 50 тенге'],
    ['иванов 3 ударил, потом ива нов снова', 'Лицо-1 [адрес] ударил, потом Лицо-1 снова'],
  ])('%s', (text, result) => {
    expect(anonymise(text, { language: 'ru' }).text).toBe(result);
  });

  test('a rank goes with its name, and the day behind stays a day', () => {
    expect(foundIn('капитан сыдыков 2024-жылдын 5-мартында')).toEqual([
      'капитан сыдыков',
      '2024-жылдын 5-мартында',
    ]);
  });
});

describe('a house that a word only begins like a measure', () => {
  test.each([
    ['живу медерова 44 марат знает', ['медерова 44', 'марат']],
    ['живу медерова 44 сотрудники пришли', ['медерова 44']],
    ['горького 17 разбили дверь', ['горького 17']],
    ['московской 17 часто ловят', ['московской 17']],
    ['участковый по медерова 44 пришел', ['медерова 44']],
  ])('%s', (text, found) => {
    expect(foundIn(text)).toEqual(found);
  });
});

describe('no digit of a number is left', () => {
  test.each([
    ['мой тел 0 7 0 7 2 3 45 10', ['0 7 0 7 2 3 45 10']],
    ['0 7 0 7 2 3 45 10', ['0 7 0 7 2 3 45 10']],
    ['+996 five five five 12 3456', ['+996 five five five 12 3456']],
    ['по 664500 мне ответили', ['664500']],
    ['номер 700 12 13 14 часто звонит', ['700 12 13 14']],
  ])('%s', (text, found) => {
    expect(foundIn(text)).toEqual(found);
  });

  test('whatever groups a telephone number is written in', () => {
    const digits = '0707234510';
    for (let cuts = 0; cuts < 2 ** 9; cuts += 7) {
      const written = [...digits]
        .map((digit, i) => (cuts & (1 << i) ? `${digit} ` : digit))
        .join('');
      for (const lead of ['тел ', 'мой номер ', 'звоните на ']) {
        expect(anonymise(`${lead}${written.trim()} спросите`).text).not.toMatch(/\d/);
      }
    }
  });

  test.each(['взяли 15000 и ушли', 'взяли 150000 сом', 'дал 20500 и отпустили'])(
    '%s: a sum',
    (text) => {
      expect(foundIn(text)).toEqual([]);
    },
  );
});

describe('a surname that is an everyday word too', () => {
  test.each([
    ['следователь голуба допрашивал', ['голуба']],
    ['лейтенант голубой', ['лейтенант голубой']],
    ['Голуба задержали', ['Голуба']],
    ['тергөөчү кимге акча бердим', ['кимге']],
    ['мороз г. подписала протокол', ['мороз г.']],
    ['следователь калбай урду', ['калбай']],
    ['жук ударил меня', ['жук']],
  ])('%s', (text, found) => {
    expect(foundIn(text)).toEqual(found);
  });

  test.each([
    'сделала стрижку и пошла домой',
    'у него голубой платок',
    'мени токтобай уруп жатышты анан карабай кетип',
    'калбай жазбай карабай кетти',
    'ал мени карабайт, эч кимге айтпайт',
    'жук ташып жүрөм',
    'ал жерде кырк жук болду',
  ])('%s: nobody', (text) => {
    expect(foundIn(text)).toEqual([]);
  });

  test.each([
    ['Голуб Анна', 'у голуба нашли', ['голуба']],
    ['Ким Виктор', 'ошол күнү кимге акча бердим', ['кимге']],
    ['Жук', 'жук ташып жүрөм', ['жук']],
    ['Карабаев Токтобай', 'мени токтобай уруп жатты', ['токтобай']],
  ])('the record names %s: %s', (entry, text, found) => {
    expect(foundIn(text, { roster: rosterKeys([entry], KNOWLEDGE.names) })).toEqual(found);
  });
});

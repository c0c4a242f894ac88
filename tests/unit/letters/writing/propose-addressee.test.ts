import { describe, expect, test } from 'vitest';
import {
  kyrgyzDative,
  proposeAddressee,
} from '../../../../server/letters/writing/propose-addressee.ts';

describe('a proposed addressee', () => {
  test.each<[string, 'male' | 'female', string]>([
    ['Ниязов', 'male', 'Ниязову Н. Т.'],
    ['Ниязова', 'female', 'Ниязовой Н. Т.'],
    ['Токтоналиев', 'male', 'Токтоналиеву Н. Т.'],
    ['Достоевский', 'male', 'Достоевскому Н. Т.'],
    ['Ким', 'male', 'Киму Н. Т.'],
    ['Ким', 'female', 'Ким Н. Т.'],
    ['Асан уулу', 'male', 'Асан уулу Н. Т.'],
  ])('%s (%s) in the Russian dative', (last, gender, dative) => {
    const name = { last, first: 'Н', middle: 'Т', gender };
    expect(proposeAddressee(name).dative.ru).toBe(dative);
  });

  test.each([
    ['Жээнбеков', 'Жээнбековго'],
    ['Асанов', 'Асановго'],
    ['Бакиева', 'Бакиевага'],
    ['Ибраев', 'Ибраевге'],
    ['Төрөкелди', 'Төрөкелдиге'],
    ['Үсөн', 'Үсөнгө'],
    ['Бакыт', 'Бакытка'],
    ['Асан уулу', 'Асан уулуна'],
    ['Асан кызы', 'Асан кызына'],
  ])('%s in the Kyrgyz dative', (name, dative) => {
    expect(kyrgyzDative(name)).toBe(dative);
  });

  test('greets by name and patronymic, by the gender that was told', () => {
    const given = { last: 'Эрмекова', first: 'Айгүл', middle: 'Токтогуловна' };
    expect(proposeAddressee({ ...given, gender: 'female' }).salutation).toEqual({
      ky: 'Урматтуу Айгүл Токтогуловна!',
      ru: 'Уважаемая Айгүл Токтогуловна!',
      en: 'Dear Ms Ermekova,',
    });
    expect(proposeAddressee({ ...given, gender: 'male' }).salutation.ru).toMatch(/^Уважаемый/);
  });

  test.each([
    ['Асан уулу', 'Asan uulu'],
    ['Жээнбеков', 'Zheenbekov'],
    ['Достоевский', 'Dostoevsky'],
    ['Өмүрзакова', 'Omurzakova'],
    ['Smith', 'Smith'],
  ])('%s in Latin letters is %s', (last, written) => {
    const { dative, salutation } = proposeAddressee({ last, first: 'Жыпар', gender: 'male' });
    expect([dative.en, salutation.en]).toEqual([`Zh. ${written}`, `Dear Mr ${written},`]);
  });

  test.each<[string, object, string]>([
    ['«уулу»', { last: 'Асан уулу' }, 'uulu-kyzy'],
    ['no patronymic', { middle: undefined }, 'no-patronymic'],
    ['a surname that stays as it is', { last: 'Дюма' }, 'unchanged'],
    ['Latin letters', { first: 'Nurlan' }, 'latin'],
    ['two surnames', { last: 'Мамин-Сибиряк' }, 'double-name'],
  ])('is doubtful for %s', (_, change, doubt) => {
    const name = { last: 'Ниязов', first: 'Нурлан', middle: 'Асанович', gender: 'male' as const };
    expect(proposeAddressee(name).doubts).toEqual(['transliterated']);
    expect(proposeAddressee({ ...name, ...change }).doubts).toContain(doubt);
  });
});

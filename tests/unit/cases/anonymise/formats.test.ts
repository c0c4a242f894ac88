import { describe, expect, test } from 'vitest';
import { anonymise } from '../../../builders/anonymise.ts';

describe('what is found by its form', () => {
  test.each<[string, string, string]>([
    ['pin', 'pin', 'его ПИН 22803198500123 записали'],
    ['pin', 'pin', 'номери 2 2803 1985 00123 экен'],
    ['long-number', 'pin', 'число 99999999999999 записали'],
    ['document', 'document', 'паспорт AN 1234567 забрали'],
    ['document', 'document', 'паспорту ID№0123456 болчу'],
    ['document', 'document', 'документ АС1234567 забрали'],
    ['document-named', 'document', 'водительское удостоверение номер 45 123456 забрали'],
    ['phone', 'phone', 'звонил с +996 555 12-34-56 днём'],
    ['phone', 'phone', 'call +996(555)123456 now'],
    ['phone-996', 'phone', 'номер 996555123456 его'],
    ['phone-trunk', 'phone', 'телефону 0555 123 456 эле'],
    ['phone-trunk', 'phone', 'звонить 0312 04-11-68 вечером'],
    ['phone-trunk', 'phone', 'звонить O555 123 450 вечером'],
    ['phone-named', 'phone', 'дом. тел. 5-22-33 вечером'],
    ['landline', 'phone', 'звонить на 66-12-34 вечером'],
    [
      'phone-in-words',
      'phone',
      'ноль пятьсот пятьдесят пять двенадцать тридцать четыре пятьдесят шесть',
    ],
    ['plate-2015', 'plate', 'машина 01 KG 123 ABC стояла'],
    ['plate-2015', 'plate', 'унаа 08KG777AAA келди'],
    ['plate-2015', 'plate', 'на 01кг123авс приехали'],
    ['plate-1994', 'plate', 'на машине B 1234 AB приехали'],
    ['plate-1994', 'plate', 'унаа В1234Б болгон'],
    ['plate-soviet', 'plate', 'номер х 12-34 ФР был'],
    ['plate-named', 'plate', 'госномер 4521 был на машине'],
    ['email', 'email', 'писать на asan.b@mail.kg срочно'],
    ['url', 'url', 'см. https://t.me/asan_b там'],
    ['messenger-link', 'url', 'пишите t.me/asan_b срочно'],
    ['handle', 'handle', 'ник @asan_b там'],
    ['date-ru', 'date', 'это было 15 декабря утром'],
    ['date-ru', 'date', 'с 5-го мая держали'],
    ['date-ru', 'date', 'было 3 августа 2021 года вечером'],
    ['date-ru-words', 'date', 'это было пятнадцатого марта утром'],
    ['date-dotted', 'date', 'дата 15.03.24 указана'],
    ['date-iso', 'date', 'on 2021-03-15 it was'],
    ['date-ky-year', 'date', '2017-жылдын 28-сентябры күнү'],
    ['date-ru', 'date', 'ал 1-ноябрда келген'],
    ['date-ru', 'date', 'ал 12-13-октябрь күндөрү келген'],
    ['date-ky-words', 'date', 'ал он бешинчи мартта келген'],
    ['date-en', 'date', 'it was the 15th of March then'],
    ['date-en', 'date', 'on March 3, 2021 he came'],
    ['date-en-words', 'date', 'on the fifteenth of March he came'],
    ['birth-year', 'date', 'мужчина 1985 года рождения пришёл'],
    ['birth-year', 'date', 'гражданин 1988г.рожд. пришёл'],
    ['birth-year', 'date', 'жительница 1988 г. рожд, пришла'],
    ['birth-year', 'date', 'женщина 1988г.рождения'],
    ['clock', 'time', 'в 14:35 его остановили'],
    ['clock', 'time', 'at 5 p.m. he came'],
    ['street', 'address', 'на ул. Киевской его остановили'],
    ['street', 'address', 'near 95 Manas Avenue he was stopped'],
    ['street', 'address', 'ал Чүй проспектисинде турган'],
    ['house', 'address', 'живёт дом 5 кв 12 там'],
    ['house-ky', 'address', 'ал 114-үйдө турат'],
    ['microdistrict', 'address', 'в 7-м мкр. его остановили'],
    ['police-unit', 'unit', 'в Свердловском РОВД его били'],
    ['police-unit', 'unit', 'увезли в ГОМ-2 ночью'],
    ['police-unit', 'unit', 'аны Октябрь РИИБге алып кетишти'],
    ['police-unit', 'unit', 'в отделение милиции №7 ночью'],
    ['police-unit', 'unit', 'to the Lenin district police department at night'],
    ['numbered-institution', 'place', 'возле школы № 61 стояли'],
    ['register-number', 'number', 'материал № 45-12/21 открыт'],
    ['long-digits', 'number', 'код 48 51 62 записали'],
  ])('%s', (rule, type, raw) => {
    const { spans } = anonymise(raw);
    expect(spans.map((span) => [span.rule, span.type])).toContainEqual([rule, type]);
    // No digits of an identifier stay behind.
    if (/pin|document|phone|plate|number/.test(type)) {
      const left = anonymise(raw).text.replaceAll(/\[[^\]]*\]/g, '');
      expect(left).not.toMatch(/\d/);
    }
  });

  test.each([
    'Потребовали 5000 сомов и держали три часа.',
    'Просили 150 000 сом за закрытие дела.',
    'За 2021 год и в 2020–2021 годах таких случаев много.',
    'Это было весной 2023 года.',
    'Их было 12 человек, ему 35 лет.',
  ])('%s stays', (raw) => {
    expect(anonymise(raw).spans).toEqual([]);
  });
});

describe('what stands for it', () => {
  test('every identifier is replaced by words of one length', () => {
    const one = anonymise('номер AN1234567').text;
    const other = anonymise('номер +996555123456').text;
    expect(one).toBe('номер [удалено]');
    expect(other).toBe('номер [удалено]');
  });

  test.each([
    ['это было 15 марта 2024 года', 'это было [1-й квартал 2024]'],
    ['бул 2023-жылдын 12-октябрында болгон', 'бул [2023-жылдын 4-чейреги] болгон'],
    ['it was on 5 May 2022 there', 'it was on [quarter 2 of 2022] there'],
    ['дата 01.07.2023 указана', 'дата [3-й квартал 2023] указана'],
    ['это было 15 марта', 'это было [дата]'],
    ['живёт в Сокулуке', 'живёт в [Чуйская область]'],
    ['ал Балыкчы шаарында турат', 'ал [Ысык-Көл облусу] шаарында турат'],
    ['живёт в Караколе', 'живёт в [место]'],
    ['приехал из Бишкека', 'приехал из [город]'],
  ])('%s', (raw, text) => {
    expect(anonymise(raw).text).toBe(text);
  });
});

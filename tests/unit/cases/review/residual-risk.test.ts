import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findResidualRisks } from '../../../../server/cases/review/residual-risk.ts';

const found = (text: string) =>
  findResidualRisks(text).map((span) => text.slice(span.start, span.end));
const rules = (text: string) => findResidualRisks(text).map((span) => span.rule);

describe('structured identifiers in three languages', () => {
  test.each<[string, string, string]>([
    ['pin', 'его ПИН 22803198500123 записали', '22803198500123'],
    ['pin', 'номери 2 2803 1985 00123 экен', '2 2803 1985 00123'],
    ['document', 'паспорт AN 1234567 забрали', 'AN 1234567'],
    ['document', 'паспорту ID№0123456 болчу', 'ID№0123456'],
    ['document', 'документ АС1234567', 'АС1234567'],
    ['phone', 'звонил с +996 555 12-34-56 днём', '+996 555 12-34-56'],
    ['phone', 'телефону 0555 123 456 эле', '0555 123 456'],
    ['phone', 'call +996(555)123456 now', '+996(555)123456'],
    ['plate-2015', 'машина 01 KG 123 ABC стояла', '01 KG 123 ABC'],
    ['plate-2015', 'унаа 08KG777AAA келди', '08KG777AAA'],
    ['plate-1994', 'на машине B 1234 AB', 'B 1234 AB'],
    ['plate-1994', 'унаа В1234Б болгон', 'В1234Б'],
    ['plate-soviet', 'номер х 12-34 ФР', 'х 12-34 ФР'],
    ['date-ru', 'это было 15 марта утром', '15 марта'],
    ['date-ru', 'с 5-го мая', '5-го мая'],
    ['date-dotted', 'дата 15.03.24 указана', '15.03.24'],
    ['date-iso', 'on 2021-03-15 it', '2021-03-15'],
    ['date-ky', '2017-жылдын 28-сентябры күнү', '28-сентябры'],
    ['date-ky', 'ал 1-ноябрда келген', '1-ноябрда'],
    ['date-ky', 'ал 12-13-октябрь күндөрү', '12-13-октябрь'],
    ['date-en', 'it was the 15th of March then', 'the 15th of March'],
    ['date-en', 'on March 3 he', 'March 3'],
    ['clock', 'в 14:35 его', '14:35'],
    ['clock', 'саат 9да келген', 'саат 9'],
    ['relative-date', 'его вчера остановили', 'вчера'],
    ['relative-date', 'аны дүйшөмбүдө токтотушту', 'дүйшөмбүдө'],
    ['relative-date', 'stopped on Friday night', 'Friday'],
    ['email', 'писать на asan.b@mail.kg срочно', 'asan.b@mail.kg'],
    ['url', 'см. https://t.me/asan_b там', 'https://t.me/asan_b'],
    ['handle', 'ник @asan_b там', '@asan_b'],
    ['rank-name', 'его бил капитан милиции Асанов там', 'капитан милиции Асанов'],
    ['rank-name', 'участковый по имени Бакыт сказал', 'участковый по имени Бакыт'],
    ['rank-name', 'милиция кызматкери Талант айткан', 'кызматкери Талант'],
    ['rank-name', 'then officer Asanov hit him', 'officer Asanov'],
    ['initials-name', 'подписал А. Б. Асанов там', 'А. Б. Асанов'],
    ['patronymic', 'там Асан уулу Бакыт', 'Асан уулу'],
    ['patronymic', 'видел Асановича там', 'Асановича'],
    ['unit', 'в Свердловском РОВД его', 'Свердловском РОВД'],
    ['unit', 'увезли в ГОМ-2 ночью', 'ГОМ-2'],
    ['unit', 'аны Октябрь РИИБге алып', 'Октябрь РИИБге'],
    ['unit-number', 'в отделение милиции №7 ночью', 'отделение милиции №7'],
    ['unit-name', 'to the Lenin District Department of', 'Lenin District Department'],
    ['address-street', 'на ул. Киевской его', 'ул. Киевской'],
    ['address-street', 'near Manas Avenue he', 'Manas Avenue'],
    ['address-street', 'ал Чүй проспектисинде турган', 'Чүй проспектисинде'],
    ['address-number', 'живёт дом 5 там', 'дом 5'],
    ['address-number', 'ал 114-үй жакта', '114-үй'],
    ['sum', 'потребовали тысячу сомов сразу', 'тысячу сомов'],
    ['spelled-amount', 'держали почти три часа там', 'три часа'],
    ['spelled-amount', 'аны үч саат кармашты', 'үч саат'],
    ['spelled-amount', 'held for five hours there', 'five hours'],
    ['number', 'заплатил 1 500 за это', '1 500'],
    ['quote', 'он сказал «ты у меня сядешь» тогда', '«ты у меня сядешь»'],
  ])('%s: %s', (rule, text, surface) => {
    expect(found(text)).toContain(surface);
    const span = findResidualRisks(text).find((one) => text.slice(one.start, one.end) === surface);
    expect(span?.rule).toBe(rule);
  });
});

test('every capital is denied by default, a known opener of a sentence is not', () => {
  expect(found('Его остановил Асан. Потом Бермет ушла.')).toEqual(['Асан', 'Бермет']);
  expect(found('Асан ушёл.')).toEqual(['Асан']);
  expect(found('Эркин ушёл. Талант кетти.')).toEqual(['Эркин', 'Талант']); // words, but names too
  expect(found('Аны Өмүрбек көргөн; ал жерде Ңуржан болгон.')).toEqual(['Өмүрбек', 'Ңуржан']);
  expect(found('He saw Jean-Pierre and McDonald. The police left.')).toEqual([
    'Jean-Pierre',
    'McDonald',
  ]);
  expect(found('всё видел кАСАН')).toEqual(['кАСАН']);
});

test('a whole ordinary narrative is clean in each language', () => {
  for (const text of [
    'В феврале 2021 года человека остановили на улице. Его держали несколько часов.',
    '2021-жылдын февралында адамды көчөдө токтотушкан. Аны бир нече сааттан кийин коё беришкен.',
    'In February 2021 a person was stopped in the street. He was let go after several hours.',
    'С 2020-2021 и в 2021-02 или 02.2021 так было.',
  ]) {
    expect(rules(text), text).toEqual([]);
  }
});

test('what is hidden from the eye is found, at its place in the raw text', () => {
  const cases: [string, string][] = [
    ['его бил Ас\u00ADан там', 'Ас\u00ADан'],
    ['его бил Аса\u0301нов там', 'Аса\u0301нов'],
    ['звони +996\u200B555\u00A0123456 ему', '+996\u200B555\u00A0123456'],
    [
      'номер \uFF12\uFF12\uFF18\uFF10\uFF13\uFF11\uFF19\uFF18\uFF15\uFF10\uFF10\uFF11\uFF12\uFF13 тут',
      '\uFF12\uFF12\uFF18\uFF10\uFF13\uFF11\uFF19\uFF18\uFF15\uFF10\uFF10\uFF11\uFF12\uFF13',
    ],
    ['его видел Сереи\u0306 там'.normalize('NFD'), 'Серей'.normalize('NFD')],
  ];
  for (const [text, surface] of cases) expect(found(text)).toEqual([surface]);
});

test.each([
  ['его узнали, потому что он лечится в наркологии', 'наркологии'],
  ['в наркодиспансере видели', 'наркодиспансере'],
  ['ал наркологияда жатат', 'наркологияда'],
  ['he is seen at the dispensary', 'dispensary'],
  ['вышел из тубдиспансера', 'тубдиспансера'],
])(
  'a person decides about a place of care, for it tells whose patient somebody is: %s',
  (text, word) => {
    const spans = findResidualRisks(text).filter(({ rule }) => rule === 'place-of-care');
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([word]);
  },
);

test('any name planted in any text is found whole', () => {
  const name = fc.constantFrom(
    'Асанов',
    'Бактыгүл',
    'Жеңишбек',
    'Өскөн',
    'Ivanov',
    'Ёлкин',
    'АСАН',
  );
  const filler = fc.array(
    fc.constantFrom('его', 'увезли', 'анан', 'кийин', 'then', 'he', '2021', ',', '—', '\n'),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(filler, name, filler, (before, planted, after) => {
      const text = [...before, planted, ...after].join(' ');
      const at = text.indexOf(planted);
      const covered = findResidualRisks(text).some(
        (span) => span.start <= at && span.end >= at + planted.length,
      );
      expect(covered).toBe(true);
    }),
  );
});

test('spans are in order, inside the text and none inside another, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const spans = findResidualRisks(text);
      for (const [i, span] of spans.entries()) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
        if (i > 0) expect(span.end).toBeGreaterThan(spans[i - 1]!.end);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['one long word', 'а'.repeat(20_000)],
  ['digits', '1'.repeat(20_000)],
  ['digits and spaces', '1 '.repeat(10_000)],
  ['capitals', 'А'.repeat(20_000)],
  ['initials', 'А. '.repeat(6_600)],
  ['hyphens', 'А-'.repeat(10_000)],
  ['dots', 'a.'.repeat(10_000)],
  ['quotes', '«'.repeat(20_000)],
  ['names', 'Асан '.repeat(4_000)],
  ['numerals', 'три '.repeat(5_000)],
])('a hostile narrative takes no longer than it should: %s', (_, text) => {
  const startedAt = performance.now();
  findResidualRisks(text);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});

import { describe, expect, test } from 'vitest';
import { anonymise, foundIn } from '../../../builders/anonymise.ts';

describe('names are found however they are written', () => {
  test.each([
    ['initials behind', 'Подписал Асанов Б. вчера.', ['Асанов Б.']],
    ['initials before', 'Подписал Б. А. Асанов вчера.', ['Б. А. Асанов']],
    ['letters alone', 'Дело А.Б. закрыли.', ['А.Б.']],
    ['small letters', 'его остановил асанов бакыт и увёз', ['асанов бакыт']],
    ['capitals', 'ЕГО ОСТАНОВИЛ АСАНОВ И УВЁЗ', ['АСАНОВ']],
    ['declined', 'Вместе с Айгулью и Бактыгули мы пошли.', ['Айгулью', 'Бактыгули']],
    ['son of', 'Пришёл Эсенгелди уулу Мирбек.', ['Эсенгелди уулу Мирбек']],
    ['patronymic alone', 'Пришла Сапаровна и сказала.', ['Сапаровна']],
    ['in no list', 'Там был Зымырык, его друг.', ['Зымырык']],
    ['in no list, in small letters', 'там был зымырык, его друг', ['зымырык']],
    ['opening a sentence', 'Зымырык пришёл.', ['Зымырык']],
    ['a word that is a name', 'Надежда пришла к нам.', ['Надежда']],
    ['nickname in quotes', 'Его знают по кличке «серый волк» все.', ['серый волк']],
    ['nickname', 'Погоняло у него бугор, все знают.', ['бугор']],
    ['Kyrgyz nickname', 'Аны маалледе кара деп коюшат.', ['кара']],
    ['transliterated', 'Пришёл Asanov с другом.', ['Asanov']],
    ['possessive', "We saw Asanov's car.", ["Asanov's"]],
    ['Kyrgyz suffixes', 'Асановдорго жана Бакыттыкына бардык.', ['Асановдорго', 'Бакыттыкына']],
    ['role', 'Следователь роза сказала уйти.', ['роза']],
    ['letter by letter', 'Это А с а н о в сделал.', ['А с а н о в']],
    ['cut by a hyphen', 'Это Аса-нов сделал.', ['Аса-нов']],
    ['cut by a line', 'Это Аса-\nнов сделал.', ['Аса-\nнов']],
    ['cut after the first letter', 'Это А санов сделал.', ['А санов']],
    ['cut by a space', 'Это Аса нов сделал.', ['Аса нов']],
    [
      'a quoted name',
      'Мы из НПО «Равный равному», ждали у остановки «Восток-5».',
      ['Равный равному', 'Восток-5'],
    ],
    ['known from elsewhere', 'Там был Лысый. Лысого не видели.', ['Лысый', 'Лысого']],
    ['two letters', 'Побои снял врач Ли С.Д. утром.', ['Ли С.Д.']],
    ['one letter', 'Гр-ка Н., клиентка, пришла.', ['Н.']],
    ['a street nobody called one', 'Он живёт на Лущихина 24, за школой.', ['Лущихина 24']],
    ['look-alikes', 'Это aсaнoв сделал.', ['aсaнoв']],
    ['stress marks', 'Это Аса́нов сделал.', ['Аса́нов']],
    ['soft hyphens', 'Это Аса\u00adнов сделал.', ['Аса\u00adнов']],
    ['zero width', 'Это Аса\u200bнов сделал.', ['Аса\u200bнов']],
  ])('%s', (_, raw, found) => {
    expect(foundIn(raw)).toEqual(found);
  });

  test('the pieces of a name known from elsewhere are found by the second scan', () => {
    const raw = 'Баранов ушёл. Потом бара нов пришёл.';
    const { text, spans } = anonymise(raw);
    expect(text).toBe('Лицо-1 ушёл. Потом Лицо-1 пришёл.');
    expect(spans.map(({ rule }) => rule)).toEqual(['surname', 'second-scan']);
  });

  test('and where a sign hides the cut, neither piece is left', () => {
    const left = anonymise('Асанов ушёл. Потом аса…нов и кады*ров пришли.').text;
    expect(left).not.toMatch(/аса|нов|кады|ров/u);
  });

  test('an officer’s rank goes with the name, a role stays', () => {
    expect(anonymise('Его бил капитан милиции Асанов.').text).toBe('Его бил Сотрудник-1.');
    expect(anonymise('Его бил следователь Асанов.').text).toBe('Его бил следователь Сотрудник-1.');
  });

  test.each([
    ['ru', 'Сотрудники милиции держали её в коридоре. Потом её отпустили без извинений.'],
    ['ky', 'Милиция кызматкерлери аны коридордо кармап турушкан. Андан кийин коё беришкен.'],
    ['en', 'The officers kept her in the corridor. Then she was let go without an apology.'],
  ] as const)('a text that names nobody stays (%s)', (language, raw) => {
    expect(anonymise(raw)).toMatchObject({ text: raw, spans: [], language });
  });

  test('public bodies and the terms of the field stay', () => {
    const raw =
      'Министерство внутренних дел Кыргызской Республики не отвечает. Пункт ОЗТ и люди с ВИЧ.';
    expect(anonymise(raw).text).toBe(raw);
  });

  test('so do their abbreviations with Kyrgyz endings, of which some end like surnames', () => {
    const raw =
      'ИИМдин кызматкери айтты. КРнын мыйзамы боюнча ППСтин экипажы келди. АИВдин алдын алуу.';
    expect(anonymise(raw, { language: 'ky' }).text).toBe(raw);
  });

  test.each([
    ['ky', 'Иимидинов Крнинова ГОМЗЯКОВдун ГОМБОЕВдин ИВСЕЕВди ГОМЕНЮКтун ГОМАНго РОВОЛдун'],
    ['ky', 'ЖУКтун ЖУКка ИННага ИННанын БКны СКга ГЛди УКту УПту'],
    ['ru', 'ИВСЕЕВа ГОМЕНЮКа ГОМОВа ИННе'],
  ] as const)(
    'whose name begins with their letters is somebody all the same (%s)',
    (language, all) => {
      for (const name of all.split(' ')) {
        const raw = language === 'ky' ? `Ал жерде ${name} көрүштү.` : `Там видели ${name} вчера.`;
        expect(anonymise(raw, { language }).text, name).not.toContain(name);
      }
    },
  );
});

describe('one person has one label', () => {
  test('in all forms of the name, and apart from others', () => {
    const { text } = anonymise(
      'Асанов Бакыт пришёл. Асанову отказали. Бакыта увёз Мамбетов. Потом Мамбетов ушёл.',
    );
    expect(text).toBe('Лицо-1 пришёл. Лицо-1 отказали. Лицо-1 увёз Лицо-2. Потом Лицо-2 ушёл.');
  });

  test('in all texts of a case and in both alphabets', () => {
    const ru = anonymise('Асанов Бакыт и Мамбетов Талант пришли.');
    const en = anonymise('Then Mambetov left Bakyt Asanov.', { caseNames: ru.caseNames });
    expect(en.text).toBe('Then Person-2 left Person-1.');
  });

  test('another case knows nothing of it', () => {
    anonymise('Мамбетов Талант пришёл.');
    expect(anonymise('Асанов пришёл, потом Мамбетов.').text).toBe('Лицо-1 пришёл, потом Лицо-2.');
  });

  test('two of one family are two', () => {
    const { text } = anonymise('Асанов Бакыт и Асанов Нурлан пришли. Нурлан ушёл.');
    expect(text).toBe('Лицо-1 и Лицо-2 пришли. Лицо-2 ушёл.');
  });

  test('who is once called an officer is one everywhere', () => {
    const { text } = anonymise('Мамбетов кричал. Майор Мамбетов бил его.');
    expect(text).toBe('Сотрудник-1 кричал. Сотрудник-1 бил его.');
  });
});

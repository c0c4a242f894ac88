import { describe, expect, test } from 'vitest';
import { foundIn } from '../../../builders/anonymise.ts';

// Classes of traces, each held by its structure: words of it in several languages and endings, with
// nothing but the sentence to tell them.

const isGone = (text: string, trace: string) =>
  foundIn(text).some((found) => found.includes(trace) || trace === found);
const combine = (frames: readonly string[], words: readonly string[]) =>
  frames.flatMap((frame) => words.map((word) => [frame.replace('*', word), word] as const));

describe('a number beside a word for a station', () => {
  test.each<readonly [string, string]>([
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

describe('numbers of crews, cars and cards', () => {
  test.each<readonly [string, string]>([
    ...combine(
      ['в машине ППС, экипаж *', 'патруль № * был там', 'crew * at the checkpoint', 'from unit *'],
      ['4-23', '12-7', '9/36'],
    ),
    ...combine(
      ['стояла машина *', 'the vehicle * stood there', 'унаа * келди', 'the car number *'],
      ['884 ACT', '528 TAB', '1147 KHB'],
    ),
    ['карта № 294-М, остальное у врача', '294-М'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each([
    'в машине 4 человека',
    'экипаж 3 часа стоял',
    'the car waited 2 hours',
    'унаа 10 мүнөт турду',
  ])('%s: a count stays', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('the number of a house, said otherwise', () => {
  test.each<readonly [string, string]>([
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
  test.each<readonly [string, string]>([
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

  test.each(['оплатила картой 500 сом', 'медкарта есть, ему 12 лет'])('%s stays', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('what stands in quotation marks', () => {
  test.each<readonly [string, string]>([
    ...combine(
      [
        'её бил «*», потом ушёл',
        'известный "*" снова там',
        'ал жерде «*» бар эле',
        'met “*” there',
        'он звался „*“ у них',
      ],
      ['Филин', 'Чайник', 'Доктор'],
    ),
    ['the cop "hook" was there', 'hook'],
    ['опер «ветер» и двое', 'ветер'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each([
    'он сказал: «Стой» и ушёл',
    'ал айтты: «Сени камайм», анан кетти',
    'he said: "Stop", and left',
  ])('%s: nobody', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('a word beside one of kinship', () => {
  test.each<readonly [string, string]>([
    ...combine(
      ['* эже келди', 'кечээ * байкени кармашты', '* агайга айткам', 'ал * апаны билет'],
      ['марта', 'мира', 'жеке', 'чоко', 'сокол'],
    ),
    ...combine(['потом дядя * ушёл', 'это был дядя *'], ['филин', 'топор', 'сокол']),
    ['then uncle frost spoke', 'frost'],
    ['will eje keldi', 'will'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each([
    'чоң ата келди',
    'салам эже, мен келдим',
    'тётя моя пришла',
    'дядя сказал правду',
    'my aunt works there',
  ])('%s: nobody', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('a given name that is an everyday word', () => {
  test.each<readonly [string, string]>([
    ['Will and I went there', 'Will'],
    ['will said they were two', 'will'],
    ['ask will, he saw it', 'will'],
    ['May told us about them', 'May'],
    ['tell hope thank you', 'hope'],
    ['ask grace about it', 'grace'],
    ['can rose send the papers', 'rose'],
    ['could dawn come with me', 'dawn'],
    ['What June saw was bad', 'June'],
    ['Вера и Патигуль — сёстры', 'Вера'],
    ['Топор и Айгуль там были', 'Топор'],
    ['Миранын колунда телефон бар эле', 'Миранын'],
    ['эртең чокону камашат', 'чокону'],
    ['секенин соту бүгүн', 'секенин'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each([
    'they will come and we may go',
    'she will not tell, it may be late',
    'he came before dawn',
    'will they come',
    'I hope they will stop',
  ])('%s: nobody', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('a noun that is a nickname', () => {
  test.each<readonly [string, string]>([
    ...combine(
      [
        'потом мент * пришёл',
        'тот следак * там был',
        'кечээ мент * акчамды алды',
        'ment po klichke * came',
      ],
      ['филин', 'чайник', 'топор'],
    ),
    ['Топору дали кличку за дело', 'Топору'],
    ['Филина (так его зовут) увезли', 'Филина'],
    ['Lantern, as everyone has called her, left', 'Lantern'],
    ['капкан деген опер келди', 'капкан'],
    ['аны Генерал кармады', 'Генерал'],
  ])('%s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each<readonly [string, string]>([
    ...combine(
      [
        '* забрал паспорт и ушёл',
        'ночью били, * вчера угрожал',
        '* урду мени',
        'короче, * кайра келди',
        'тигил * бүгүн жумушта',
        'имиш * отделде иштейт',
      ],
      ['топор', 'чайник', 'капкан'],
    ),
    ['мокрый зашёл прямо к врачу', 'мокрый'],
    ['сухого закрыли на трое', 'сухого'],
    ['топора задержали вчера', 'топора'],
    ['сакалга акча бериптир', 'сакалга'],
  ])('does what only people do: %s', (text, trace) => {
    expect(isGone(text, trace)).toBe(true);
  });

  test.each([
    'суд забрал паспорт',
    'милиция келди, акча алды',
    'телефон забрали и ушли',
    'автобус келди, күн бүттү',
    'первый ударил, второй держал',
    'задержанный кричал',
    'унаа келди, бала кармады',
  ])('%s: nobody', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

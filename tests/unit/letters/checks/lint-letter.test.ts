import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfTemplates } from '../../../../server/adapters/pdf/pdf-templates.ts';
import { checkContestedWords } from '../../../../server/letters/checks/contested-words.ts';
import { lintLetter } from '../../../../server/letters/checks/lint-letter.ts';
import { ownFigures } from '../../../../server/letters/checks/own-figures.ts';
import { createTell } from '../../../../server/letters/findings.ts';
import { LETTER_SCHEMA, type LetterModel } from '../../../../server/letters/letter-model.ts';
import type { LetterTemplates } from '../../../../server/letters/ports.ts';
import { createRenderLetter } from '../../../../server/letters/render-letter.ts';
import type { Language } from '../../../../server/letters/writing/language.ts';
import { aLetter, everywhere, TEMPLATES_FOLDER } from '../../../builders/letter.ts';
import { createHtmlPrinter } from '../../../fakes/html-printer.ts';

let templates: LetterTemplates;
beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
});

const HARMLESS = { ky: 'жооп берүүнү', ru: 'дать ответ', en: 'to reply' };

function demanding(lang: Language, text: string): LetterModel {
  return LETTER_SCHEMA.parse(
    aLetter((letter) => {
      letter.demands = [{ text: { ...HARMLESS, [lang]: text } }];
    }),
  );
}

const rulesBroken = (model: LetterModel) =>
  [
    ...lintLetter(model, templates),
    ...ownFigures(model, templates, createTell(templates.messages)),
  ].map(({ rule }) => rule);

describe('the linter', () => {
  it('has nothing to say of the example', () => {
    expect(rulesBroken(LETTER_SCHEMA.parse(aLetter()))).toEqual([]);
  });

  it.each<[string, Language, string]>([
    ['all-capitals', 'ru', 'НЕМЕДЛЕННО ПРЕКРАТИТЬ БЕЗЗАКОНИЕ'],
    ['all-capitals', 'ky', 'МЫЙЗАМСЫЗДЫКТЫ ТОКТОТУУНУ ТАЛАП КЫЛАБЫЗ'],
    ['registered-violation', 'ru', 'изучить зарегистрированные нарушения'],
    ['registered-violation', 'ky', 'катталган укук бузууларды кароону'],
    ['registered-violation', 'en', 'to study the registered violations'],
    ['documented-as-registered', 'ru', 'проверить зарегистрированные случаи'],
    ['documented-as-registered', 'ky', 'катталган учурларды кароону'],
    ['documented-as-registered', 'en', 'to study all registered cases'],
    ['evidence', 'ru', 'изучить приложенные доказательства'],
    ['evidence', 'ky', 'тиркелген далилдерди кароону'],
    ['evidence', 'en', 'to study the proof'],
    [
      'share-of-people',
      'ru',
      'учесть, что из {cases.lawEnforcement} это {pattern.threat.share} людей',
    ],
    [
      'share-of-people',
      'en',
      'to note that {pattern.threat.share} of people were stopped, of {cases.lawEnforcement}',
    ],
    ['share-without-base', 'ru', 'учесть долю в {pattern.threat.share}'],
    ['share-without-base', 'ky', '{pattern.threat.share} үлүшүн эске алууну'],
    ['share-without-base', 'en', 'to note a share of {pattern.threat.share}'],
    ['share-in-words', 'ru', 'учесть, что каждый второй случай касается милиции'],
    ['share-in-words', 'ru', 'учесть, что две трети пациентов задерживали'],
    ['share-in-words', 'ru', 'рассмотреть шестьсот шестьдесят восемь случаев'],
    ['share-in-words', 'ky', 'адамдардын үчтөн экиси кармалганын эске алууну'],
    ['share-in-words', 'ky', 'алты жүз алтымыш сегиз учурду текшерүүнү'],
    ['share-in-words', 'en', 'to note that two thirds of patients were detained'],
    ['share-in-words', 'en', 'to note that more than half of all people were stopped'],
    ['named-officer', 'ru', 'проверить майора милиции Иванова'],
    ['named-officer', 'ky', 'майор Асановду текшерүүнү'],
    ['named-officer', 'en', 'to inquire into Captain Ivanov'],
    ['named-officer', 'ru', 'проверить, где был капи\u00adтан Асанов'],
    ['named-officer', 'ru', 'проверить, где был капита\u0301н Асанов'],
    ['contested-word', 'ru', 'не искать наркома\u0301нов'],
    ['own-figure', 'ru', 'изучить 6\u00ad68 случаев'],
    ['vague-demand', 'ru', 'принять необходимые меры'],
    ['vague-demand', 'ky', 'чара көрүүнү'],
    ['vague-demand', 'en', 'to take measures'],
    ['absent-annex', 'ru', 'изучить приложение № 47'],
    ['absent-annex', 'ky', '47-тиркемени кароону'],
    ['absent-annex', 'en', 'to study annex 47'],
    ['contested-word', 'ru', 'не считать этих людей наркоманами'],
    ['contested-word', 'ru', 'не считать этих людей наpкoманами'],
    ['contested-word', 'ru', 'соблюдать права потребителей наркотиков'],
    ['contested-word', 'ky', 'баңгилерди кармабоону'],
    ['contested-word', 'ky', 'бангилерди кармабоону'],
    ['contested-word', 'en', 'not to detain drug addicts'],
    ['all-capitals', 'en', 'to STOP THIS UNLAWFUL CONDUCT IMMEDIATELY'],
    [
      'share-of-people',
      'ky',
      'адамдардын 57 % деген үлүшүн {cases.lawEnforcement} учурдун ичинен кароону',
    ],
    ['unaddressed-demand', 'ru', 'чтобы это больше не повторялось'],
    ['unaddressed-demand', 'ky', 'мындай иштер кайталанбасын'],
    ['unaddressed-demand', 'en', 'that this never happens again'],
    ['latin-letters', 'ru', 'dat otvet v srok po zakonu, дать'],
    ['latin-letters', 'ky', 'belgilengen moonotto joop, берүүнү'],
    ['own-figure', 'ru', 'проверить все 668 случаев'],
    ['own-figure', 'ru', 'проверить все 1 300 случаев'],
    ['own-figure', 'ky', '1300 учурду текшерүүнү'],
    ['own-figure', 'en', 'to check all 1,300 cases'],
    ['own-figure', 'en', 'to check the 212 reports'],
    ['own-figure', 'en', 'to check what was seen on 18 days'],
    ['figure-by-hand', 'ru', 'проверить 57 случаев'],
    ['figure-by-hand', 'ky', '57 учурду текшерүүнү'],
    ['figure-by-hand', 'en', 'to check 57 cases'],
    ['figure-by-hand', 'en', 'to check {cases.nearOst} cases at 17 places'],
    ['own-figure', 'ru', 'проверить у пунктов 668 случаев'],
    ['own-figure', 'ru', 'проверить каждый арест. 668 случаев'],
    ['own-figure', 'ru', 'проверить 668 из них'],
    ['figure-by-hand', 'ru', 'проверить 57,5 % из {cases.lawEnforcement}'],
    ['figure-by-hand', 'en', 'to check 57.5 per cent of {cases.lawEnforcement}'],
    ['named-officer', 'ky', 'Капитан Асановду текшерүүнү'],
    ['named-officer', 'ky', 'майору А. Асанов жөнүндө жооп берүүнү'],
    ['named-officer', 'ky', 'инспектор Асановду текшерүүнү'],
    ['named-officer', 'ky', 'кызматкер Бакыт уулу Нурланды текшерүүнү'],
    ['named-officer', 'en', 'to inquire into Captain A. Asanov'],
    ['named-officer', 'en', 'to inquire into officer Asanov'],
    ['named-officer', 'ru', 'проверить, что делал инспектор Асанов'],
    ['named-officer', 'ru', 'проверить, что делал сотрудник Асанов А. А.'],
    ['named-officer', 'ru', 'проверить сотрудника милиции А. А. Асанова'],
    ['named-officer', 'ru', 'проверить, что делал участковый Бакыт уулу Нурлан'],
    ['documented-as-registered', 'ky', 'катталган көп учурларды кароону'],
    ['documented-as-registered', 'ky', 'учурлар катталган деп эске алууну'],
    ['registered-violation', 'ky', 'укук бузуулар катталган деп эске алууну'],
    ['registered-violation', 'ru', 'учесть, что столько нарушений зарегистрировано'],
    ['registered-violation', 'ru', 'учесть, что нарушения прав были зарегистрированы'],
    ['registered-violation', 'en', 'to note that violations of rights were registered'],
    ['contested-word', 'ky', 'баңгизат керектөөчүлөрдү кармабоону'],
  ])('finds %s in %s: %s', (rule, lang, text) => {
    const broken = rulesBroken(demanding(lang, text));
    // A share that is typed by hand is found twice.
    expect(broken.filter((one) => one !== 'figure-by-hand' || one === rule)).toEqual([rule]);
  });

  it.each<[Language, string]>([
    ['ru', 'сообщить в МВД и ГУВД КР, а также в ОВД'],
    ['ru', 'устранить нарушения; зарегистрировать обращение'],
    [
      'ru',
      'проверить, у кого из {cases.lawEnforcement} случаев {pattern.threat.share} без причины',
    ],
    ['ru', 'поручить это капитану милиции, который не подчинён проверяемым'],
    ['ru', 'принять меры к сохранению нарядов за указанные дни'],
    ['ru', 'изучить приложение № 1'],
    ['ru', 'учесть первую половину 2020 года и третье лицо, каждый второй вторник'],
    ['ky', '2020-жылдын экинчи жарымын жана жүз ирет кайталанганды кароону'],
    ['en', 'to look at the second half of 2020 and at a third person'],
    ['ru', 'помочь людям, употребляющим наркотики'],
    ['ky', 'баңги заттарын колдонгон адамдарга жардам берүүнү'],
    ['ky', '{cases.lawEnforcement} учурдун {pattern.threat.share} боюнча жооп берүүнү'],
    ['en', 'to inform the General Prosecutor and the Inspector General'],
    ['ru', 'сообщить в Генеральную Прокуратуру'],
    ['ru', 'поручить это инспектору Министерства внутренних дел'],
    ['ru', 'опросить сотрудников Первомайского РУВД и Службы безопасности'],
    ['ru', 'сообщить начальнику Главного управления и участковым Свердловского района'],
    ['ru', 'поручить это полковнику Министерства внутренних дел'],
    ['ru', 'проверить, почему выдача продолжалась 2,5 часа'],
    ['ru', 'учесть пункт 668 и часть 212, п. 394'],
    ['ky', 'Генералдык прокуратурага билдирүүнү'],
    ['ky', 'Биринчи май районунун кызматкерлерин сурап билүүнү'],
    ['ky', 'баңги каражаттарын колдонгон адамдарга жардам берүүнү'],
    ['ky', 'кайрылуу катталган күнү жооп берүүнү'],
    ['en', 'to instruct the officers of Bishkek and of the Main Department'],
    ['en', 'to improve what the officers of the Ministry write in annex 1'],
    ['ru', 'дать ответ в течение 14 рабочих дней, до 22 мая 2026 года'],
    ['ru', 'учесть статью 668 и пункт 212, исх. № 394, в 08:18 или 18:00'],
    ['ru', 'сообщить по телефону +996 312 668-212'],
    ['ru', 'дать ответ на 3 листах и в 2 экз.'],
    ['ky', '2026-жылдын 18-майына чейин жооп берүүнү'],
    ['ky', '668-беренени эске алууну'],
    ['en', 'to reply within 14 working days, by 18 May 2026, under article 212'],
    ['en', 'to look at the records of 2020 and 2021'],
    ['ru', 'направить копию SMART Foundation Centre в Бишкеке, Кыргызская Республика'],
  ])('says nothing of %s: %s', (lang, text) => {
    expect(rulesBroken(demanding(lang, text))).toEqual([]);
  });

  it.each<[string, Language, string]>([
    ['documented-as-registered', 'ky', 'катталган 668 учурду кароону'],
    ['documented-as-registered', 'ky', '668 учур катталган деп эске алууну'],
    ['registered-violation', 'ru', 'учесть, что 668 нарушений зарегистрировано'],
    ['documented-as-registered', 'en', 'to note that 668 cases have been registered'],
    ['own-figure', 'en', 'to check 51 per cent of {cases.lawEnforcement} cases'],
    ['own-figure', 'ru', 'учесть 51,4 % из {cases.lawEnforcement} случаев'],
    ['own-figure', 'ru', 'учесть 51 процент из {cases.lawEnforcement} случаев'],
    ['own-figure', 'ky', '{cases.lawEnforcement} учурдун 51,4 пайызын эске алууну'],
  ])('finds %s in %s beside a figure: %s', (rule, lang, text) => {
    expect(rulesBroken(demanding(lang, text))).toContain(rule);
  });

  it('only warns where an approved narrative quotes a word', () => {
    const model = LETTER_SCHEMA.parse(
      aLetter((letter) => {
        letter.narratives[0]!.text.ru += ' Ему кричали: «наркоман».';
      }),
    );
    expect(lintLetter(model, templates)).toMatchObject([
      { rule: 'contested-word', severity: 'warn' },
    ]);
  });

  it('stops the letter by the field, without repeating what stands there', async () => {
    const render = createRenderLetter({ printer: createHtmlPrinter(), templates });
    const failed = render(demanding('ru', 'проверить майора милиции Иванова'), 'ru');
    await expect(failed).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      faults: [expect.stringMatching(/^demands\[0\]\.text: expected no name of an officer/)],
    });
    await expect(failed).rejects.not.toThrow(/Иванов/);
  });

  it('shows what a lawyer must look at, and prints the letter', async () => {
    const render = createRenderLetter({ printer: createHtmlPrinter(), templates });
    const { warnings } = await render(demanding('en', 'to study the proof'), 'ky');
    expect(warnings[0]!.en).toContain('demands[0].text: consider «materials»');
    expect(warnings[0]!.ru).toContain('demands[0].text: подумайте о слове «материалы»');
    expect(warnings[0]!.ky).toContain('(англисче)');
  });

  it('knows that an earlier letter was registered', () => {
    const first = {
      number: '1',
      date: '2026-04-01',
      registered: { number: '2', date: '2026-04-02' },
    };
    const text = everywhere('Обращение зарегистрировано {first.registeredDate}.');
    const model = LETTER_SCHEMA.parse({ ...aLetter(), type: 'prosecutor', first });
    const broken = (words: typeof text) =>
      lintLetter({ ...model, clauses: [{ part: 'first', text: words }] }, templates);
    expect(broken(text)).toEqual([]);
    expect(broken(everywhere('Обращение зарегистрировано.'))).toMatchObject([
      { rule: 'documented-as-registered' },
    ]);
  });

  it('refuses a list of words that it cannot read', () => {
    expect(() => checkContestedWords({ version: 1, words: [{ lang: 'ru', stems: [] }] })).toThrow(
      /contested-words\.json/,
    );
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfTemplates } from '../../../server/adapters/pdf-templates.ts';
import { checkContestedWords } from '../../../server/letters/contested-words.ts';
import type { Language } from '../../../server/letters/language.ts';
import { LETTER_SCHEMA, type LetterModel } from '../../../server/letters/letter-model.ts';
import { lintLetter } from '../../../server/letters/lint-letter.ts';
import type { LetterTemplates } from '../../../server/letters/ports.ts';
import { createRenderLetter } from '../../../server/letters/render-letter.ts';
import { aLetter, TEMPLATES_FOLDER } from '../../builders/letter.ts';
import { createHtmlPrinter } from '../../fakes/html-printer.ts';

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
  lintLetter(model, templates.contested).map(({ rule }) => rule);

describe('the linter', () => {
  it('has nothing to say of the example', () => {
    expect(lintLetter(LETTER_SCHEMA.parse(aLetter()), templates.contested)).toEqual([]);
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
    ['share-of-people', 'ru', 'учесть, что из 100 опрошенных это 59 % людей'],
    ['share-of-people', 'en', 'to note that 59 % of people were stopped, of 668'],
    ['share-without-base', 'ru', 'учесть долю в 59 %'],
    ['share-without-base', 'ky', '59 % үлүшүн эске алууну'],
    ['share-without-base', 'en', 'to note a share of 59 per cent'],
    ['named-officer', 'ru', 'проверить майора милиции Иванова'],
    ['named-officer', 'ky', 'майор Асановду текшерүүнү'],
    ['named-officer', 'en', 'to inquire into Captain Ivanov'],
    ['vague-demand', 'ru', 'принять необходимые меры'],
    ['vague-demand', 'ky', 'чара көрүүнү'],
    ['vague-demand', 'en', 'to take measures'],
    ['absent-annex', 'ru', 'изучить приложение № 47'],
    ['absent-annex', 'ky', '47-тиркемени кароону'],
    ['absent-annex', 'en', 'to study annex 47'],
    ['contested-word', 'ru', 'не считать этих людей наркоманами'],
    ['contested-word', 'ru', 'не считать этих людей наpкoманами'],
    ['contested-word', 'ru', 'права потребителей наркотиков'],
    ['contested-word', 'ky', 'баңгилерди кармабоону'],
    ['contested-word', 'ky', 'бангилерди кармабоону'],
    ['contested-word', 'en', 'not to detain drug addicts'],
  ])('finds %s in %s: %s', (rule, lang, text) => {
    expect(rulesBroken(demanding(lang, text))).toEqual([rule]);
  });

  it.each<[Language, string]>([
    ['ru', 'сообщить в МВД и ГУВД КР, а также в ОВД'],
    ['ru', 'устранить нарушения; зарегистрировать обращение'],
    ['ru', 'проверить, у кого из 668 случаев 59 % без причины'],
    ['ru', 'поручить это капитану милиции, который не подчинён проверяемым'],
    ['ru', 'принять меры к сохранению нарядов за указанные дни'],
    ['ru', 'изучить приложение № 1'],
    ['ru', 'людям, употребляющим наркотики'],
    ['ky', 'баңги заттарын колдонгон адамдарга'],
    ['ky', '668 учурдун 59 % боюнча жооп берүүнү'],
    ['en', 'to inform the General Prosecutor and the Inspector General'],
    ['ru', 'сообщить в Генеральную Прокуратуру'],
    ['en', 'to improve what the officers of the Ministry write in annex 1'],
  ])('says nothing of %s: %s', (lang, text) => {
    expect(rulesBroken(demanding(lang, text))).toEqual([]);
  });

  it('only warns where an approved narrative quotes a word', () => {
    const model = LETTER_SCHEMA.parse(
      aLetter((letter) => {
        letter.narratives[0]!.text.ru += ' Ему кричали: «наркоман».';
      }),
    );
    expect(lintLetter(model, templates.contested)).toMatchObject([
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
    expect(warnings[0]).toContain('demands[0].text: consider «materials»');
  });

  it('refuses a list of words that it cannot read', () => {
    expect(() => checkContestedWords({ version: 1, words: [{ lang: 'ru', stems: [] }] })).toThrow(
      /contested-words\.json/,
    );
  });
});

import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfTemplates } from '../../../../server/adapters/pdf/pdf-templates.ts';
import { checkLetter } from '../../../../server/letters/checks/check-letter.ts';
import {
  narrativeDoubts,
  orderDoubts,
} from '../../../../server/letters/checks/compare-languages.ts';
import { figuresInText } from '../../../../server/letters/checks/figures-in-text.ts';
import { createTell } from '../../../../server/letters/findings.ts';
import { LETTER_SCHEMA, type LetterModel } from '../../../../server/letters/letter-model.ts';
import { checkLetterTypes } from '../../../../server/letters/letter-types.ts';
import type {
  DocumentPrinter,
  LetterTemplates,
  PrintableDocument,
} from '../../../../server/letters/ports.ts';
import { readyLetter } from '../../../../server/letters/ready-letter.ts';
import { createRenderLetter, letterHtml } from '../../../../server/letters/render-letter.ts';
import { boundAnnexes } from '../../../../server/letters/sheets/sheet-numbers.ts';

let templates: LetterTemplates;
let example: string;
let types: string;

beforeAll(async () => {
  templates = await loadPdfTemplates('templates');
  example = await readFile('templates/letters/example.json', 'utf8');
  types = await readFile('templates/letters/types.json', 'utf8');
});

function letter(change: (model: LetterModel) => void = () => undefined): LetterModel {
  const model = LETTER_SCHEMA.parse(JSON.parse(example));
  change(model);
  return model;
}

const doubts = (model: LetterModel) => narrativeDoubts(model, createTell(templates.messages));

const own = (ky: string, ru: string, en: string) =>
  letter((model) => {
    model.demands = [{ text: { ky, ru, en } }];
  });

describe('figures in a text', () => {
  it.each([
    ['2026-жылдын 24-апрели', '24 апреля 2026 года', '24 April 2026'],
    ['1 300 учур', '1\u00a0300 случаев', '1,300 cases'],
    ['2,5 саат', '2,5 часа', '2.5 hours'],
    ['2026-жылдын 4-майында', '4 мая 2026 года', '4 May 2026'],
    ['2020-жылдын январынан', 'с января 2020 года', 'from January 2020'],
    ['С 4 марта', 'С 4 марта', 'С 4 марта'],
    ['0,125 г', '0,125 г', '0.125 g'],
    ['майор келген', 'майор пришёл', 'It may be that he came'],
    ['2020–2021-жылдары', 'в 2020–2021 годах', 'in 2020–21'],
    ['2007-жылдын 4-майындагы', 'от 4 мая 2007 года', 'of 4 May 2007'],
    ['08:00дөн', 'с 08:00', 'from 8:00'],
    ['24.04.2026', '24.04.2026', '24/04/2026'],
  ])('are the same in %s, %s and %s', (ky, ru, en) => {
    const said = figuresInText(ky);
    expect(figuresInText(ru)).toEqual(said);
    expect(figuresInText(en)).toEqual(said);
  });

  it('reads a number through soft hyphens and tells dates from each other', () => {
    expect(figuresInText('14 рабо\u00adчих дней')).toEqual(['14']);
    expect(figuresInText('24 апреля')).not.toEqual(figuresInText('24 марта'));
    expect(figuresInText('майор')).toEqual([]);
  });
});

describe('the languages of a letter', () => {
  it('agree in the letter that is shown as an example', () => {
    expect(checkLetter(letter())).toEqual([]);
    expect(doubts(letter())).toEqual([]);
  });

  it.each([
    ['figure', '14 күн ичинде', 'в течение 10 дней', 'within 14 days', 'Russian'],
    ['month', '2026-жылдын 4-апрели', '4 апреля 2026 года', '4 March 2026', 'English'],
    ['figure left out', '12 учур', '12 случаев', 'the cases', 'English'],
  ])('are refused for another %s, naming field and language', (_what, ky, ru, en, named) => {
    expect(checkLetter(own(ky, ru, en))).toEqual([
      `demands[0].text: expected the same figures, dates and exhibits in ${named} as in Kyrgyz, in digits.`,
    ]);
  });

  it('are refused when one points at an exhibit and another does not', () => {
    // The Russian letter has a Cyrillic «С»: another name for whoever searches.
    const faults = checkLetter(own('C-02ни кароону', 'изучить С-02', 'to study C-02'));
    expect(faults.join()).toContain('in Russian');
    expect(faults).toHaveLength(1);
  });

  it('only make a lawyer compare where a narrative has other figures', () => {
    const model = letter((one) => {
      one.narratives[0]!.text.ru = one.narratives[0]!.text.ru.replace('.', ' 5.');
    });
    expect(checkLetter(model)).toEqual([]);
    expect(doubts(model)).toHaveLength(1);
    expect(doubts(model)[0]!.sentence.en).toContain('narratives[0].text');
  });

  it.each([11, 12, 21, 22, 101, 221, 657])('agree in print for %i cases', (cases) => {
    const model = letter((one) => {
      one.figures.nearOstSites = cases;
      one.pattern = [{ ...one.pattern[0]!, count: cases }];
      one.narratives.length = cases % 3;
    });
    expect(() => letterHtml(model, 'ru', templates)).not.toThrow();
  });

  it('stop a catalog that leaves a figure out of one language, naming the field', () => {
    const { messages } = templates;
    const forgetful: LetterTemplates = {
      ...templates,
      messages: {
        ...messages,
        ru: (key, values) =>
          key === 'letter.facts.reportedFirst' ? '; сообщили люди' : messages.ru(key, values),
      },
    };
    for (const lang of ['ky', 'ru', 'en'] as const) {
      expect(() => letterHtml(letter(), lang, forgetful)).toThrow(
        /facts\.blocks\[0\]\.paragraph\.text in Russian/,
      );
    }
  });

  it('stop a letter before any of it is printed, by its subject too', () => {
    const other = new Map(templates.types);
    const ministry = other.get('ministry')!;
    other.set('ministry', { ...ministry, subject: { ...ministry.subject, en: 'Two of 12 cases' } });
    expect(() => readyLetter(letter(), templates, { seals: false })).not.toThrow();
    expect(() => readyLetter(letter(), { ...templates, types: other }, { seals: false })).toThrow(
      /letter\S*\.subject in English/,
    );
  });

  it('keep a letter back that was printed while they were compared', async () => {
    const other = new Map(templates.types);
    const ministry = other.get('ministry')!;
    other.set('ministry', { ...ministry, subject: { ...ministry.subject, en: 'Two of 12 cases' } });
    const printed: string[] = [];
    const print = async ({ html }: PrintableDocument) => {
      printed.push(html);
      return { pdf: new Uint8Array([1]), pages: 1, anchors: new Map() };
    };
    const printer: DocumentPrinter = { print, printWanted: print };
    const rendered = (types: LetterTemplates['types']) =>
      createRenderLetter({ printer, templates: { ...templates, types } })(letter(), 'ky');
    await expect(rendered(templates.types)).resolves.toMatchObject({ pages: 1 });
    await expect(rendered(other)).rejects.toMatchObject({ code: 'TEMPLATE_INVALID' });
    expect(printed).toHaveLength(2);
  });

  it('have the same fields in the subject of every type', () => {
    const subjects = (change: (text: string) => string) => {
      const data = JSON.parse(types);
      const { subject } = data.types.find(({ id }: { id: string }) => id === 'reminder');
      subject.ru = change(subject.ru);
      return () => checkLetterTypes(data, templates.clauseLibrary);
    };
    expect(subjects((text) => text)).not.toThrow();
    expect(subjects((text) => text.replace('{first.number}', '5'))).toThrow(
      /the subject of reminder has other fields in ru than in Kyrgyz/,
    );
  });

  it.each([
    [
      'roles',
      '{cases.documented} учурдун {cases.lawEnforcement} учурун кароону',
      'проверить из {cases.lawEnforcement} случаев {cases.documented}',
      'to check, of {cases.documented} cases, {cases.lawEnforcement}',
      ['ru'],
    ],
    ['typed numbers', '30 учурдун 20сын', 'из 30 случаев 20', 'of 20 cases 30', ['en']],
    [
      'nothing but dates',
      '2026-жылдын 24-апрелинен 14 күн',
      '14 дней с 24 апреля 2026 года',
      '14 days from 24 April 2026',
      [],
    ],
    [
      'what sounds like a month',
      '2 майор, 5 адам',
      '5 человек, 2 майора',
      '12 may apply, 2 majors, 5 people',
      ['ru', 'en'],
    ],
  ])('are read against each other where they order %s otherwise', (_what, ky, ru, en, named) => {
    const found = orderDoubts(own(ky, ru, en), createTell(templates.messages));
    expect(found.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(
      named.map(() => 'warn figures-order'),
    );
    expect(found.map(({ sentence }) => sentence.en.match(/\((\w+)\)/)?.[1])).toEqual(
      named.map((lang) => ({ ru: 'Russian', en: 'English' })[lang]),
    );
  });

  it.each([
    ['annex.statistics.withheld', /annex-1\.withheld in English/],
    ['annex.redaction.passed', /annex-\d\.table\.rows\[0\]\.checks in English/],
    ['annex.of', /annex-2\.head\.of in English/],
  ])('stop a catalog that leaves a figure out of an annex: %s', (left, named) => {
    const { messages } = templates;
    const forgetful: LetterTemplates = {
      ...templates,
      messages: {
        ...messages,
        en: (key, values) => (key === left ? '' : messages.en(key, values)),
      },
    };
    const model = letter();
    const references = { bound: boundAnnexes(model), sheets: null };
    expect(() => letterHtml(model, 'ru', templates, references)).not.toThrow();
    expect(() => letterHtml(model, 'ru', forgetful, references)).toThrow(named);
  });

  it('agree in every ground and ready demand that a lawyer can choose', () => {
    const { grounds, demands } = templates.legal;
    for (const { act, article, rule } of grounds.values()) {
      for (const text of [act, rule, ...(article === null ? [] : [article])]) {
        expect(figuresInText(text.ru)).toEqual(figuresInText(text.ky));
        expect(figuresInText(text.en)).toEqual(figuresInText(text.ky));
      }
    }
    for (const { text } of demands.values()) {
      expect(figuresInText(text.ru)).toEqual(figuresInText(text.ky));
      expect(figuresInText(text.en)).toEqual(figuresInText(text.ky));
    }
  });
});

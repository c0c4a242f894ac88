import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPdfTemplates } from '../../../../server/adapters/pdf/pdf-templates.ts';
import { checkClauseLibrary } from '../../../../server/letters/clauses/clause-library.ts';
import { fieldsIn, fillClause } from '../../../../server/letters/clauses/fill-clause.ts';
import type { LetterError } from '../../../../server/letters/errors.ts';
import type { LetterModel } from '../../../../server/letters/letter-model.ts';
import { LETTER_TYPES } from '../../../../server/letters/letter-types.ts';
import { checkedLetter } from '../../../../server/letters/parse-letter.ts';
import type { LetterTemplates } from '../../../../server/letters/ports.ts';
import { letterHtml } from '../../../../server/letters/render-letter.ts';
import type { Language } from '../../../../server/letters/writing/language.ts';
import {
  aLetter,
  anExample,
  everywhere,
  shippedRules,
  TEMPLATES_FOLDER,
} from '../../../builders/letter.ts';

let templates: LetterTemplates;
beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
});

const usual = () => shippedRules.types.get('ministry')!.clauses.map((use) => ({ use }));

/** A letter whose clauses are the usual ones, changed. */
const withClauses = (change: (clauses: NonNullable<LetterModel['clauses']>) => void) =>
  aLetter((letter) => {
    letter.clauses = usual();
    change(letter.clauses);
  });

function textOf(model: LetterModel, lang: Language = 'ru'): string {
  return letterHtml(checkedLetter(model, templates), lang, templates)
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00ad', '')
    .replace(/[\s\u00a0]+/g, ' ');
}

function faultsOf(model: unknown): readonly string[] {
  try {
    checkedLetter(model, templates);
    return [];
  } catch (error) {
    return (error as LetterError).faults;
  }
}

const isTable = ({ use }: { use: string }) => use === 'pattern.table';
const own = (text: string) => ({ part: 'facts' as const, text: everywhere(text) });

describe('a letter of clauses', () => {
  test('is the usual one when the usual clauses are named', () => {
    expect(textOf(withClauses(() => undefined))).toBe(textOf(aLetter()));
  });

  test('says of a doubtful ground what is doubtful before the sign that ends it', () => {
    const said = textOf(aLetter());
    expect(said).toMatch(/\[[^\]]+\] ;/);
    expect(said).not.toMatch(/[.;] \[/);
  });

  test.each([
    ['ru', 'может свидетельствовать о нарушении', 'К рассмотрению этого обращения'],
    ['ky', 'бузулганын күбөлөндүрүшү мүмкүн', 'Бул кайрылууну кароого'],
    ['en', 'may indicate a violation', 'govern how this letter is dealt with'],
  ] as const)(
    'keeps what may have been violated apart from how it is dealt with: %s',
    (lang, violated, dealt) => {
      const said = (...grounds: string[]) =>
        textOf(
          aLetter((letter) => {
            letter.grounds = grounds;
          }),
          lang,
        );
      const torture = shippedRules.legal.grounds.get('constitution-torture')!.rule[lang];
      const duty = shippedRules.legal.grounds.get('appeals-67-term')!.rule[lang];
      const places = (text: string, ...words: string[]) => words.map((word) => text.indexOf(word));
      const [one, two, three, four] = places(
        said('appeals-67-term', 'constitution-torture'),
        ...[violated, torture, dealt, duty],
      );
      expect(one).toBeGreaterThan(0);
      expect([one, two, three, four]).toEqual([one, two, three, four].toSorted((a, b) => a! - b!));
      expect(said('constitution-torture')).not.toContain(dealt);
      expect(said('appeals-67-term')).not.toContain(violated);
    },
  );

  test('has a part before another when its clauses stand before', () => {
    const turned = withClauses((clauses) => {
      const law = clauses.filter(({ use }) => use!.startsWith('law.'));
      clauses.splice(0, clauses.length, ...law, ...clauses.filter((one) => !law.includes(one)));
    });
    const text = textOf(turned);
    expect(text.indexOf('Правовая оценка')).toBeLessThan(text.indexOf('Сведения, которыми'));
  });

  test('leaves out what a lawyer left out, and has the words that were put in place', () => {
    const changed = withClauses((clauses) => {
      clauses.splice(
        clauses.findIndex(({ use }) => use === 'law.outro'),
        1,
      );
      clauses.find(({ use }) => use === 'facts.near')!.text = everywhere(
        'Near: {cases.nearOst} / {cases.documented}',
      );
      clauses.push(own('Own <b>words</b>'), { ...own('Own point'), part: 'limits', as: 'point' });
    });
    const text = textOf(changed);
    expect(text).not.toContain('Окончательную оценку');
    expect(text).toContain('Near: 212 / 1 300');
    expect(text).toContain('Own &lt;b&gt;words&lt;/b&gt;');
    expect(text).toContain('намеренно не приводятся; Own point.');
  });

  test('shows a changed figure wherever a field has it', () => {
    const model = withClauses((clauses) => clauses.push(own('{cases.nearOst: случай|случаев}')));
    model.figures.nearOstSites = 221;
    expect(textOf(model)).toContain('221 случай');
    expect(textOf(model)).not.toContain('212');
  });

  test('prints the mandate of a complaint to a body of the United Nations', () => {
    const mandate = everywhere('power of attorney');
    const model: LetterModel = { ...anExample('un'), kind: 'complaint', mandate };
    expect(textOf(model, 'en')).toContain('power of attorney');
  });

  test.each(['facts.near', 'pattern.table'])(
    'refuses to go without %s, on which others rest',
    (id) => {
      const model = withClauses((clauses) =>
        clauses.splice(
          clauses.findIndex(({ use }) => use === id),
          1,
        ),
      );
      expect(faultsOf(model)).toContain(
        `clauses: expected the clause ${id}, which this type of letter needs.`,
      );
    },
  );

  test('says of a withheld number why it is, whether it or its rest is small', () => {
    const model = aLetter((letter) => {
      letter.figures.nearOstSites = null;
      letter.pattern = letter.pattern.filter(({ base }) => base === letter.figures.lawEnforcement);
    });
    expect(textOf(model, 'ru')).toContain('не приводится, чтобы не подвергать людей опасности');
    expect(textOf(model, 'ky')).toContain('адамдарды коркунучка калтырбоо үчүн');
    expect(textOf(model, 'en')).toContain('not given, so as not to put people at risk');
  });

  test('names exhibits with the annex they are in', () => {
    const model = withClauses((clauses) => clauses.push(own('{exhibit.V-01}, {exhibit.C-02}')));
    expect(textOf(model)).toContain('V-01 (приложение № 5), C-02 (приложение № 3)');
  });

  test('fills fields in demands and the subject too', () => {
    const model = aLetter((letter) => {
      letter.subject = everywhere('On {cases.documented}');
      letter.demands = [
        { text: everywhere('check {presence.presentDays} of {presence.reviewedDays}') },
      ];
    });
    expect(textOf(model, 'en')).toContain('On 1,300');
    expect(textOf(model, 'en')).toContain('check 18 of 22');
  });
});

describe('faults of clauses name the place', () => {
  test.each<[string, () => LetterModel, string]>([
    [
      'an unknown clause',
      () => withClauses((clauses) => clauses.push({ use: 'facts.rumour' })),
      'clauses[LAST].use: expected the id of a clause in templates/letters/clauses.json.',
    ],
    [
      'all grounds beside some of them',
      () => withClauses((clauses) => clauses.push({ use: 'law.grounds' })),
      'clauses: expected law.grounds, or law.conduct and law.procedure, but not both.',
    ],
    [
      'a clause twice',
      () => withClauses((clauses) => clauses.push({ use: 'facts.total' })),
      'clauses[LAST].use: expected every clause once.',
    ],
    [
      'a required clause left out',
      () =>
        withClauses((clauses) =>
          clauses.splice(
            clauses.findIndex(({ use }) => use === 'facts.meaning'),
            1,
          ),
        ),
      'clauses: expected the clause facts.meaning, which this type of letter needs.',
    ],
    [
      'an unknown field',
      () => withClauses((clauses) => clauses.push(own('Of {cases.documentd}'))),
      'clauses[LAST].text.ky: expected a field that this letter has, not {cases.documentd}.',
    ],
    [
      'a field that this letter lacks',
      () => aLetter((letter) => (letter.demands = [{ text: everywhere('to {mandate.text}') }])),
      'demands[0].text.ru: expected a field that this letter has, not {mandate.text}.',
    ],
    [
      'too few words for a number',
      () => withClauses((clauses) => clauses.push(own('{cases.documented: a|b|c|d}'))),
      'clauses[LAST].text.en: expected one word for each plural form behind {cases.documented: …}.',
    ],
    [
      'words behind a field that is no number',
      () => withClauses((clauses) => clauses.push(own('{sender.name: a|b}'))),
      'clauses[LAST].text.ru: expected {sender.name} without words, for it is no number.',
    ],
    [
      'a field that one language lacks',
      () =>
        withClauses((clauses) =>
          clauses.push({ part: 'facts', text: { ...everywhere('{sender.name}'), ru: 'x' } }),
        ),
      'clauses[LAST].text: expected the same fields in Russian as in Kyrgyz.',
    ],
    [
      'neither use nor part',
      () => withClauses((clauses) => clauses.push({ text: everywhere('x') })),
      'clauses[LAST]: expected either use, for a clause of the library, or part and text, for an own paragraph.',
    ],
    [
      'an own paragraph without text',
      () => withClauses((clauses) => clauses.push({ part: 'law' })),
      'clauses[LAST].text: expected the text of an own paragraph.',
    ],
    [
      'words for a table',
      () =>
        withClauses((clauses) => {
          clauses.find(({ use }) => use === 'pattern.table')!.text = everywhere('x');
        }),
      'clauses[TABLE].text: is not a field of this clause, which has no words; take it out.',
    ],
  ])('%s', (_, model, fault) => {
    const places = { LAST: usual().length, TABLE: usual().findIndex(isTable) };
    const named = fault.replace(/LAST|TABLE/, (place) => `${places[place as 'LAST']}`);
    expect(faultsOf(model())).toContain(named);
  });
});

describe('what is no field stays text', () => {
  test.each([
    '{{cases.documented}}',
    '{{{sender}}}',
    `$\{cases.documented}`,
    '{% if x %}',
    '{#each x}',
    '{ cases.documented }',
    '{0}',
    '{}',
    '{Имя}',
    '{"a": 1}',
    '</p><script>alert(1)</script>',
    'emoji 🙂 and a null-like \\0',
  ])('%s', (hostile) => {
    expect(fieldsIn(hostile)).toEqual([]);
    expect(fillClause(hostile, shownValues, 'ru')).toBe(hostile);
  });

  const shownValues = new Map<string, number | string>([
    ['cases.documented', 1300],
    ['sender', 'X'],
  ]);

  test('whatever is typed, only known fields are replaced', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const known = fieldsIn(text).some(({ name }) => shownValues.has(name));
        if (!known) expect(fillClause(text, shownValues, 'en')).toBe(text);
      }),
    );
  });

  test('a value is not read for fields again', () => {
    const values = new Map([['sender.name', '{cases.documented}']]);
    expect(fillClause('{sender.name}', values, 'ru')).toBe('{cases.documented}');
  });

  test('a text of 100 kB without a space is read at once', () => {
    const long = '{a'.repeat(50_000);
    expect(fillClause(long, shownValues, 'ru')).toBe(long);
  });
});

describe('numbers choose their words', () => {
  test.each([
    [1, '1 случай'],
    [2, '2 случая'],
    [5, '5 случаев'],
    [11, '11 случаев'],
    [21, '21 случай'],
    [112, '112 случаев'],
    [1004, '1 004 случая'],
  ])('%i', (value, words) => {
    const filled = fillClause('{n: случай|случая|случаев}', new Map([['n', value]]), 'ru');
    expect(filled.replaceAll('\u00a0', ' ')).toBe(words);
  });
});

describe('the shipped library', () => {
  test('has every text in every language, and every clause is used by a type', () => {
    const used = new Set([...shippedRules.types.values()].flatMap(({ clauses }) => clauses));
    expect([...shippedRules.clauseLibrary.clauses.keys()].filter((id) => !used.has(id))).toEqual(
      [],
    );
  });

  test.each(LETTER_TYPES)('writes a letter of the type %s in every language', (type) => {
    const model = type === 'ministry' ? aLetter() : anExample(type);
    for (const lang of ['ky', 'ru', 'en'] as const) {
      const text = textOf(model, lang);
      expect(text).not.toMatch(/[{}]|undefined|null|NaN/);
      if (type !== 'ministry') expect(text).toContain('01-14/27');
    }
  });

  test.each<[string, (files: Files) => void, RegExp]>([
    ['a text is missing', (f) => delete f.texts.ru.texts['facts.total'], /facts\.total is missing/],
    [
      'a field is missing in a language',
      (f) => Object.assign(f.texts.en.texts, { 'facts.near': 'Near.' }),
      /facts\.near has other fields/,
    ],
    [
      'a number has too many words',
      (f) =>
        Object.assign(f.texts.ru.texts, {
          'facts.near': '{cases.nearOst: а|б|в|г} {cases.lawEnforcement}',
        }),
      /too few or too many words/,
    ],
    [
      'a text belongs to no clause',
      (f) => Object.assign(f.texts.ky.texts, { 'facts.extra': 'x' }),
      /lacks facts\.extra/,
    ],
    [
      'editions differ',
      (f) => Object.assign(f.texts.ky, { version: 2 }),
      /another language or edition/,
    ],
    [
      'a condition is unknown',
      (f) => f.structure.clauses[0]!.when.push('rain'),
      /clauses\.0\.when/,
    ],
  ])('is refused when %s', (_, change, message) => {
    const files = shippedFiles();
    change(files);
    expect(() => checkClauseLibrary(files)).toThrowError(message);
  });
});

interface Texts {
  version: number;
  language: string;
  texts: Record<string, string>;
}
interface Files {
  structure: { version: number; clauses: { id: string; when: string[] }[] };
  texts: Record<Language, Texts>;
}

/** The library as its files would have it. */
function shippedFiles(): Files {
  const { version, clauses } = shippedRules.clauseLibrary;
  const all = [...clauses.values()];
  const textsIn = (language: Language): Texts => ({
    version,
    language,
    texts: Object.fromEntries(
      all.flatMap(({ id, text }) => (text === null ? [] : [[id, text[language]]])),
    ),
  });
  return {
    structure: {
      version,
      clauses: all.map(({ id, part, role, required, when }) => ({
        ...{ id, part, role, required, when: [...when] },
      })),
    },
    texts: { ky: textsIn('ky'), ru: textsIn('ru'), en: textsIn('en') },
  };
}

describe('types of letters', () => {
  test.each<[string, () => LetterModel, RegExp]>([
    [
      'a reminder without the first letter',
      () => {
        const { first: _first, ...rest } = anExample('reminder');
        return rest as LetterModel;
      },
      /^first: expected number, date and registration/,
    ],
    [
      'a reminder before the term has ended',
      () => ({ ...anExample('reminder'), outgoing: { number: '1', date: '2026-05-22' } }),
      /^outgoing\.date: expected a day after 2026-05-22/,
    ],
    [
      'a reminder of a letter that was answered',
      () => {
        const model = anExample('reminder');
        return { ...model, first: { ...model.first!, reply: 'formal' } };
      },
      /^first\.reply: expected none/,
    ],
    [
      'a reminder with accounts of cases',
      () => ({ ...anExample('reminder'), narratives: aLetter().narratives }),
      /^narratives: expected none/,
    ],
    [
      'a first letter to the Ministry that names an earlier one',
      () => ({ ...aLetter(), first: anExample('reminder').first! }),
      /^first: is not a field of this type/,
    ],
    [
      'a registration before the letter',
      () => {
        const model = anExample('prosecutor');
        return { ...model, first: { ...model.first!, date: '2026-04-25' } };
      },
      /^first\.registered\.date: expected a day not before/,
    ],
    [
      'a registration after this letter',
      () => {
        const model = anExample('prosecutor');
        return { ...model, outgoing: { number: '1', date: '2026-04-23' } };
      },
      /^first\.registered\.date: expected a day not after/,
    ],
    [
      'an unknown type',
      () => ({ ...aLetter(), type: 'court' as 'un' }),
      /^type: expected "ministry"/,
    ],
  ])('%s is refused', (_, model, fault) => {
    expect(faultsOf(model())).toContainEqual(expect.stringMatching(fault));
  });

  test('a reminder tells when the term ended', () => {
    expect(textOf(anExample('reminder'))).toContain(
      'Срок ответа (14 рабочих дней) истёк 22 мая 2026 года. На дату настоящего письма ответ организацией не получен.',
    );
    expect(textOf(anExample('reminder'), 'ky')).toContain(
      'Жооп берүү мөөнөтү (14 жумуш күнү) 2026-жылдын 22-майында бүткөн.',
    );
  });

  test('silence is told only once the term has ended, a formal reply only where there is one', () => {
    const model = anExample('prosecutor');
    expect(textOf(model)).toContain('Срок истёк, ответ не получен.');
    const early = { ...model, outgoing: { ...model.outgoing, date: '2026-05-22' } };
    expect(textOf(early)).not.toContain('Срок истёк');
    const formal = { ...model, first: { ...model.first!, reply: 'formal' as const } };
    expect(textOf(formal)).toContain('Ответ получен, однако');
    expect(textOf(formal)).not.toContain('ответ не получен');
  });
});

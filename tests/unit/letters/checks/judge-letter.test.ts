import { beforeAll, describe, expect, test } from 'vitest';
import { loadPdfTemplates } from '../../../../server/adapters/pdf/pdf-templates.ts';
import { judgeLetter } from '../../../../server/letters/checks/judge-letter.ts';
import { unreadTexts } from '../../../../server/letters/checks/kyrgyz-texts.ts';
import {
  byDigest,
  type Confirmation,
  groundDigest,
} from '../../../../server/letters/grounds/confirmations.ts';
import { checkLegalData } from '../../../../server/letters/grounds/legal-data.ts';
import { replyTerm } from '../../../../server/letters/grounds/reply-term.ts';
import type { LetterModel } from '../../../../server/letters/letter-model.ts';
import { checkedLetter } from '../../../../server/letters/parse-letter.ts';
import type { LetterTemplates } from '../../../../server/letters/ports.ts';
import { previewLetter } from '../../../../server/letters/preview-letter.ts';
import { createRenderLetter } from '../../../../server/letters/render-letter.ts';
import {
  aLetter,
  anExample,
  everywhere,
  shippedLegal,
  TEMPLATES_FOLDER,
} from '../../../builders/letter.ts';
import { createHtmlPrinter } from '../../../fakes/html-printer.ts';

let templates: LetterTemplates;
beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
});

const sound = {
  id: 'law',
  act: everywhere('Law'),
  article: everywhere('article 1'),
  rule: everywhere('rule'),
  source: 'the act itself',
  governs: 'events',
  inForceFrom: '2000-01-01' as string | null,
  inForceTo: null as string | null,
  uncertainty: everywhere(''),
};
const demands = { version: 1, demands: [{ id: 'reply', text: everywhere('to reply') }] };

/** Templates whose only grounds are these, which nobody has confirmed. */
function unconfirmed(...grounds: object[]): LetterTemplates {
  const legal = checkLegalData({ grounds: { version: 1, standing: 'law', grounds }, demands });
  return { ...templates, legal };
}

/** Templates whose only grounds are these, all of them confirmed. */
function withGrounds(...grounds: object[]): LetterTemplates {
  const by = unconfirmed(...grounds);
  return { ...by, confirmed: byDigest(confirm('ground', ...by.legal.grounds.values())) };
}

function confirm(of: 'ground', ...grounds: Parameters<typeof groundDigest>[0][]): Confirmation[] {
  return grounds.map((ground) => ({
    of,
    digest: groundDigest(ground),
    by: 'lawyer',
    on: '2026-11-27',
  }));
}

function letterOn(grounds: string[], change: (model: LetterModel) => void = () => undefined) {
  return aLetter((letter) => {
    letter.sample = false;
    letter.grounds = grounds;
    letter.demands = ['reply'];
    change(letter);
  });
}

function judged(model: LetterModel, by: LetterTemplates) {
  return judgeLetter(checkedLetter(model, by), by).filter(({ rule }) => rule.startsWith('ground'));
}

const told = (model: LetterModel, by: LetterTemplates) =>
  judged(model, by).map(({ severity, sentence }) => `${severity} ${sentence.en}`);

describe('the grounds of a letter', () => {
  test('need nothing when a lawyer has confirmed them', () => {
    expect(told(letterOn(['law']), withGrounds(sound))).toEqual([]);
  });

  test('keep it from being sealed while nobody has, with what is uncertain', () => {
    const by = unconfirmed({ ...sound, uncertainty: everywhere('read in a summary') });
    expect(told(letterOn(['law']), by)).toEqual([
      'seal Ground law: no lawyer has confirmed it: read in a summary.',
    ]);
    const sample = letterOn(['law'], (letter) => {
      letter.sample = true;
    });
    expect(told(sample, by)[0]).toMatch(/^warn Ground law/);
  });

  test.each([
    ['not in force yet', { inForceFrom: '2026-04-25' }],
    ['in force no more', { inForceTo: '2026-04-23' }],
  ])('keep it from being sealed when one is %s', (_, dates) => {
    expect(told(letterOn(['law']), withGrounds({ ...sound, ...dates }))).toEqual([
      'seal Ground law: it was not in force on the date of the letter.',
    ]);
  });

  test('are used all the same with a reason, which the lawyer is told', () => {
    const by = unconfirmed(sound);
    const model = letterOn(['law'], (letter) => {
      letter.overrides = [{ ground: 'law', reason: 'read in the gazette' }];
    });
    expect(told(model, by)).toEqual([
      'warn Ground law is used without confirmation; the reason given: read in the gazette.',
    ]);
    const other = letterOn(['law'], (letter) => {
      letter.overrides = [{ ground: 'iccpr', reason: 'no matter' }];
    });
    expect(() => checkedLetter(other, by)).toThrowError(
      /overrides\[0\]\.ground: expected a ground/,
    );
  });

  test('that came into force after the first events keep it from being sealed', () => {
    const late = { ...sound, inForceFrom: '2021-12-01' };
    expect(told(letterOn(['law']), withGrounds(late))).toEqual([
      'seal Ground law: it came into force after the first of the cases, so find out which rule applies to those.',
    ]);
    const later = letterOn(['law'], (letter) => {
      letter.period = { from: '2021-12', to: '2022-12' };
      letter.narratives = [];
    });
    expect(told(later, withGrounds(late))).toEqual([]);
    expect(told(letterOn(['law']), withGrounds({ ...late, governs: 'letter' }))).toEqual([]);
    const reasoned = letterOn(['law'], (letter) => {
      letter.overrides = [{ ground: 'law', reason: 'the earlier code says the same' }];
    });
    expect(told(reasoned, withGrounds(late)).map((one) => one.slice(0, 4))).toEqual([
      'warn',
      'warn',
    ]);
  });

  test('do not hold a letter back that does not name them', () => {
    const un = { ...anExample('un'), sample: false };
    expect(told(un, templates).join()).not.toContain('appeals-67');
    expect(told({ ...aLetter(), sample: false }, templates).join()).toContain('appeals-67');
  });

  test('are doubtful without an article, or with an unknown beginning', () => {
    const vague = { ...sound, id: 'vague', article: null, inForceFrom: null };
    expect(told(letterOn(['vague']), withGrounds(sound, vague))).toEqual([
      'warn Ground vague: it is not known since when it is in force.',
      'warn Ground vague: the letter names the act without an article.',
    ]);
  });

  test('are confirmed by the digest of their very words', () => {
    const { confirmed } = withGrounds(sound);
    expect(told(letterOn(['law']), { ...unconfirmed(sound), confirmed })).toEqual([]);
    const changed = { ...sound, rule: everywhere('another rule') };
    expect(told(letterOn(['law']), { ...unconfirmed(changed), confirmed })).toHaveLength(1);
  });

  test('that claim in their file to be confirmed are refused: only a digest binds that', () => {
    const claiming = { ...sound, confirmedBy: 'lawyer', confirmedAt: '2026-01-01' };
    expect(() => unconfirmed(claiming)).toThrowError(/cannot be used/);
  });

  test('that are shipped say what is uncertain of them', () => {
    for (const ground of shippedLegal.grounds.values()) {
      expect(Object.values(ground.uncertainty), ground.id).not.toContain('');
    }
  });

  test('are refused by their field when the data are malformed', () => {
    expect(() => unconfirmed({ ...sound, id: 'reply-term' })).toThrowError(/grounds\.0\.id/);
    expect(() => withGrounds({ ...sound, source: undefined })).toThrowError(/grounds\.0\.source/);
    expect(() => withGrounds({ ...sound, id: 'other' })).toThrowError(/standing/);
    expect(() => withGrounds(sound, sound)).toThrowError(/cannot be used/);
  });
});

describe('a draft', () => {
  const html = (model: LetterModel, by: LetterTemplates = templates) =>
    previewLetter(model, 'ru', by).html.replaceAll('\u00a0', ' ');
  const real = (change: (model: LetterModel) => void = () => undefined) =>
    aLetter((letter) => {
      letter.sample = false;
      letter.period = { from: '2022-01', to: '2022-12' };
      letter.narratives = [];
      change(letter);
    });

  test('marks every doubtful ground, and itself on every page', () => {
    const page = html(real());
    expect(page.match(/\[не подтверждено юристом\]/g)).toHaveLength(aLetter().grounds.length + 1);
    expect(page).toContain('content: "ДОЛБООР / ПРОЕКТ / DRAFT"');
    expect(page).not.toContain('ОБРАЗЕЦ');
  });

  test('marks no ground that is used with a reason', () => {
    const page = html(
      real((letter) => {
        letter.overrides = [{ ground: 'iccpr', reason: 'x' }];
      }),
    );
    expect(page.match(/\[не подтверждено юристом\]/g)).toHaveLength(aLetter().grounds.length);
  });

  test('is none once grounds are confirmed and every Kyrgyz text is read', () => {
    const model = real();
    const grounds = [...templates.legal.grounds.values()].map(groundDigest);
    const texts = previewLetter(model, 'ky', templates).unread.map(({ digest }) => digest);
    expect(texts.length).toBeGreaterThan(40);
    const given = (of: Confirmation['of'], digests: readonly Confirmation['digest'][]) =>
      digests.map((digest): Confirmation => ({ of, digest, by: 'A. Reader', on: '2026-11-27' }));
    const some = byDigest([...given('ground', grounds), ...given('kyrgyz', texts.slice(1))]);
    const almost = previewLetter(model, 'ru', { ...templates, confirmed: some });
    expect(almost.findings[0]).toMatchObject({ rule: 'kyrgyz-unread', severity: 'seal' });
    expect(almost.html).toContain('DRAFT');
    const all = byDigest([...given('ground', grounds), ...given('kyrgyz', texts)]);
    const ready = previewLetter(model, 'ru', { ...templates, confirmed: all });
    expect(ready.findings.filter(({ severity }) => severity !== 'warn')).toEqual([]);
    expect(ready.html.replaceAll('\u00a0', ' ')).not.toMatch(/DRAFT|не подтверждено/);
    expect(ready.unread).toEqual([]);
  });

  test('is printed as one, or as none, as it is judged now, whatever its layout was printed as last', async () => {
    const model = real();
    const render = createRenderLetter({ printer: createHtmlPrinter(), templates });
    const grounds = [...templates.legal.grounds.values()].map(groundDigest);
    const texts = previewLetter(model, 'ky', templates).unread.map(({ digest }) => digest);
    const confirmed = [
      ...grounds.map((digest) => ({ of: 'ground' as const, digest })),
      ...texts.map((digest) => ({ of: 'kyrgyz' as const, digest })),
    ];
    for (const known of [[], confirmed, [], confirmed, confirmed]) {
      const { html: page, unread } = await render(model, 'ru', { confirmed: known });
      expect(page.includes('DRAFT')).toBe(known.length === 0);
      expect(unread.length > 0).toBe(known.length === 0);
    }
    const unready = render(model, 'ru', { confirmed: [], seals: true });
    await expect(unready).rejects.toMatchObject({ code: 'LETTER_NOT_READY' });
    const insulting = real((letter) => {
      letter.subject = { ...everywhere('О жалобе'), ru: 'Наркоманы' };
    });
    await expect(render(insulting, 'ru', { confirmed })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
    });
  });

  test.each([
    ['a caption of an annex', 'Билдирген адамдын негизги тобу'],
    ['the end of the first sentence', 'select, yes'],
    ['the caution beside the presence log', 'Кызматтык унаалардын болушу өзүнөн өзү укук бузуу'],
    ['what was entered of the place', aLetter().presence!.place.ky],
    ['a label of the pattern', aLetter().pattern[0]!.label.ky],
    ['the addressee', aLetter().addressee.dative.ky],
  ])('asks for a reader of %s', (_, text) => {
    const unread = unreadTexts(checkedLetter(real(), templates), templates);
    expect(unread.filter((one) => one.text.includes(text))).not.toEqual([]);
  });

  test('a changed Kyrgyz word is unread again', () => {
    const model = checkedLetter(real(), templates);
    const before = unreadTexts(model, templates).map(({ digest }) => digest);
    const reworded = checkedLetter(
      real((letter) => {
        letter.demands = [{ text: everywhere('текшерүүнү') }];
      }),
      templates,
    );
    const added = unreadTexts(reworded, templates).filter(({ digest }) => !before.includes(digest));
    expect(added.map(({ text }) => text)).toEqual(['текшерүүнү']);
  });
});

describe('what a lawyer is told', () => {
  const rules = (model: LetterModel) =>
    judgeLetter(checkedLetter(model, templates), templates).map(({ rule }) => rule);

  test('the gravest first, each in three languages', () => {
    const found = judgeLetter(
      checkedLetter(
        aLetter((letter) => {
          letter.sample = false;
          letter.demands.push({ text: everywhere('to study the proof of 668') });
        }),
        templates,
      ),
      templates,
    );
    const order = ['stop', 'seal', 'warn'];
    const weights = found.map(({ severity }) => order.indexOf(severity));
    expect(weights).toEqual([...weights].sort());
    expect(new Set(weights).size).toBe(3);
    for (const { sentence } of found) {
      expect(sentence.ru).toMatch(/\p{Script=Cyrillic}/u);
      expect(sentence.ky).toMatch(/\p{Script=Cyrillic}/u);
      expect(new Set(Object.values(sentence)).size).toBe(3);
    }
  });

  test('of papers that are missing, and of those that are there nothing', () => {
    expect(rules(aLetter())).toEqual(
      expect.arrayContaining(['registration-missing', 'authority-missing']),
    );
    const complete = aLetter((letter) => {
      for (const role of ['registration', 'authority'] as const) {
        const number = letter.annexes.length + 1;
        letter.annexes.push({ number, role, title: everywhere(role), sheets: 1, files: [] });
      }
    });
    expect(rules(complete)).not.toContain('registration-missing');
    expect(rules(complete)).not.toContain('authority-missing');
  });

  test('of a term and a calendar that nobody is sure of', () => {
    expect(rules(anExample('reminder'))).toEqual(
      expect.arrayContaining(['term-unconfirmed', 'calendar-provisional']),
    );
    expect(rules(aLetter())).not.toContain('term-unconfirmed');
    const { sentence } = judgeLetter(
      checkedLetter(anExample('reminder'), templates),
      templates,
    ).find(({ rule }) => rule === 'term-unconfirmed')!;
    expect(sentence.ky).toContain('2026-жылдын 22-майы');
    expect(sentence.ru).toContain('до 22 мая 2026 года');
    expect(sentence.en).toContain('until 22 May 2026');
  });

  test('a term that nobody is sure of keeps a real letter from being sealed', () => {
    const weights = (model: LetterModel, by: LetterTemplates = templates) =>
      judgeLetter(checkedLetter(model, by), by)
        .filter(({ rule }) => /^(?:term|calendar)-/.test(rule))
        .map(({ rule, severity }) => `${severity} ${rule}`);
    const real = { ...anExample('reminder'), sample: false };
    expect(weights(real)).toEqual(['seal term-unconfirmed', 'seal calendar-provisional']);
    const { digest } = replyTerm(real.first!.registered.date, templates.terms);
    const term: Confirmation = { of: 'term', digest, by: 'lawyer', on: '2026-11-27' };
    const confirmed = { ...templates, confirmed: byDigest([term]) };
    expect(weights(real, confirmed)).toEqual(['seal calendar-provisional']);
    const final = structuredClone(templates.terms);
    final.calendar[0]!.provisional = false;
    expect(weights(real, { ...confirmed, terms: final })).toEqual([]);
    final.terms[0]!.workingDays = 10;
    expect(weights(real, { ...confirmed, terms: final })).toEqual(['seal term-unconfirmed']);
    const overrides = [{ ground: 'reply-term', reason: 'read in the gazette' }];
    expect(weights({ ...real, overrides })).toEqual([
      'warn term-unconfirmed',
      'warn calendar-provisional',
      'warn term-overridden',
    ]);
    expect(() => checkedLetter({ ...aLetter(), overrides }, templates)).toThrowError(
      /overrides\[0\]/,
    );
  });

  test('of a needed clause in other words', () => {
    const reworded = aLetter((letter) => {
      letter.clauses = templates.types.get('ministry')!.clauses.map((use) => ({ use }));
      letter.clauses.find(({ use }) => use === 'facts.meaning')!.text = everywhere('Words.');
      letter.clauses.find(({ use }) => use === 'law.outro')!.text = everywhere('Words.');
    });
    expect(rules(reworded).filter((rule) => rule === 'reworded-clause')).toHaveLength(1);
  });
});

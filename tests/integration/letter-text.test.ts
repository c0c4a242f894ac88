import { beforeAll, describe, expect, test } from 'vitest';
import { loadPdfTemplates } from '../../server/adapters/pdf/pdf-templates.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import type { LetterTemplates } from '../../server/letters/ports.ts';
import { createRenderInventory } from '../../server/letters/render-inventory.ts';
import { createRenderLetter } from '../../server/letters/render-letter.ts';
import type { Language } from '../../server/letters/writing/language.ts';
import { aLetter, anExample, everywhere, TEMPLATES_FOLDER } from '../builders/letter.ts';
import { createHtmlPrinter } from '../fakes/html-printer.ts';

let templates: LetterTemplates;
beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
});

async function letterIn(lang: Language, model: LetterModel = aLetter()) {
  const render = createRenderLetter({ printer: createHtmlPrinter(), templates });
  const { html, warnings } = await render(model, lang);
  return { html, text: readable(html), warnings: warnings.map(({ en }) => en) };
}

/** The words of a page as a reader sees them. */
function readable(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<\/?span[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00ad', '')
    .replace(/[\s\u00a0]+/g, ' ');
}

describe('the figures of the letter', () => {
  test.each<[Language, string]>([
    [
      'en',
      'Of 1,300 cases documented by the organisation in 2020–21, 668 concern law-enforcement officers; of these, 394 (59 %) were reported by people who use drugs and 227 (34 %) by sex workers (one primary population per case).',
    ],
    [
      'ru',
      'Из 1 300 случаев, задокументированных организацией в 2020–2021 годах, 668 касаются сотрудников правоохранительных органов; из них о 394 (59 %) сообщили люди, употребляющие наркотики, о 227 (34 %) — секс-работники (в каждом случае учтена одна основная группа).',
    ],
    [
      'ky',
      'Уюм 2020–2021-жылдары документтештирген 1 300 учурдун 668 учуру укук коргоо органдарынын кызматкерлерине тиешелүү; алардын ичинен 394 учур (59 %) боюнча баңги заттарын колдонгон адамдар билдирген, 227 учур (34 %) боюнча — секс-кызматкерлер (ар бир учурда бир негизги топ эсепке алынган).',
    ],
  ])('stand with their base, in %s', async (lang, sentence) => {
    expect((await letterIn(lang)).text).toContain(sentence);
  });

  test('are shares of cases, and near sites is a count of its own', async () => {
    const { text } = await letterIn('en');
    expect(text).toContain('They are shares of cases, not of people');
    expect(text).toContain('was counted separately, by the place of the event: 212.');
    expect(text).not.toMatch(/registered cases|cases registered/);
  });

  test('agree in number', async () => {
    const model = aLetter((letter) => {
      letter.figures = {
        documented: 121,
        lawEnforcement: 21,
        byPrimaryPopulation: [],
        nearOstSites: null,
      };
      letter.pattern = [];
      letter.tables = [];
    });
    const russian = (await letterIn('ru', model)).text;
    expect(russian).toContain('Из 121 случая, задокументированного организацией');
    expect(russian).toContain('21 касается сотрудников');
    expect(russian).toContain('это число не приводится');
  });
});

describe('careful words', () => {
  test.each<[Language, string, string, string]>([
    [
      'ky',
      'милдеттердин бузулганын күбөлөндүрүшү мүмкүн',
      'Кызматтык унаалардын болушу өзүнөн өзү укук бузуу болуп саналбайт.',
      'Бул катта эмне айтылбайт',
    ],
    [
      'ru',
      'К изложенному, если оно подтвердится, относятся следующие нормы; оно может свидетельствовать',
      'Само по себе присутствие служебных автомобилей нарушением не является.',
      'Чего это письмо не утверждает',
    ],
    [
      'en',
      'If it is confirmed, the following provisions apply to what is set out above',
      'The presence of service vehicles alone is no violation.',
      'What this letter does not claim',
    ],
  ])('stand in %s', async (lang, ...sentences) => {
    const { text } = await letterIn(lang);
    for (const sentence of sentences) expect(text).toContain(sentence);
  });

  test('presence is told with both denominators, and unreviewed time is neither', async () => {
    const { text } = await letterIn('ru');
    expect(text).toContain('за 30 дней');
    expect(text).toContain('видны в 18 из 22 просмотренных дней');
    expect(text).toContain('не считается ни временем присутствия, ни временем отсутствия');
  });

  test('an article is cited only where the data have one', async () => {
    const { text } = await letterIn('ru');
    expect(text).toContain('Конституция Кыргызской Республики, статья 56: запрет пыток');
    expect(text).toContain('Конституция Кыргызской Республики: право каждого на свободу');
  });
});

describe('kinds', () => {
  test('an application asks for nobody by name, a complaint shows its mandate', async () => {
    expect((await letterIn('ru')).text).toContain('Настоящее письмо является заявлением.');
    const complaint = aLetter((letter) => {
      letter.kind = 'complaint';
      letter.mandate = everywhere('доверенность от 2 апреля 2026 года');
    });
    const { text, html } = await letterIn('ru', complaint);
    expect(html).toContain('<p class="kind">Жалоба</p>');
    expect(text).toContain('Полномочия организации: доверенность от 2 апреля 2026 года.');
  });
});

describe('annexes', () => {
  test('that come as files of their own are listed in their language, and not made again', async () => {
    const files = (['ky', 'ru'] as const).map((lang, i) => ({
      path: `data/annex/statistics.${lang}.pdf`,
      sha256: sha256(lang),
      sizeBytes: 48_211 + i,
      lang,
    }));
    const model = aLetter((letter) => {
      letter.annexes[0] = { ...letter.annexes[0]!, sheets: 2, files };
    });
    const { html, text } = await letterIn('ky', model);
    expect(text).toContain('data/annex/statistics.ky.pdf');
    expect(text.replaceAll(' ', '')).toContain(sha256('ky'));
    expect(html).not.toContain('statistics.ru.pdf');
    expect(text).toContain('2 барак, 1 нускада');
    expect(html).not.toContain('id="annex-1"');
  });

  test('many files are left to the list of files, which holds each of them', async () => {
    const { text } = await letterIn('ru');
    expect(text).toContain('6 файлов, контрольные суммы — в приложении № 6');
    const list = text.slice(text.lastIndexOf('Опись файлов и контрольных сумм'));
    for (const file of aLetter().annexes[4]!.files) {
      expect(list).toContain(file.path);
      expect(list.replaceAll(' ', '')).toContain(file.sha256);
    }
  });

  test('a log without presence is refused', async () => {
    const model = aLetter((letter) => Reflect.deleteProperty(letter, 'presence'));
    await expect(letterIn('ky', model)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  test('an annex whose role is missing is warned of', async () => {
    const model = aLetter((letter) => {
      letter.annexes = [];
    });
    const { warnings, text } = await letterIn('en', model);
    expect(warnings).toContainEqual(expect.stringContaining('annex with the role cases'));
    expect(warnings).toContainEqual(expect.stringContaining('annex with the role presence'));
    expect(text).not.toContain('in Annex');
  });
});

test('a narrative that could be found in the presence log is warned of', async () => {
  const model = aLetter((letter) => {
    letter.period.to = '2026-03';
    letter.narratives[0]!.month = '2026-03';
  });
  const joins = (await letterIn('en', model)).warnings.filter((one) =>
    one.includes('month March 2026'),
  );
  expect(joins).toHaveLength(1);
  expect((await letterIn('en')).warnings.join()).not.toContain('share the month');
});

test('a log in which no vehicle was seen says so, instead of counting none', async () => {
  const model = aLetter((letter) => {
    letter.presence!.intervals = [];
  });
  const { html } = await letterIn('ru', model);
  const said = html.replaceAll('\u00ad', '').replaceAll('\u00a0', ' ');
  expect(said).toMatch(/опознанных как служебные автомобили органов внутренних дел, не видно\./);
  expect(said).not.toMatch(/видны в 0|Самое продолжительное/);
});

test('a day with many intervals is told in parts, and each part has its date', async () => {
  const model = aLetter((letter) => {
    const { date } = letter.presence!.reviewed[0]!;
    letter.presence!.reviewed = [{ date, from: '06:00', to: '23:00' }];
    letter.presence!.intervals = Array.from({ length: 19 }, (_, i) => ({
      ...letter.presence!.intervals[0]!,
      date,
      from: `06:${String(2 * i + 10)}`,
      to: `06:${String(2 * i + 11)}`,
    }));
  });
  const { html } = await letterIn('ru', model);
  const [log] = html.match(/<table class="log">[\s\S]*?<\/table>/)!;
  expect(
    log.match(/<tbody>[\s\S]*?<\/tbody>/g)!.map((part) => part.match(/<tr>/g)!.length),
  ).toEqual([8, 8, 3]);
  expect(log.match(/scope="rowgroup" rowspan="\d">02\.03\.2026/g)).toHaveLength(3);
});

test('only a letter to an office of the country has a box for its stamp', async () => {
  expect((await letterIn('en', anExample('un'))).html).not.toContain('class="receipt"');
  expect((await letterIn('en', anExample('prosecutor'))).html).toContain('class="receipt"');
});

describe('what was entered stays text', () => {
  const hostile = `<script>alert(1)</script><img src="file:///etc/passwd" onerror='x'> & {{sender}}`;
  const model = aLetter((letter) => {
    letter.subject = everywhere(hostile);
    letter.sender.name = everywhere(hostile);
    letter.narratives[0]!.text = everywhere(hostile);
    letter.annexes[0]!.title = everywhere(hostile);
  });

  test('in every document', async () => {
    const inventory = createRenderInventory({ printer: createHtmlPrinter(), templates });
    const pages = [(await letterIn('ru', model)).html, (await inventory(model, [], 'ru')).html];
    for (const html of pages) {
      expect(html).not.toMatch(/<script|<img|<iframe|<link|<object|href="(?!#[A-Za-z0-9.-]+")/i);
      expect(html).toContain('&lt;img');
      expect(html).toMatch(
        /^<!doctype html>\s*<html lang="ru">\s*<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
      );
    }
  });
});

test('the mark of a sample is on samples only', async () => {
  expect((await letterIn('ky')).html).toContain('ҮЛГҮ / ОБРАЗЕЦ / SAMPLE');
  const real = aLetter((letter) => {
    letter.sample = false;
  });
  expect((await letterIn('ky', real)).html).not.toContain('ОБРАЗЕЦ');
});

test('a missing folder of templates is said in one sentence', async () => {
  await expect(loadPdfTemplates('/nonexistent')).rejects.toMatchObject({
    code: 'TEMPLATE_INVALID',
    message: expect.not.stringContaining('/nonexistent'),
  });
});

describe('a figure that changes', () => {
  const wordsOf = (text: string) =>
    text.replaceAll(/SHA-256.*?[0-9a-f]{8}(?: [0-9a-f]{8}){7}/g, '');

  test.each<Language>(['ky', 'ru', 'en'])('changes everywhere, in %s', async (lang) => {
    const model = aLetter((letter) => {
      letter.figures.lawEnforcement = 671;
      for (const row of [...letter.pattern, ...letter.tables]) row.base = 671;
    });
    const before = wordsOf((await letterIn(lang)).text);
    const after = wordsOf((await letterIn(lang, model)).text);
    const count = (text: string, figure: string) =>
      text.split(new RegExp(`(?<!\\d)${figure}(?!\\d)`)).length - 1;
    expect(count(before, '668')).toBeGreaterThan(20);
    expect(count(after, '668')).toBe(0);
    expect(count(after, '671')).toBe(count(before, '668'));
  });

  test('in one place only stops the letter', async () => {
    const model = aLetter((letter) => {
      letter.figures.lawEnforcement = 671;
    });
    await expect(letterIn('ru', model)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      faults: expect.arrayContaining(['pattern[0].base: expected one of the totals in figures.']),
    });
  });
});

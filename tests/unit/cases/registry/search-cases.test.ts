import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import type { CaseStore } from '../../../../server/cases/ports.ts';
import {
  createSearchCases,
  type SearchPage,
} from '../../../../server/cases/registry/search-cases.ts';
import { aCase } from '../../../builders/case.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

async function searchOver(records: readonly CaseRecord[]) {
  const store = createMemoryCases({ lists });
  await store.insertAll(records);
  return createSearchCases({ store });
}

/** Registry codes of what words find among cases with these stories, in the order of the stories. */
async function found(words: string, stories: Readonly<Record<string, CaseRecord['narrative']>>) {
  const records = Object.entries(stories).map(([registryCode, narrative]) =>
    aCase({ registryCode, narrative }),
  );
  const search = await searchOver(records);
  const page = await search({ words, filter: {}, enough: 100 });
  expect(page).toMatchObject({ opened: records.length, next: null });
  const codes = page.found.map(({ record }) => record.registryCode);
  return Object.keys(stories).filter((code) => codes.includes(code));
}

describe('words are found', () => {
  test.each([
    ['собака', 'Спустили на него собаку.'],
    ['СОБАКИ', 'спустили собак'],
    ['телефон', 'Забрали «Телефон».'],
    ['полиция', 'к полиции не пошёл'],
    ['шел', 'Он шёл домой'],
    ['шёл', 'он шел домой'],
    ['тамак', 'анын тамагы жок'],
    ['китеп', 'китебин алып коюшту'],
    ['көчө', 'кочодо кармашты'],
    ['коче', 'Көчөдө кармашты'],
    ['айнура', 'Айнуру увели'],
    ['рука', 'ударил по рукам'],
    ['незнакомый', 'подошли двое незнакомых'],
    ['Дмитрий', 'отпустили Дмитрия'],
    // Latin letters inside a word, and a whole word of them.
    ['ооо', 'oОo'],
    ['сомов', 'отдал 500 coмов'],
    ['рост', 'POCT 180'],
    ['телефон', 'теле\u00adфон'],
    ['телефон', 'теле\u200bфон'],
    ['телефон', 'телефо\u0301н'],
    ['500', 'взяли 500 сомов'],
    ['12.03.2021', 'это было 12.03.2021.'],
    ['ministry', 'He went to the Ministry'],
    ['сомов взяли', 'Взяли пятьсот сомов'],
  ])('%s in %s', async (words, story) => {
    expect(await found(words, { A: { ru: story }, B: { ru: 'Ничего такого.' } })).toEqual(['A']);
  });

  test('by the beginnings of words only, and all of them', async () => {
    const stories = { A: { ru: 'В переулке стоял автобус' }, B: { ru: 'Автобус уехал' } };
    expect(await found('улок', stories)).toEqual([]);
    expect(await found('автоб', stories)).toEqual(['A', 'B']);
    expect(await found('автобус переулок', stories)).toEqual([]);
    expect(await found('автобус, переул…', stories)).toEqual(['A']);
  });

  test('in every language of a case, and in registry codes', async () => {
    const stories = {
      'BI-2041': { ky: 'Телефонун алды' },
      'OS-7': { en: 'They took the phone', ru: 'Забрали телефон' },
    };
    expect(await found('телефон', stories)).toEqual(['BI-2041', 'OS-7']);
    expect(await found('bi-20', stories)).toEqual(['BI-2041']);
    expect(await found('2041', stories)).toEqual(['BI-2041']);
    const search = await searchOver([aCase({ registryCode: 'X', narrative: stories['OS-7'] })]);
    const { found: cases } = await search({ words: 'phone телефон', filter: {}, enough: 1 });
    expect(cases.map(({ in: places }) => places)).toEqual([['ru', 'en']]);
  });

  test('property: a word is found by each of its beginnings, whatever stands around it', async () => {
    const letters = fc.constantFrom(...'абвгдеёжзийклмнңоөпрстуүфхцчшщыьэюя');
    const word = fc.array(letters, { minLength: 3, maxLength: 12 }).map((all) => all.join(''));
    const sample = fc.record({ word, cut: fc.integer({ min: 2, max: 12 }), upper: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(sample, async ({ word, cut, upper }) => {
        const story = `«${upper ? word.toUpperCase() : word}», сказал он`;
        expect(await found(word.slice(0, cut), { A: { ru: story } })).toEqual(['A']);
      }),
      { numRuns: 60 },
    );
  });
});

test.each(['', ' \n', 'а', '. , «»', `${'слово '.repeat(60)}`, 'аа бб вв гг дд ее жж зз ии кк лл'])(
  'what is no search is refused: %j',
  async (words) => {
    const search = await searchOver([aCase()]);
    await expect(search({ words, filter: {}, enough: 1 })).rejects.toMatchObject({
      code: 'SEARCH_INVALID',
    });
  },
);

test('filters narrow what is opened at all', async () => {
  const narrative = { ru: 'Забрали телефон' };
  const records = ['bishkek', 'osh', 'osh'].map((oblast) => aCase({ oblast, narrative }));
  const search = await searchOver(records);
  const page = await search({ words: 'телефон', filter: { oblasts: ['osh'] }, enough: 10 });
  expect(page.opened).toBe(2);
  expect(page.found.every(({ record }) => record.oblast === 'osh')).toBe(true);
});

test('pages go on where they ended, none is long, and few cases are open at once', async () => {
  const narrative = { ru: 'Ничего такого' };
  const records = Array.from({ length: 5_200 }, (_, i) =>
    aCase(i % 2_600 === 7 ? { narrative: { ru: 'Забрали телефон' } } : { narrative }),
  );
  const limits: number[] = [];
  const watched: Pick<CaseStore, 'page'> = {
    page: async (query) => {
      limits.push(query.limit);
      const from = query.after === undefined ? 0 : Number(query.after);
      const cases = records.slice(from, from + query.limit);
      const next = from + query.limit < records.length ? String(from + query.limit) : null;
      return { cases, next };
    },
  };
  const search = createSearchCases({ store: watched });
  const pages: SearchPage[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const place = after === undefined ? {} : { after };
    const page: SearchPage = await search({ words: 'телефон', filter: {}, enough: 100, ...place });
    pages.push(page);
    after = page.next;
  }
  expect(pages.map(({ opened }) => opened)).toEqual([5_000, 200]);
  expect(pages.flatMap((page) => page.found)).toHaveLength(2);
  expect(Math.max(...limits)).toBeLessThanOrEqual(50);
  // It ends as soon as enough is found.
  const first = await search({ words: 'телефон', filter: {}, enough: 1 });
  expect(first).toMatchObject({ opened: 50, found: [{ in: ['ru'] }] });
});

test('it stops when nobody waits for it any more', async () => {
  const gone = new AbortController();
  let pages = 0;
  const search = createSearchCases({
    store: {
      page: async () => {
        if (++pages === 3) gone.abort(new Error('gone'));
        return { cases: [aCase()], next: 'on' };
      },
    },
  });
  const asked = search({ words: 'телефон', filter: {}, enough: 1, signal: gone.signal });
  await expect(asked).rejects.toThrow('gone');
  expect(pages).toBe(3);
});

import { expect, test } from 'vitest';
import { sha256 } from '../../../server/kernel/digest.ts';
import type { ConfirmedDigest } from '../../../server/letters/grounds/confirmations.ts';
import type { RenderLetterOptions } from '../../../server/letters/render-letter.ts';
import type { GatheredPack } from '../../../server/packs/gather-pack.ts';
import { createPackLetter } from '../../../server/packs/pack-letter.ts';
import type { PackOrder } from '../../../server/packs/pack-order.ts';
import type { PackTexts } from '../../../server/packs/pack-texts.ts';
import { createRenderPack } from '../../../server/packs/render-pack.ts';
import { aLetter, everywhere } from '../../builders/letter.ts';

const ground: ConfirmedDigest = { of: 'ground', digest: sha256('a ground') };
const text: ConfirmedDigest = { of: 'kyrgyz', digest: sha256('a text') };
const order = { filter: {}, letter: aLetter(), sample: true } as unknown as PackOrder;
const gathered = {
  summary: {
    documented: 100,
    lawEnforcement: { count: 50, base: 100 },
    nearOstSites: null,
    byPrimaryPopulation: [],
    acts: [],
    tables: [],
  },
  recurrence: null,
  counted: { selected: [{ month: '2021-02' }], leftOut: [] },
  cases: [],
  media: [],
  presence: null,
  papers: [],
} as unknown as GatheredPack;
const texts: PackTexts = {
  letterTitle: () => everywhere('a letter'),
  annexTitle: everywhere,
  inventoryTitle: everywhere('an inventory'),
  caseTitle: everywhere,
  presenceKind: everywhere,
};

/** What each language's letter was told is confirmed, while somebody goes on confirming. */
async function rendered(options?: { confirmed: readonly ConfirmedDigest[] }) {
  const told: Array<{ ground: boolean; kyrgyz: boolean }> = [];
  let asked = 0;
  const document = {
    pdf: new TextEncoder().encode('%PDF'),
    pages: 1,
    html: '',
    contentSha256: sha256(''),
  };
  const renderPack = createRenderPack({
    renderLetter: async (_model, _lang, { confirmed }: RenderLetterOptions = {}) => {
      told.push({
        ground: confirmed!.some(({ digest }) => digest === ground.digest),
        kyrgyz: confirmed!.some(({ digest }) => digest === text.digest),
      });
      return { ...document, warnings: [], unread: [] };
    },
    renderInventory: async () => document,
    confirmations: async () => (asked++ === 0 ? [{ ...ground, by: 'a lawyer' }] : [ground, text]),
    letterOf: createPackLetter({ texts, keySha256: async () => sha256('a key') }),
    texts,
  });
  const { confirmed } = await renderPack(order, gathered, options);
  return { told, confirmed };
}

test('all languages are rendered with what was confirmed at one moment, which is kept', async () => {
  const { told, confirmed } = await rendered();
  expect(told).toEqual(Array(3).fill({ ground: true, kyrgyz: false }));
  // By whom is not: a recipe needs no names.
  expect(confirmed).toEqual([ground]);
});

test('a pack that is made again is told what was confirmed then', async () => {
  const { told, confirmed } = await rendered({ confirmed: [text] });
  expect(told).toEqual(Array(3).fill({ ground: false, kyrgyz: true }));
  expect(confirmed).toEqual([text]);
});

test('letters get the files of cases and tables where the order asks for it, and only there', async () => {
  const table = {
    name: 'months',
    title: everywhere('months'),
    rows: [],
    csvBytes: Buffer.from('a;b'),
  };
  const withTable = { ...gathered, summary: { ...gathered.summary, tables: [table] } };
  const attached = async (attachFiles?: boolean) => {
    const given: string[][] = [];
    const document = { pdf: Buffer.from('%PDF'), pages: 1, html: '', contentSha256: sha256('') };
    const renderPack = createRenderPack({
      renderLetter: async (_model, _lang, { attachments = [] } = {}) => {
        given.push(attachments.map(({ path, bytes }) => `${path} ${Buffer.from(bytes)}`));
        return { ...document, warnings: [], unread: [] };
      },
      renderInventory: async () => document,
      confirmations: async () => [],
      letterOf: createPackLetter({ texts, keySha256: async () => sha256('a key') }),
      texts,
    });
    const asked = attachFiles === undefined ? order : { ...order, attachFiles };
    await renderPack(asked, withTable as unknown as GatheredPack);
    return given;
  };
  expect(await attached()).toEqual([[], [], []]);
  expect(await attached(false)).toEqual([[], [], []]);
  expect(await attached(true)).toEqual(Array(3).fill(['data/statistics/months.csv a;b']));
});

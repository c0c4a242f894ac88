import { expect, test } from 'vitest';
import type { RedactedAgain } from '../../../server/footage/copy/redact-again.ts';
import { type Sha256, sha256 } from '../../../server/kernel/digest.ts';
import { LetterError } from '../../../server/letters/errors.ts';
import { bagFiles } from '../../../server/packs/bag-files.ts';
import { PackError } from '../../../server/packs/errors.ts';
import type { GatheredPack } from '../../../server/packs/gather-pack.ts';
import type { PackRecipe } from '../../../server/packs/pack-draft.ts';
import type { PackOrder } from '../../../server/packs/pack-order.ts';
import type { RenderedFile } from '../../../server/packs/rendered-file.ts';
import { createReproducePack } from '../../../server/packs/reproduce-pack.ts';
import { aSealedPack } from '../../builders/sealed-pack.ts';

const MEDIA = 'data/media/V-01.mp4';
const LETTER = 'data/letter/complaint.ky.pdf';
const text = (content: string) => new TextEncoder().encode(content);
const VERIFY_FILES = [
  { path: 'verify/VERIFY.txt', bytes: text('how to check\n') },
  { path: 'verify/verify.html', bytes: text('<!doctype html>\n') },
  { path: 'verify/verify.sh', bytes: text('#!/bin/sh\n') },
];

const CONFIRMED_TODAY = [{ of: 'ground' as const, digest: sha256('a ground') }];

/** The rebuilding of a small pack, with what a test wants otherwise. */
async function reproduced(otherwise: {
  letter?: string;
  renderer?: string;
  generator?: string;
  verify?: string;
  media?: RedactedAgain;
  original?: string;
  /** Throws what stands in the way of gathering. */
  gather?: (papers: readonly string[]) => void;
  recipe?: false;
  papers?: readonly string[];
  confirmed?: PackRecipe['confirmed'];
  destroyed?: true;
  destroyedSource?: true;
}) {
  const { draft: whole, bag, sealed } = await aSealedPack();
  const commitments = whole.commitments.map((one) =>
    one.path === null ? { ...one, source: 'recording/r' } : one,
  );
  const recipe = {
    order: {} as PackOrder,
    numbering: '00'.repeat(32),
    renderer: 'printer 1',
    ...(otherwise.papers === undefined ? {} : { papers: otherwise.papers }),
    ...(otherwise.confirmed === undefined ? {} : { confirmed: otherwise.confirmed }),
  };
  const draft = { ...whole, commitments, ...(otherwise.recipe === false ? {} : { recipe }) };
  const openings = new Map(
    new TextDecoder()
      .decode(bag.get('evidence/openings.jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(([salt, item]) => [item.sha256 as string, { salt, item }]),
  );
  const itemOf = new Map(whole.files.map(({ path, sha256: digest }) => [path, digest]));
  const listed = new Map<string, Sha256>(
    [...bag].map(([path, bytes]) => [path, sha256(bytes)] as const),
  );
  const rendered: RenderedFile[] = whole.files
    .filter(({ role }) => role !== 'media')
    .map(({ path, role, mediaType, title }) => ({
      path,
      role: role as RenderedFile['role'],
      mediaType: mediaType as RenderedFile['mediaType'],
      title,
      bytes:
        path === LETTER && otherwise.letter !== undefined ? text(otherwise.letter) : bag.get(path)!,
    }));
  const gathered = {
    counted: { selected: [], leftOut: [] },
    media: [
      {
        exhibit: 'V-01',
        copy: { mediaType: 'video/mp4' },
        recording: { id: 'r', sha256: sha256(otherwise.original ?? 'original') },
      },
    ],
  } as unknown as GatheredPack;
  const reproducePack = createReproducePack({
    packs: {
      draft: async () => draft,
      sealed: async () => sealed,
      opening: async (_id, leaf) => {
        const { path } = commitments.find((one) => one.leaf === leaf)!;
        const item = { class: 'original-media' as const, sha256: sha256('original'), bytes: 8 };
        if (path === null) {
          return otherwise.destroyedSource === true ? null : { salt: '00'.repeat(32), item };
        }
        return otherwise.destroyed === true ? null : openings.get(itemOf.get(path)!)!;
      },
    },
    gatherPack: async (_order, _at, { papers = [] } = {}) => {
      otherwise.gather?.(papers);
      return gathered;
    },
    renderPack: async (_order, _gathered, { confirmed = CONFIRMED_TODAY } = {}) => ({
      // As a letter does: its marks of doubt follow from what was confirmed.
      files: rendered.map((file) =>
        file.path === LETTER && confirmed.length > 0 && otherwise.confirmed !== undefined
          ? { ...file, bytes: text('no mark of doubt') }
          : file,
      ),
      warnings: [],
      confirmed,
      unread: [],
      keySha256: sha256('key'),
    }),
    redactAgain: async () => otherwise.media ?? { sha256: listed.get(MEDIA)!, sameTools: true },
    verifyFiles: async () =>
      VERIFY_FILES.map(({ path, bytes }) => ({
        path,
        bytes: path.endsWith('.sh') ? text(otherwise.verify ?? '#!/bin/sh\n') : bytes,
      })),
    listsOf: async () => listed,
    renderer: async () => otherwise.renderer ?? 'printer 1',
    generator: otherwise.generator ?? whole.generator,
  });
  const files = await reproducePack(draft.id);
  const odd = files.filter(({ result }) => result !== 'EQUAL');
  return odd.map(({ path, result, why }) => [path, why ?? result]);
}

test('what the vault holds gives the pack again', async () => {
  expect(await reproduced({})).toEqual([]);
});

test('what was confirmed only later changes nothing', async () => {
  expect(await reproduced({ confirmed: [] })).toEqual([]);
});

test('a document that comes out otherwise is named, and with it the lists that name it', async () => {
  expect(await reproduced({ letter: 'another' })).toEqual([
    ['bag-info.txt', 'DIFFERENT'],
    [LETTER, 'DIFFERENT'],
    ['evidence/pack.json', 'DIFFERENT'],
    ['manifest-sha256.txt', 'DIFFERENT'],
    ['tagmanifest-sha256.txt', 'DIFFERENT'],
  ]);
});

test('of other versions of the tools nothing is said, unless all is the same', async () => {
  expect(await reproduced({ renderer: 'printer 2' })).toEqual([]);
  const other = await reproduced({ renderer: 'printer 2', letter: 'another' });
  expect(other).toEqual([[LETTER, 'tools-changed']]);
  const dalil = await reproduced({ generator: '9.9.9', verify: '#!/bin/dash\n' });
  expect(dalil).toEqual([
    ['tagmanifest-sha256.txt', 'tools-changed'],
    ['verify/verify.sh', 'tools-changed'],
  ]);
  const copy = { sha256: sha256('another copy'), sameTools: false };
  expect(await reproduced({ media: copy })).toEqual([[MEDIA, 'tools-changed']]);
});

test('a copy that comes out otherwise, or cannot be made alike, is named', async () => {
  const other = await reproduced({ media: { sha256: sha256('another copy'), sameTools: true } });
  expect(other).toContainEqual([MEDIA, 'DIFFERENT']);
  expect(await reproduced({ media: { why: 'plan-gone' } })).toEqual([[MEDIA, 'plan-gone']]);
});

test('a paper that was destroyed leaves its letters NOT CHECKED, and all else is judged', async () => {
  const gone = {
    papers: ['paper'],
    letter: 'a letter without the paper',
    gather: (papers: readonly string[]) => {
      if (papers.length > 0) throw new LetterError('PAPER_UNKNOWN', 'There is no such paper.');
    },
  };
  const letters = [
    ['data/annex/statistics.en.pdf', 'paper-gone'],
    [LETTER, 'paper-gone'],
  ];
  expect(await reproduced(gone)).toEqual(letters);
  const other = { sha256: sha256('another copy'), sameTools: true };
  const found = await reproduced({ ...gone, media: other });
  expect(found).toContainEqual([MEDIA, 'DIFFERENT']);
  expect(found).toEqual(expect.arrayContaining(letters));
  const changed = await reproduced({ ...gone, original: 'another original' });
  expect(changed).toContainEqual([LETTER, 'sources-changed']);
});

test('what was changed, withdrawn or erased is NOT CHECKED, and never called different', async () => {
  const payload = (why: string) => (found: unknown[]) =>
    expect(found).toEqual(
      [
        'data/annex/statistics.en.pdf',
        'data/cases/C-01.json',
        LETTER,
        MEDIA,
        'data/statistics/act.csv',
      ].map((path) => [path, why]),
    );
  payload('sources-changed')(await reproduced({ original: 'another original' }));
  const withdrawn = () => {
    throw new PackError('NARRATIVE_NOT_ALLOWED', 'A picked narrative may not go.');
  };
  payload('sources-changed')(await reproduced({ gather: withdrawn }));
  payload('no-recipe')(await reproduced({ recipe: false }));
  expect(await reproduced({ destroyed: true })).toEqual([
    ['evidence/openings.jsonl', 'salt-destroyed'],
    ['tagmanifest-sha256.txt', 'salt-destroyed'],
  ]);
});

test('where the salt of a source was destroyed, what is equal is equal, and nothing is called changed', async () => {
  expect(await reproduced({ destroyedSource: true })).toEqual([]);
  expect(await reproduced({ destroyedSource: true, letter: 'other' })).toEqual([
    [LETTER, 'salt-destroyed'],
  ]);
});

test('the recipe is not in the pack', async () => {
  const { draft } = await aSealedPack();
  const recipe = { order: {} as PackOrder, numbering: 'ab'.repeat(32), renderer: 'printer 1' };
  const { files } = bagFiles({ ...draft, recipe }, [], VERIFY_FILES);
  for (const { bytes } of files) expect(Buffer.from(bytes).includes('ab'.repeat(32))).toBe(false);
});

import { expect, test } from 'vitest';
import { aCustodyLog, aLogOf } from '../../builders/custody-log.ts';
import { createMemoryCustody } from '../../fakes/memory-custody.ts';

test.each([0, 1, 2, 8, 21])('finds nothing in a log of %i events', async (size) => {
  const { log } = await aLogOf(size);
  const note = await log.checkpoint();
  expect(await log.audit([note])).toEqual({
    intact: true,
    size,
    checkpoints: 2,
  });
});

type Made = Awaited<ReturnType<typeof aLogOf>>;
const replaceEntry = ({ store }: Made, index: number, change: (leaf: string) => string) => {
  const entry = store.entries[index]!;
  store.entries[index] = { ...entry, leaf: change(entry.leaf) };
};

test.each<[string, (made: Made) => void, object]>([
  [
    'a changed role',
    (made) => replaceEntry(made, 5, (leaf) => leaf.replace('lawyer', 'police')),
    { what: 'node-changed', index: 5, level: 0 },
  ],
  [
    'spaces in a leaf',
    (made) => replaceEntry(made, 5, (leaf) => leaf.replace(':', ': ')),
    { what: 'event-malformed', index: 5 },
  ],
  [
    'a changed detail',
    ({ store }) => {
      const { opening, leaf } = store.entries[3]!;
      const detail = { ...opening.detail, at: '2026-11-24T00:00:00.000Z' };
      store.entries[3] = { leaf, opening: { ...opening, detail } };
    },
    { what: 'detail-changed', index: 3 },
  ],
  [
    'two events swapped',
    ({ store }) => {
      const [a, b] = [store.entries[2]!, store.entries[3]!];
      store.entries[2] = b;
      store.entries[3] = a;
    },
    { what: 'node-changed', index: 2, level: 0 },
  ],
  [
    'a changed node',
    ({ store }) => store.nodes.set('2/1', new Uint8Array(32)),
    { what: 'node-changed', index: 7, level: 2 },
  ],
  [
    'an event lost',
    ({ store }) => {
      delete store.entries[4];
    },
    { what: 'event-missing', index: 4 },
  ],
  [
    'the end cut off',
    ({ store }) => {
      store.entries.length = 6;
    },
    { what: 'checkpoint-contradicted', size: 9 },
  ],
  [
    'a checkpoint of somebody else',
    ({ store }) => store.notes.set(9, store.notes.get(9)!.replace('\n9\n', '\n8\n')),
    { what: 'checkpoint-forged', size: 9 },
  ],
])('finds %s', async (_, damage, divergence) => {
  const made = await aLogOf(9);
  await made.log.checkpoint();
  damage(made);
  expect(await made.log.audit()).toMatchObject({ intact: false, divergence });
});

test('a log rewritten as a whole contradicts the checkpoints that others hold', async () => {
  const { log, signer } = await aLogOf(9);
  const outside = await log.checkpoint();
  const rewritten = aCustodyLog(createMemoryCustody(), signer).log;
  for (let i = 0; i < 12; i++) {
    await rewritten.record({ kind: 'received', role: 'lawyer', detail: i });
  }
  expect(await rewritten.audit()).toMatchObject({ intact: true });
  expect(await rewritten.audit([outside])).toMatchObject({
    intact: false,
    divergence: { what: 'checkpoint-contradicted', size: 9 },
  });
});

test('is not fooled by a note in the name of the log', async () => {
  const { log } = await aLogOf(2);
  const stranger = await aCustodyLog(createMemoryCustody()).log.checkpoint();
  expect(await log.audit([stranger])).toMatchObject({
    divergence: { what: 'checkpoint-forged', size: null },
  });
});

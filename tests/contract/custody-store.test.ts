import { describe, expect, test } from 'vitest';
import { createSqliteCustody } from '../../server/adapters/sqlite/sqlite-custody.ts';
import type { CustodyEntry, CustodyStore } from '../../server/custody/ports.ts';
import { aVault } from '../builders/open-vault.ts';
import { createMemoryCustody } from '../fakes/memory-custody.ts';

const STORES: Record<string, () => Promise<CustodyStore>> = {
  memory: async () => createMemoryCustody(),
  sqlite: async () => {
    const { database, vault } = await aVault();
    return createSqliteCustody({ database, sealer: vault.sealer });
  },
};

const anEntry = (n: number): CustodyEntry => ({
  leaf: `{"n":${n}}`,
  opening: {
    salt: n.toString(16).padStart(64, '0'),
    detail: {
      at: '2026-11-23T10:15:30.250Z',
      about: { text: 'өзгөчө', list: [null, 1.5, true] },
    },
  },
});
const hashOf = (n: number) => new Uint8Array(32).fill(n);

describe.each(Object.keys(STORES))('a custody store: %s', (name) => {
  const open = () => STORES[name]!();

  test('begins empty', async () => {
    const store = await open();
    expect(await store.size()).toBe(0);
    expect(await store.leaf(0)).toBeNull();
    expect(await store.entry(0)).toBeNull();
    expect(await store.node({ level: 0, position: 0 })).toBeNull();
    expect(await store.checkpoints()).toEqual([]);
  });

  test('gives back entries and nodes', async () => {
    const store = await open();
    const nodes = [
      { level: 0, position: 1, hash: hashOf(2) },
      { level: 1, position: 0, hash: hashOf(3) },
    ];
    await store.append(0, anEntry(0), [{ level: 0, position: 0, hash: hashOf(1) }]);
    expect(await store.append(1, anEntry(1), nodes)).toBe(true);
    expect(await store.size()).toBe(2);
    expect(await store.leaf(1)).toBe(anEntry(1).leaf);
    expect(await store.entry(1)).toEqual(anEntry(1));
    expect(await store.node({ level: 1, position: 0 })).toEqual(hashOf(3));
    expect(await store.node({ level: 1, position: 1 })).toBeNull();
  });

  test('adds nothing but the next entry', async () => {
    const store = await open();
    const node = { level: 0, position: 0, hash: hashOf(1) };
    expect(await store.append(1, anEntry(1), [node])).toBe(false);
    expect(await store.append(0, anEntry(0), [node])).toBe(true);
    expect(await store.append(0, anEntry(9), [{ ...node, hash: hashOf(9) }])).toBe(false);
    expect(await store.size()).toBe(1);
    expect(await store.entry(0)).toEqual(anEntry(0));
    expect(await store.node(node)).toEqual(hashOf(1));
  });

  test('of several at once only one becomes the next', async () => {
    const store = await open();
    const node = { level: 0, position: 0, hash: hashOf(1) };
    const added = await Promise.all([0, 1, 2, 3].map((n) => store.append(0, anEntry(n), [node])));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await store.size()).toBe(1);
  });

  test('keeps the first checkpoint of each size', async () => {
    const store = await open();
    for (const [size, note] of [
      [5, 'five'],
      [2, 'two'],
      [5, 'again'],
    ] as const) {
      await store.keepCheckpoint(size, note);
    }
    expect(await store.checkpoints()).toEqual([
      { size: 2, note: 'two' },
      { size: 5, note: 'five' },
    ]);
  });
});

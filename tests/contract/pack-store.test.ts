import { beforeAll, describe, expect, test } from 'vitest';
import { createSqlitePacks } from '../../server/adapters/sqlite/sqlite-packs.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { commitItems } from '../../server/packs/commit-items.ts';
import type { PackDraft, SaltedItem, SealedPack } from '../../server/packs/pack-draft.ts';
import type { PackStore } from '../../server/packs/ports.ts';
import { aVault } from '../builders/open-vault.ts';
import { aSealedPack } from '../builders/sealed-pack.ts';
import { createMemoryPacks } from '../fakes/memory-packs.ts';

const STORES: Record<string, () => Promise<PackStore>> = {
  memory: async () => createMemoryPacks(),
  sqlite: async () => {
    const { database, vault } = await aVault();
    return createSqlitePacks({ database, sealer: vault.sealer });
  },
};

let whole: PackDraft;
let result: SealedPack;
beforeAll(async () => {
  const pack = await aSealedPack();
  whole = pack.draft;
  result = pack.sealed;
});

/** A draft of that id with so many withheld items, and what opens them. */
function aDraft(id: string, sealedAt = '2026-01-02T03:04:05Z', items = 2) {
  const { salted, commitments } = commitItems(
    Array.from({ length: items }, (_, i) => ({
      source: `case/${i}`,
      item: { class: 'source-case' as const, sha256: result.statementSha256, bytes: i },
      path: null,
    })),
    systemRandom,
  );
  return { draft: { ...whole, id, sealedAt, commitments }, salted };
}
const openingOf = ({ salt, item }: SaltedItem) => ({ salt, item });

describe.each(Object.keys(STORES))('a pack store: %s', (name) => {
  const open = () => STORES[name]!();

  test('gives back a draft, by its id and by what asked for it', async () => {
    const store = await open();
    const { draft, salted } = aDraft('EP-one');
    await store.addDraft(draft, salted, 'request-one');
    expect(await store.draft('EP-one')).toEqual(draft);
    expect(await store.draftFor('request-one')).toBe('EP-one');
    expect(await store.draftFor('request-two')).toBeNull();
    expect(await store.sealed('EP-one')).toBeNull();
  });

  test('knows no pack that it was not given', async () => {
    const store = await open();
    const unknown = { code: 'PACK_UNKNOWN' };
    await expect(store.draft('EP-none')).rejects.toMatchObject(unknown);
    await expect(store.sealed('EP-none')).rejects.toMatchObject(unknown);
    await expect(store.destroyOpening('EP-none', 'leaf')).rejects.toMatchObject(unknown);
    expect(await store.opening('EP-none', 'leaf')).toBeNull();
  });

  test('one request leads to one draft: a second is refused whole', async () => {
    const store = await open();
    const first = aDraft('EP-one');
    const second = aDraft('EP-two');
    await store.addDraft(first.draft, first.salted, 'request');
    await expect(store.addDraft(second.draft, second.salted, 'request')).rejects.toThrow();
    await expect(store.draft('EP-two')).rejects.toMatchObject({ code: 'PACK_UNKNOWN' });
    const { leaf } = second.draft.commitments[0]!;
    expect(await store.opening('EP-two', leaf)).toBeNull();
  });

  test('opens each commitment by itself, until its salt is destroyed', async () => {
    const store = await open();
    const { draft, salted } = aDraft('EP-one', undefined, 2_500);
    await store.addDraft(draft, salted);
    for (const at of [0, 999, 1_000, 2_499]) {
      const { source, leaf } = draft.commitments[at]!;
      const item = salted.find((one) => one.source === source)!;
      expect(await store.opening('EP-one', leaf)).toEqual(openingOf(item));
    }
    const [gone, kept] = [draft.commitments[0]!, draft.commitments[1]!];
    await store.destroyOpening('EP-one', gone.leaf);
    await store.destroyOpening('EP-one', gone.leaf);
    expect(await store.opening('EP-one', gone.leaf)).toBeNull();
    expect(await store.opening('EP-one', kept.leaf)).not.toBeNull();
    expect(await store.draft('EP-one')).toEqual(draft);
  });

  test('knows which pack a sealed one takes the place of; a draft takes none', async () => {
    const store = await open();
    const { draft, salted } = aDraft('EP-two');
    await store.addDraft({ ...draft, supersedes: result.statementSha256 }, salted);
    expect(await store.isSuperseded(result.statementSha256)).toBe(false);
    await store.saveSealed({ ...result, id: 'EP-two' });
    expect(await store.isSuperseded(result.statementSha256)).toBe(true);
    expect(await store.isSuperseded(result.signerSha256)).toBe(false);
  });

  test('knows with which papers a draft and a sealed pack were made', async () => {
    const store = await open();
    const recipe = { papers: ['paper-1', 'paper-2'] } as unknown as PackDraft['recipe'];
    for (const id of ['EP-draft', 'EP-sealed']) {
      const { draft, salted } = aDraft(id);
      await store.addDraft({ ...draft, recipe: recipe! }, salted);
    }
    await store.saveSealed({ ...result, id: 'EP-sealed' });
    expect(await store.papersOfPacks()).toEqual([
      { pack: 'EP-draft', isSealed: false, papers: ['paper-1', 'paper-2'] },
      { pack: 'EP-sealed', isSealed: true, papers: ['paper-1', 'paper-2'] },
    ]);
  });

  test('lists the newest draft first, and what each became', async () => {
    const store = await open();
    for (const [id, day] of [
      ['EP-b', '02'],
      ['EP-c', '01'],
      ['EP-a', '02'],
    ] as const) {
      const { draft, salted } = aDraft(id, `2026-01-${day}T00:00:00Z`);
      await store.addDraft(draft, salted);
    }
    const sealed = { ...result, id: 'EP-b' };
    await store.saveSealed(sealed);
    expect(await store.sealed('EP-b')).toEqual(sealed);
    const listed = await store.list(2);
    expect(listed).toEqual([
      { id: 'EP-a', draftedAtMs: Date.UTC(2026, 0, 2), sealed: null },
      { id: 'EP-b', draftedAtMs: Date.UTC(2026, 0, 2), sealed },
    ]);
    expect(await store.list(9)).toHaveLength(3);
  });
});

test('nothing that a draft says of files and cases can be read in the database', async () => {
  const { database, vault } = await aVault();
  const store = createSqlitePacks({ database, sealer: vault.sealer });
  const { draft, salted } = aDraft('EP-one');
  await store.addDraft(draft, salted, 'request');
  await store.saveSealed({ ...result, id: 'EP-one' });
  const rows = [
    ...(await database.selectFrom('packs').selectAll().execute()),
    ...(await database.selectFrom('pack_openings').selectAll().execute()),
  ];
  const bytes = Buffer.concat(
    rows.flatMap((row) => Object.values(row).map((cell) => Buffer.from(String(cell)))),
  ).toString();
  const sealedCells = Buffer.concat(
    rows.flatMap((row) =>
      Object.values(row).filter((cell): cell is Uint8Array => cell instanceof Uint8Array),
    ),
  ).toString('latin1');
  for (const secret of [draft.files[0]!.path, salted[0]!.salt, 'case/0', result.statement]) {
    expect(bytes).not.toContain(secret);
    expect(sealedCells).not.toContain(secret);
  }
});

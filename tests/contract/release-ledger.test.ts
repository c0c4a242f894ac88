import { describe, expect, test } from 'vitest';
import { createSqliteReleaseLedger } from '../../server/adapters/sqlite/sqlite-release-ledger.ts';
import type { ReleaseLedger } from '../../server/cases/disclosure/ports.ts';
import type { Release } from '../../server/cases/disclosure/release.ts';
import { aVault } from '../builders/open-vault.ts';
import { createMemoryReleaseLedger } from '../fakes/memory-release-ledger.ts';

const STORES: Record<string, () => Promise<ReleaseLedger>> = {
  memory: async () => createMemoryReleaseLedger(),
  sqlite: async () => {
    const { database, vault } = await aVault();
    return createSqliteReleaseLedger({ database, sealer: vault.sealer });
  },
};

function aRelease(pack: string): Release {
  return {
    pack,
    releasedAt: '2026-01-10T06:00:00Z',
    recipient: 'mvd',
    scope: 'scope',
    cells: [
      { table: 'total', code: 'documented', minimum: 5, cases: ['one', 'two', 'three'] },
      { table: 'readiness', code: 'ready', minimum: 5, cases: ['three', 'one'] },
    ],
    narratives: [{ case: 'two', sha256: 'a'.repeat(64) }],
    media: ['b'.repeat(64)],
  };
}

describe.each(Object.keys(STORES))('a release ledger: %s', (name) => {
  const open = () => STORES[name]!();

  test('gives back what was recorded, in order', async () => {
    const ledger = await open();
    expect(await ledger.releases()).toEqual([]);
    await ledger.add(aRelease('EP-1'), 0);
    await ledger.add(aRelease('EP-2'), 1);
    expect(await ledger.releases()).toEqual([aRelease('EP-1'), aRelease('EP-2')]);
  });

  test('of two that were checked at once records one', async () => {
    const ledger = await open();
    await ledger.add(aRelease('EP-1'), 0);
    await expect(ledger.add(aRelease('EP-2'), 0)).rejects.toMatchObject({ code: 'LEDGER_MOVED' });
    expect(await ledger.releases()).toEqual([aRelease('EP-1')]);
  });
});

test('no id of a case and no figure stands open in the database; a lost row is noticed', async () => {
  const { database, vault } = await aVault();
  const ledger = createSqliteReleaseLedger({ database, sealer: vault.sealer });
  await ledger.add(aRelease('EP-1'), 0);
  await ledger.add(aRelease('EP-2'), 1);
  const rows = await database.selectFrom('releases').selectAll().execute();
  for (const { sealed } of rows) {
    expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/three|readiness|EP-/);
  }
  await database.deleteFrom('releases').where('number', '=', 1).execute();
  await expect(ledger.releases()).rejects.toMatchObject({ code: 'LEDGER_INCOMPLETE' });
});

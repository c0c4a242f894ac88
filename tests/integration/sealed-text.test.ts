import { describe, expect, test } from 'vitest';
import { aVault } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

describe('sealed texts', () => {
  const place = { table: 'cases', row: '1', field: 'narrative' };

  test('open where they were sealed, and nowhere else', async () => {
    const { vault } = await aVault();
    const text = 'Өзгөчө «окуя» 😀';
    const sealed = vault.sealer.seal(place, text);
    expect(vault.sealer.open(place, sealed)).toBe(text);
    expect(vault.sealer.open(place, vault.sealer.seal(place, ''))).toBe('');
    expect(Buffer.compare(vault.sealer.seal(place, text), sealed)).not.toBe(0);
    const damaged = expect.objectContaining({ code: 'SEALED_TEXT_DAMAGED' });
    for (const other of [
      { ...place, table: 'notes' },
      { ...place, row: '2' },
      { ...place, field: 'name' },
      { table: 'cases', row: '1","narrative', field: '' },
    ]) {
      expect(() => vault.sealer.open(other, sealed)).toThrow(damaged);
    }
    for (let at = 0; at < sealed.length; at++) {
      const bent = sealed.with(at, sealed[at]! ^ 1);
      expect(() => vault.sealer.open(place, bent)).toThrow(damaged);
      expect(() => vault.sealer.open(place, sealed.subarray(0, at))).toThrow(damaged);
    }
    expect(() => vault.sealer.seal(place, 'half a sign \ud83d')).toThrow(TypeError);
  });

  test('of one vault do not open in another', async () => {
    const dataDirs = [aTemporaryFolder(), aTemporaryFolder()];
    const [a, b] = await Promise.all(dataDirs.map((dataDir) => aVault(dataDir)));
    const sealed = a!.vault.sealer.seal(place, 'x');
    expect(() => b!.vault.sealer.open(place, sealed)).toThrow();
    expect(a!.vault.namer.nameFor('x')).not.toBe(b!.vault.namer.nameFor('x'));
  });
});

test('names tell equal inputs from unequal ones, whatever the order of keys', async () => {
  const { namer } = (await aVault()).vault;
  expect(namer.nameFor({ a: 1, b: [2] })).toBe(namer.nameFor({ b: [2], a: 1 }));
  expect(namer.nameFor({ a: 1 })).not.toBe(namer.nameFor({ a: '1' }));
  expect(namer.nameFor({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
});

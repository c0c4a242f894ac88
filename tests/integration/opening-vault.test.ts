import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openVault } from '../../server/adapters/vault/vault.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import { aDatabase } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

const PASSPHRASE = 'дом у реки, Ош 2021';

describe('opening the vault', () => {
  test('the passphrase that made it opens it again, however its letters are composed', async () => {
    const dataDir = aTemporaryFolder();
    const database = await aDatabase(dataDir);
    const passphrase = 'Йожик в тумане';
    const first = (await openVault({
      dataDir,
      database,
      passphrase: passphrase.normalize('NFC'),
    }))!;
    const { id } = await first.blobs.put([Buffer.from('secret')]);
    const name = first.namer.nameFor({ a: 1 });
    const again = await aDatabase(dataDir);
    const second = (await openVault({
      dataDir,
      database: again,
      passphrase: passphrase.normalize('NFD'),
    }))!;
    expect(Buffer.from(await readAll(second.blobs.read(id))).toString()).toBe('secret');
    expect(second.namer.nameFor({ a: 1 })).toBe(name);
  });

  test('a wrong secret is refused in one sentence and changes nothing', async () => {
    const dataDir = aTemporaryFolder();
    const database = await aDatabase(dataDir);
    await openVault({ dataDir, database, passphrase: PASSPHRASE });
    const before = await database.selectFrom('vault_wraps').selectAll().execute();
    const wrong = openVault({
      dataDir,
      database,
      passphrase: `${PASSPHRASE}!`,
    });
    await expect(wrong).rejects.toMatchObject({
      name: 'VaultError',
      code: 'WRONG_PASSPHRASE',
    });
    const keyFile = path.join(aTemporaryFolder(), 'key');
    writeFileSync(keyFile, randomBytes(32));
    const other = openVault({ dataDir, database, keyFile });
    await expect(other).rejects.toMatchObject({ code: 'OTHER_SECRET' });
    expect(await database.selectFrom('vault_wraps').selectAll().execute()).toEqual(before);
  });

  test('a wrong, missing or unfit key file is refused', async () => {
    const dataDir = aTemporaryFolder();
    const database = await aDatabase(dataDir);
    const folder = aTemporaryFolder();
    const keyFile = path.join(folder, 'right');
    writeFileSync(keyFile, randomBytes(32));
    await openVault({ dataDir, database, keyFile });
    const cases: [string, Buffer, string][] = [
      ['wrong', randomBytes(32), 'WRONG_KEY_FILE'],
      ['longer', Buffer.concat([readFileSync(keyFile), Buffer.of(10)]), 'WRONG_KEY_FILE'],
      ['short', randomBytes(31), 'KEY_FILE_UNREADABLE'],
      ['huge', Buffer.alloc(2 * 1024 * 1024), 'KEY_FILE_UNREADABLE'],
    ];
    for (const [name, bytes, code] of cases) {
      const file = path.join(folder, name);
      writeFileSync(file, bytes);
      await expect(openVault({ dataDir, database, keyFile: file })).rejects.toMatchObject({ code });
    }
    for (const file of [path.join(folder, 'nowhere'), folder]) {
      const error = await openVault({ dataDir, database, keyFile: file }).catch((e) => e);
      expect(error.code).toBe('KEY_FILE_UNREADABLE');
      expect(error.message).not.toContain(folder);
    }
  });

  test('without a secret it stays locked and nothing is made', async () => {
    const dataDir = aTemporaryFolder();
    const database = await aDatabase(dataDir);
    expect(await openVault({ dataDir, database })).toBeNull();
    expect(await database.selectFrom('vault_wraps').selectAll().execute()).toEqual([]);
    expect(existsSync(path.join(dataDir, 'blobs'))).toBe(false);
  });

  test('two secrets, or a passphrase too short, are refused', async () => {
    const options = {
      dataDir: aTemporaryFolder(),
      database: await aDatabase(),
    };
    const both = openVault({
      ...options,
      passphrase: PASSPHRASE,
      keyFile: 'x',
    });
    await expect(both).rejects.toMatchObject({ code: 'TWO_SECRETS' });
    const short = openVault({ ...options, passphrase: 'семьзна' });
    await expect(short).rejects.toMatchObject({ code: 'PASSPHRASE_TOO_SHORT' });
  });

  test('two processes that make it at once make one vault', async () => {
    const dataDir = aTemporaryFolder();
    const [a, b] = [await aDatabase(dataDir), await aDatabase(dataDir)];
    const [one, two] = await Promise.all(
      [a, b].map((database) => openVault({ dataDir, database, passphrase: PASSPHRASE })),
    );
    expect(one!.namer.nameFor('x')).toBe(two!.namer.nameFor('x'));
    const { id } = await one!.blobs.put([Buffer.of(7)]);
    expect(await readAll(two!.blobs.read(id))).toEqual(Uint8Array.of(7));
  });

  test('a wrap changed in the database does not open, nor exhausts the memory', async () => {
    const dataDir = aTemporaryFolder();
    const database = await aDatabase(dataDir);
    await openVault({ dataDir, database, passphrase: PASSPHRASE });
    for (const change of [{ memory_kib: 2 ** 31 }, { passes: 1_000_000 }, { passes: 2 }]) {
      await database.updateTable('vault_wraps').set(change).execute();
      const opening = openVault({ dataDir, database, passphrase: PASSPHRASE });
      await expect(opening).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
    }
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSqliteCustody } from '../../server/adapters/sqlite/sqlite-custody.ts';
import { openVault } from '../../server/adapters/vault/vault.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import { aCustodyLog } from '../builders/custody-log.ts';
import { aDatabase } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// A process that puts blobs and records them, and says so only when both are done.
const WRITER = `
  const [server, dataDir, keyFile] = process.argv.slice(1);
  const { openDatabase } = await import(server + '/adapters/sqlite/sqlite-database.ts');
  const { createSqliteCustody } = await import(server + '/adapters/sqlite/sqlite-custody.ts');
  const { openVault } = await import(server + '/adapters/vault/vault.ts');
  const { createCustodyLog } = await import(server + '/custody/custody-log.ts');
  const { systemClock } = await import(server + '/kernel/time.ts');
  const { systemRandom } = await import(server + '/kernel/ids.ts');
  const database = await openDatabase({ dataDir });
  const vault = await openVault({ dataDir, database, keyFile });
  const log = createCustodyLog({
    store: createSqliteCustody({ database, sealer: vault.sealer }),
    signer: await vault.keys.signer('custody'),
    clock: systemClock,
    random: systemRandom,
    origin: 'log.example/dalil',
  });
  for (;;) {
    const { id, sha256 } = await vault.blobs.put([systemRandom(1 + Math.floor(Math.random() * 3e6))]);
    const { index } = await log.record({ kind: 'received', role: 'system', detail: { id } });
    process.stdout.write(JSON.stringify({ id, sha256, index }) + '\\n');
  }
`;

function startWriter(dataDir: string, keyFile: string): ChildProcess & { said: () => string } {
  const server = path.resolve(import.meta.dirname, '../../server');
  const args = ['--input-type=module', '-e', WRITER, server, dataDir, keyFile];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.on('data', (part) => {
    output += part;
  });
  return Object.assign(child, { said: () => output });
}

test('what processes acknowledged is whole after they were killed, two at a time', async () => {
  const dataDir = aTemporaryFolder();
  const keyFile = path.join(aTemporaryFolder(), 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  let output = '';
  for (let round = 0; round < 4; round++) {
    const writers = [startWriter(dataDir, keyFile), startWriter(dataDir, keyFile)];
    const deadlineMs = Date.now() + 30_000;
    while (writers.some((writer) => writer.said().split('\n').length < 4)) {
      if (Date.now() > deadlineMs) throw new Error('a writer does not write');
      await wait(5);
    }
    await wait(Math.random() * 30);
    const gone = writers.map((writer) => once(writer, 'close'));
    for (const writer of writers) writer.kill('SIGKILL');
    await Promise.all(gone);
    // The last line may have been cut by the kill: it was then not acknowledged.
    for (const writer of writers) output += writer.said().replace(/[^\n]*$/, '');
  }
  const acknowledged: { id: string; sha256: string; index: number }[] = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(acknowledged.length).toBeGreaterThanOrEqual(24);

  const database = await aDatabase(dataDir);
  const vault = (await openVault({ dataDir, database, keyFile }))!;
  const store = createSqliteCustody({ database, sealer: vault.sealer });
  const { log } = aCustodyLog(store, await vault.keys.signer('custody'));
  for (const { id, sha256, index } of acknowledged) {
    const bytes = await readAll(vault.blobs.read(id));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect((await log.opening(index)).detail.about).toEqual({ id });
  }
  expect(new Set(acknowledged.map(({ index }) => index)).size).toBe(acknowledged.length);
  expect(await log.audit()).toMatchObject({ intact: true });
  // Nothing has a row that is not whole, and nothing unfinished is left.
  for (const { id } of await database.selectFrom('blobs').select('id').execute()) {
    expect(await readAll(vault.blobs.read(id))).toHaveLength(await vault.blobs.sizeOf(id));
  }
  expect(readdirSync(path.join(dataDir, 'blobs')).filter((name) => /tmp$/.test(name))).toEqual([]);
});

import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteCustody } from '../../server/adapters/sqlite/sqlite-custody.ts';
import { createSqliteJobs } from '../../server/adapters/sqlite/sqlite-jobs.ts';
import { createJobs } from '../../server/jobs/jobs.ts';
import type { JsonValue } from '../../server/kernel/canonical-json.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { systemClock } from '../../server/kernel/time.ts';
import { aCustodyLog } from '../builders/custody-log.ts';
import { aVault } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

test('what unfinished writes of dead processes left is swept, what lives stays', async () => {
  const dataDir = aTemporaryFolder();
  const folder = path.join(dataDir, 'blobs');
  mkdirSync(folder);
  const dead = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  const alive = process.ppid;
  for (const pid of [dead, alive]) writeFileSync(path.join(folder, `abc.${pid}.tmp`), 'x');
  const { vault } = await aVault(dataDir);
  expect(readdirSync(folder)).toEqual([`abc.${alive}.tmp`]);
  async function* breaksOff() {
    yield randomBytes(3_000_000);
    throw new Error('gone');
  }
  await expect(vault.blobs.put(breaksOff())).rejects.toThrow('gone');
  expect(readdirSync(folder)).toEqual([`abc.${alive}.tmp`]);
});

test('sha256sum agrees on the digest of a blob', async () => {
  const { vault } = await aVault();
  const bytes = randomBytes(2_500_000);
  const { sha256 } = await vault.blobs.put([bytes]);
  const printed = execFileSync('sha256sum', { input: bytes, encoding: 'utf8' });
  expect(printed.slice(0, 64)).toBe(sha256);
});

test('nothing that went in can be found in the data folder', async () => {
  const { dataDir, database, vault } = await aVault();
  const narrative = 'КАНАРЕЙКА: Илима увезли в УАЗе от пункта на Чуй-1';
  const original = Buffer.from(`ftypisom CANARY ${'кадр '.repeat(40_000)}`);
  const { id, sha256 } = await vault.blobs.put([original]);
  const { log } = aCustodyLog(
    createSqliteCustody({ database, sealer: vault.sealer }),
    await vault.keys.signer('custody'),
  );
  await log.record({
    kind: 'received',
    role: 'lawyer',
    detail: { narrative, sha256 },
  });
  await log.checkpoint();
  await vault.keys.signer('pack');
  const store = createSqliteJobs({ database, sealer: vault.sealer });
  const handlers = new Map([['echo', async (input: JsonValue) => ({ echo: input })]]);
  const jobs = createJobs({
    store,
    handlers,
    ...vault,
    clock: systemClock,
    random: systemRandom,
  });
  const job = await jobs.submit('echo', {
    narrative,
    sha256,
    sizeBytes: original.length,
  });
  await jobs.run(job.id);

  const everything = allBytes(dataDir);
  // What must be there is: these are the right files.
  for (const known of [id, job.id, 'received', 'BEGIN PUBLIC KEY']) {
    expect(everything.includes(known), known).toBe(true);
  }
  const secrets = ['КАНАРЕЙКА', 'CANARY', 'кадр', 'PRIVATE', sha256, String(original.length)];
  for (const secret of secrets) expect(everything.includes(secret), secret).toBe(false);
  expect(everything.includes(Buffer.from(sha256, 'hex'))).toBe(false);
  expect(everything.includes(Buffer.from(sha256, 'hex').toString('base64'))).toBe(false);
});

test('the key of a destroyed blob is in no file any more', async () => {
  const { dataDir, database, vault } = await aVault();
  const { id } = await vault.blobs.put([randomBytes(100_000)]);
  await vault.blobs.put([randomBytes(10)]);
  const file = path.join(dataDir, 'blobs', id.slice(0, 2), id);
  const row = await database
    .selectFrom('blobs')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const [wrapped, sealed] = [Buffer.from(row.wrapped_key), Buffer.from(row.sealed)];
  expect(allBytes(dataDir).includes(wrapped)).toBe(true);
  await vault.blobs.destroy(id);
  expect(existsSync(file)).toBe(false);
  const left = allBytes(dataDir);
  expect(left.includes(wrapped)).toBe(false);
  expect(left.includes(sealed)).toBe(false);
});

test('nobody else on the machine may read the data folder', async () => {
  const parent = aTemporaryFolder();
  const { dataDir, vault } = await aVault(path.join(parent, 'data'));
  await vault.blobs.put([Buffer.of(1)]);
  const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  for (const name of ['.', ...names]) {
    expect(statSync(path.join(dataDir, name)).mode & 0o077, name).toBe(0);
  }
});

test.each([
  { files: 4_000, bytes: 5_000_000 },
  // So much is written by another thread.
  { files: 50_000, bytes: 60_000_000 },
])('a disk that is full below $bytes bytes is said so, and nothing half-stored remains', (size) => {
  const dataDir = aTemporaryFolder();
  // A limit on the size of files stands for the end of the disk: writing fails at the same calls.
  const script = `
    import { readFileSync, readdirSync } from 'node:fs';
    const { openDatabase } = await import(process.argv[1] + '/sqlite/sqlite-database.ts');
    const { openVault } = await import(process.argv[1] + '/vault/vault.ts');
    const dataDir = process.argv[2];
    const database = await openDatabase({ dataDir });
    const vault = await openVault({ dataDir, database, passphrase: 'long enough' });
    const full = await vault.blobs.put([new Uint8Array(${size.bytes})]).catch((error) => error);
    const small = await vault.blobs.put([new Uint8Array(5)]);
    const rows = await database.selectFrom('blobs').select('id').execute();
    const files = readdirSync(dataDir + '/blobs', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile()).map((entry) => entry.name);
    console.log(JSON.stringify({ code: full.code, message: full.message, small: small.id, rows, files }));
  `;
  const adapters = path.resolve(import.meta.dirname, '../../server/adapters');
  const limited = `trap '' XFSZ; ulimit -f ${size.files}; exec "$@"`;
  const ran = spawnSync(
    'sh',
    ['-c', limited, 'sh', process.execPath, '--input-type=module', '-e', script, adapters, dataDir],
    { encoding: 'utf8' },
  );
  expect(ran.stderr).toBe('');
  const told = JSON.parse(ran.stdout);
  expect(told.code).toBe('STORAGE_FULL');
  expect(told.message).not.toContain(dataDir);
  expect(told.rows).toEqual([{ id: told.small }]);
  expect(told.files).toEqual([told.small]);
});

function allBytes(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
  expect(files.length).toBeGreaterThan(1);
  return Buffer.concat(files);
}

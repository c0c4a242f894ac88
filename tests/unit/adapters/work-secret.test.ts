import { chmodSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createWorkSecret } from '../../../server/adapters/work-secret.ts';
import { aTemporaryFolder } from '../../builders/temporary-folder.ts';

const inFolder = () => path.join(aTemporaryFolder(), 'dalil');

test('a secret is made once, for its user alone, and stays', async () => {
  const folder = inFolder();
  expect(await createWorkSecret(folder).find()).toBeNull();
  const made = await createWorkSecret(folder).make();
  expect(made).toHaveLength(32);
  expect(await createWorkSecret(folder).find()).toEqual(made);
  expect(await createWorkSecret(folder).make()).toEqual(made);
  expect(readdirSync(folder)).toEqual(['work-secret']);
  expect(statSync(path.join(folder, 'work-secret')).mode & 0o777).toBe(0o600);
  expect(await createWorkSecret(inFolder()).make()).not.toEqual(made);
});

test('several that make it at once have the same', async () => {
  for (let round = 0; round < 40; round++) {
    const folder = inFolder();
    const made = await Promise.all([1, 2, 3, 4].map(() => createWorkSecret(folder).make()));
    for (const secret of made) expect(secret).toEqual(made[0]);
    expect(made[0]).not.toBeNull();
  }
});

test.each<[string, (file: string, folder: string) => void]>([
  ['that others can read', (file) => chmodSync(file, 0o644)],
  ['in a folder in which others can write', (_, folder) => chmodSync(folder, 0o777)],
  ['of other length', (file) => writeFileSync(file, 'short')],
  ['that is older than a week', (file) => utimesSync(file, 1, Date.now() / 1000 - 8 * 86_400)],
])('a secret %s is none', async (_, spoil) => {
  const folder = inFolder();
  await createWorkSecret(folder).make();
  spoil(path.join(folder, 'work-secret'), folder);
  expect(await createWorkSecret(folder).find()).toBeNull();
});

test('one that is too old is made anew', async () => {
  const folder = inFolder();
  const old = await createWorkSecret(folder).make();
  const inAWeek = () => Date.now() + 8 * 86_400_000;
  expect(await createWorkSecret(folder, inAWeek).find()).toBeNull();
  utimesSync(path.join(folder, 'work-secret'), 1, 1);
  const made = await createWorkSecret(folder).make();
  expect(made).not.toBeNull();
  expect(made).not.toEqual(old);
});

test('a link is no secret, and where none can be written there is none', async () => {
  const folder = aTemporaryFolder();
  writeFileSync(path.join(folder, 'elsewhere'), new Uint8Array(32), { mode: 0o600 });
  symlinkSync('elsewhere', path.join(folder, 'work-secret'));
  expect(await createWorkSecret(folder).find()).toBeNull();
  expect(await createWorkSecret(path.join(folder, 'elsewhere', 'dalil')).make()).toBeNull();
  expect(await createWorkSecret('/proc/nope/dalil').make()).toBeNull();
});

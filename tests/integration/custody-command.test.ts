import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

test('a checkpoint kept elsewhere shows that the end of the log was cut', async () => {
  const dataDir = temporaryFolder();
  const env = { DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: `${dataDir}.key` };
  const record = async (events: number) => {
    const { house, open } = await openHouse({ dataDir });
    for (let i = 0; i < events; i++) {
      await open.custody.record({ kind: 'reviewed', role: 'lawyer', detail: { i } });
    }
    await house.close();
  };
  const elsewhere = path.join(temporaryFolder(), 'checkpoint.txt');
  const database = path.join(dataDir, 'dalil.sqlite');
  const earlier = path.join(temporaryFolder(), 'earlier.sqlite');

  await record(5);
  copyFileSync(database, earlier);
  await record(4);
  const signed = await runDalil(['custody', 'checkpoint'], env);
  expect(signed.code).toBe(0);
  expect(signed.out).toMatch(/^dalil\/custody\n9\n[A-Za-z0-9+/]{43}=\n\n— dalil\/custody \S+\n$/);
  writeFileSync(elsewhere, signed.out);

  await record(3);
  const whole = await runDalil(['custody', 'verify', elsewhere], env);
  expect(whole).toMatchObject({ code: 0, said: [] });
  expect(whole.out).toContain('12 events');
  // As a mail program or an editor of Windows keeps it.
  writeFileSync(elsewhere, `\ufeff${signed.out.replaceAll('\n', '\r\n')}`);
  expect(await runDalil(['custody', 'verify', elsewhere], env)).toMatchObject({
    code: 0,
    said: [],
  });
  writeFileSync(elsewhere, signed.out);

  // Yesterday's database in the place of today's: by itself it is whole.
  copyFileSync(earlier, database);
  const alone = await runDalil(['custody', 'verify'], env);
  expect(alone.code).toBe(0);
  expect(alone.said.join()).toContain('No checkpoint from elsewhere');
  const cut = await runDalil(['custody', 'verify', elsewhere, '--json'], env);
  expect(cut.code).toBe(1);
  expect(JSON.parse(cut.out)).toEqual({
    intact: false,
    size: 5,
    divergence: { what: 'checkpoint-contradicted', size: 9 },
  });

  // The same number of events after it, but others.
  await record(4);
  const rewritten = await runDalil(['custody', 'verify', elsewhere], env);
  expect(rewritten).toMatchObject({ code: 1, out: '' });
  expect(rewritten.said.join()).toContain('The checkpoint over 9 events');

  writeFileSync(elsewhere, signed.out.replace('\n9\n', '\n8\n'));
  const forged = await runDalil(['custody', 'verify', elsewhere], env);
  expect(forged).toMatchObject({ code: 1, out: '' });
  expect(forged.said.join()).toContain('not signed by the key of this log');

  expect((await runDalil(['custody', 'verify', 'no-such-file'], env)).code).toBe(3);
  writeFileSync(elsewhere, 'no checkpoint\n');
  expect(await runDalil(['custody', 'verify', elsewhere], env)).toMatchObject({
    code: 2,
    said: [expect.stringContaining('"checkpoint.txt" holds no checkpoint')],
  });
  expect((await runDalil(['custody', 'checkpoint'], { DALIL_DATA: dataDir })).code).toBe(2);
});

test('a stranger with a checkpoint and the key is shown that the log only grew', async () => {
  const dataDir = temporaryFolder();
  const env = { DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: `${dataDir}.key` };
  const folder = temporaryFolder();
  const elsewhere = path.join(folder, 'checkpoint.txt');
  const { house, open } = await openHouse({ dataDir });
  const event = { kind: 'reviewed', role: 'lawyer', detail: {} } as const;
  for (let i = 0; i < 9; i++) await open.custody.record(event);
  writeFileSync(elsewhere, await open.custody.checkpoint());
  for (let i = 0; i < 3; i++) await open.custody.record(event);
  await house.close();

  const key = path.join(folder, 'LOG-KEY.pem');
  expect((await runDalil(['custody', 'key', '--out', key], env)).said.join()).toMatch(
    /dalil\/custody\+[0-9a-f]{8}\+A/,
  );
  const proof = path.join(folder, 'proof.txt');
  expect((await runDalil(['custody', 'prove', elsewhere, '--out', proof], env)).code).toBe(0);
  const compare = ['custody', 'compare', elsewhere, proof, '--log-key', key];
  const grown = await runDalil(compare);
  expect(grown).toMatchObject({ code: 0, said: [] });
  expect(grown.out).toContain('only grew, from 9 events to 12');
  for (const file of [elsewhere, proof]) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
  }
  expect(await runDalil(compare)).toMatchObject({ code: 0, out: grown.out });
  const hashed = readFileSync(proof, 'utf8').replace(/\n(.)/, (_, sign) =>
    sign === 'A' ? '\nB' : '\nA',
  );
  writeFileSync(proof, hashed);
  expect(await runDalil(compare)).toMatchObject({ code: 1, out: '' });
});

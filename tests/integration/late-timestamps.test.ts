import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';
import {
  answering,
  aTimestampAuthority,
  servedOnLoopback,
} from '../builders/timestamp-authority.ts';
import { aPackInAVault } from '../builders/vault-pack.ts';

// An authority that is down while a pack is sealed, and comes back.

test('what an authority gives later travels beside the pack, which stays as it was', async () => {
  const authority = aTimestampAuthority();
  const down = aTimestampAuthority();
  let isUp = false;
  let asked = 0;
  const first = await servedOnLoopback(answering(authority));
  const second = await servedOnLoopback((request, response) => {
    asked += 1;
    if (isUp) answering(down)(request, response);
    else response.writeHead(503).end();
  });
  const env = { DALIL_TSA_URLS: `${first},${second}` };
  const pack = await aPackInAVault({ env });
  const before = readFileSync(pack.zip);
  // Once for the statement, and once for each letter that is signed.
  const atSealing = asked;
  expect(atSealing).toBeGreaterThan(0);
  const name = (url: string) => new URL(url).host.replace(':', '-');

  // The authority that answered stamped the signatures of letters too (PAdES B-T).
  const letter = readFileSync(path.join(pack.reader, pack.id, 'seal/letters/complaint.ky.pdf'));
  const [, contents] = /\/Contents <([0-9a-f]+)>/.exec(letter.toString('latin1'))!;
  const cms = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER'], {
    input: Buffer.from(contents!, 'hex'),
    encoding: 'utf8',
  });
  expect(cms).toContain('id-smime-aa-timeStampToken');

  const { house, open } = await openHouse({ dataDir: pack.dataDir, env });
  const states = async () =>
    (await open.stampLater.timestamps(pack.id)).map((one) => [one.name, one.where]);
  expect(Object.fromEntries(await states())).toEqual({
    [name(first)]: 'in-pack',
    [name(second)]: 'lacking',
  });
  // The service asks again by itself: a job that fails is told as failed, and is tried anew.
  await open.retryTimestamps();
  expect(await open.jobs.runNext()).toMatchObject({
    state: 'failed',
    failure: { code: 'TIMESTAMP_REFUSED' },
  });
  isUp = true;
  await open.retryTimestamps();
  expect(await open.jobs.runNext()).toMatchObject({ state: 'done', output: { pack: pack.id } });
  await open.retryTimestamps();
  expect(await open.jobs.runNext()).toBeNull();
  expect(asked).toBe(atSealing + 2);
  expect(Object.fromEntries(await states())).toMatchObject({ [name(second)]: 'beside' });
  await house.close();

  const out = temporaryFolder();
  const written = await runDalil(['stamp', pack.zip, '--out', out], pack.env);
  const late = path.join(out, `${pack.id}.${name(second)}.tsr`);
  expect([written.code, written.out]).toEqual([0, `${late}\n`]);
  expect(readFileSync(pack.zip)).toEqual(before);
  const { publicKeyPem } = JSON.parse((await runDalil(['key', '--json'], pack.env)).out);
  writeFileSync(path.join(out, 'key.pem'), publicKeyPem);
  const verify = ['verify', pack.zip, '--key', path.join(out, 'key.pem'), '--json'];
  const brought = ['--tsa-ca', down.rootFile, '--timestamp', late];
  const report = JSON.parse((await runDalil([...verify, ...brought])).out);
  expect(report.verdict).toBe('valid');
  expect(report.timestamps.map(({ result }: { result: string }) => result)).toEqual([
    'NOT CHECKED',
    'PASS',
  ]);
  const none = await runDalil([...verify, '--tsa-ca', path.join(out, 'key.pem')]);
  expect([none.code, none.said.length]).toEqual([3, 1]);
  const unconfigured = await runDalil(['stamp', pack.id], { ...pack.env, DALIL_TSA_URLS: '' });
  expect([unconfigured.code, unconfigured.said.length]).toEqual([2, 1]);
});

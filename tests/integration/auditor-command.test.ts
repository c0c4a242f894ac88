import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../server/kernel/digest.ts';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';
import { aPackInAVault, ORIGINAL, OTHER } from '../builders/vault-pack.ts';

// The file is made by our library and opened by Debian's age, which knows nothing of it.

/** A pair of keys as an auditor makes one. */
function anAuditor() {
  const file = path.join(temporaryFolder(), 'key.txt');
  execFileSync('age-keygen', ['-o', file], { stdio: 'ignore' });
  const recipient = /age1\S+/.exec(readFileSync(file, 'utf8'))![0];
  return { file, recipient };
}

const decrypted = (file: string, identity: string) =>
  execFileSync('age', ['-d', '-i', identity, file], { encoding: 'utf8' });

describe('dalil auditor', () => {
  let pack: Awaited<ReturnType<typeof aPackInAVault>>;
  beforeAll(async () => {
    pack = await aPackInAVault();
  });

  test('gives each named auditor the digests of the originals, and nobody else', async () => {
    const [one, two, other] = [anAuditor(), anAuditor(), anAuditor()];
    const out = path.join(temporaryFolder(), 'auditor.age');
    const made = await runDalil(
      ['auditor', pack.id, '--to', one.recipient, two.recipient, '--independent', '--out', out],
      pack.env,
    );
    expect(made).toMatchObject({ code: 0, out: `${out}\n` });
    const lines = decrypted(out, one.file);
    expect(decrypted(out, two.file)).toBe(lines);
    expect(() => decrypted(out, other.file)).toThrow();
    const digests = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)[1].sha256);
    expect(digests.sort()).toEqual([sha256(ORIGINAL), sha256(OTHER)].sort());
    expect(readFileSync(out, 'latin1')).not.toContain(sha256(ORIGINAL));

    const opening = path.join(path.dirname(out), 'openings.json');
    writeFileSync(opening, lines);
    const key = path.join(path.dirname(out), 'key.pem');
    await runDalil(['key', '--out', key], pack.env);
    const read = await runDalil(['verify', pack.zip, '--key', key, '--opening', opening, '--json']);
    expect(read.code).toBe(0);
    const results = JSON.parse(read.out).openings.map(({ result }: { result: string }) => result);
    expect(results).toEqual(['COMMITTED', 'COMMITTED']);
  });

  test('asks for a word on who the auditors are, and for the owners of a state body', async () => {
    const args = ['auditor', pack.id, '--to', anAuditor().recipient, '--out', '/dev/null'];
    expect((await runDalil(args, pack.env)).code).toBe(2);
    const both = await runDalil([...args, '--independent', '--state-body'], pack.env);
    expect(both.code).toBe(2);
  });

  test('is in the custody log first, with what was said; a state body needs the owners', async () => {
    const { house, open } = await openHouse({ dataDir: pack.dataDir });
    const { recipient } = anAuditor();
    const order = { pack: pack.id, recipients: [recipient], readers: 'state-body' } as const;
    const before = await open.custody.size();
    await expect(
      open.makeAuditorFile({ ...order, ownersAgreed: false }, 'lawyer'),
    ).rejects.toMatchObject({ code: 'OWNERS_NOT_ASKED' });
    expect(await open.custody.size()).toBe(before);
    await open.makeAuditorFile({ ...order, ownersAgreed: true }, 'lawyer');
    const { detail } = await open.custody.opening(before);
    expect(detail.about).toMatchObject({
      auditor: { recipients: [recipient], readers: 'state-body', ownersAgreed: true },
    });
    const misspelt = recipient.slice(0, -1) + (recipient.endsWith('q') ? 'p' : 'q');
    for (const wrong of [misspelt, 'age1pq1qqqq', 'AGE-SECRET-KEY-1', '']) {
      await expect(
        open.makeAuditorFile({ ...order, ownersAgreed: true, recipients: [wrong] }, 'lawyer'),
      ).rejects.toMatchObject({ code: 'RECIPIENT_INVALID' });
    }
    await open.openItem.destroy(pack.id, pack.originals[0], 'lawyer');
    const less = await open.makeAuditorFile({ ...order, ownersAgreed: true }, 'lawyer');
    expect([less.leaves, less.unopenable]).toEqual([[pack.leaves[1]!.leaf], 1]);
    await open.openItem.destroy(pack.id, pack.originals[1], 'lawyer');
    await expect(
      open.makeAuditorFile({ ...order, ownersAgreed: true }, 'lawyer'),
    ).rejects.toMatchObject({ code: 'NOTHING_TO_OPEN' });
    await house.close();
  });
});

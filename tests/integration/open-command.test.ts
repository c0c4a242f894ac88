import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../server/kernel/digest.ts';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aPackInAVault, ORIGINAL, OTHER } from '../builders/vault-pack.ts';

/** How many events a checkpoint covers: its second line. */
const sizeOf = (checkpoint: string) => Number(checkpoint.split('\n')[1]);

/** What the printed command finds when a stranger types it beside the opening. */
function checkedBy(command: string, folder: string): string {
  try {
    return execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

describe('dalil open', () => {
  let pack: Awaited<ReturnType<typeof aPackInAVault>>;
  beforeAll(async () => {
    pack = await aPackInAVault();
  });

  test('lists what the pack commits to, by the name of its file or by its id', async () => {
    const byFile = await runDalil(['open', pack.zip], pack.env);
    const byId = await runDalil(['open', pack.id], pack.env);
    expect(byFile).toMatchObject({ code: 0, out: byId.out });
    expect(byFile.out).toContain(`withheld   ${pack.originals[0]}\n`);
    expect(byFile.out).toContain('disclosed  data/media/V-01.mp4\n');
  });

  test('gives an opening that a stranger checks by typing, and that tells of nothing else', async () => {
    const folder = path.join(pack.reader, pack.id);
    const opened = await runDalil(
      ['open', pack.id, pack.originals[0], '--out', path.join(folder, 'opening.json')],
      pack.env,
    );
    expect(opened.code).toBe(0);
    const command = opened.said.find((line) => line.includes('sha256sum'))!;
    expect(checkedBy(command, folder)).toBe(pack.leaves[0]!.leaf);

    const text = readFileSync(path.join(folder, 'opening.json'), 'utf8');
    const [digest] = execFileSync('sha256sum', { input: ORIGINAL, encoding: 'utf8' }).split(' ');
    expect(JSON.parse(text)[1]).toEqual({
      class: 'original-media',
      sha256: digest,
      bytes: ORIGINAL.length,
    });
    for (const other of [...pack.salts.slice(1), sha256(OTHER)]) expect(text).not.toContain(other);

    // Another digit in the digest, the size or the salt: the pack never committed to that.
    for (const [at, sign] of [...text].entries()) {
      if (!/[0-9]/.test(sign) || at % 7 !== 0) continue;
      const forged = text.slice(0, at) + ((Number(sign) + 1) % 10) + text.slice(at + 1);
      writeFileSync(path.join(folder, 'opening.json'), forged);
      expect(checkedBy(command, folder)).toBe('');
    }
  });

  test('gives an opening that dalil verify reads, and says what it proves', async () => {
    const folder = path.dirname(pack.zip);
    const opening = path.join(folder, 'opening.json');
    const key = path.join(folder, 'key.pem');
    await runDalil(['key', '--out', key], pack.env);
    await runDalil(['open', pack.id, pack.originals[0], '--out', opening], pack.env);
    const args = ['verify', pack.zip, '--key', key, '--opening', opening];
    const read = await runDalil(args);
    const digest = sha256(ORIGINAL);
    expect(read.code).toBe(0);
    expect(read.out).toContain(
      `An original recording of ${ORIGINAL.length} bytes with the SHA-256`,
    );
    expect(read.out).toContain(`${digest}: the pack was bound to it when it was sealed.`);
    expect(read.out).not.toMatch(/Whose pack it is/);
    expect(read.out).toContain('data/media/V-01.mp4 was made from it');
    // Who was bound to it is not told by a key that came with the pack.
    const unknown = await runDalil(['verify', pack.zip, '--opening', opening]);
    expect(unknown.out).toMatch(
      /the pack was bound to it .*Whose pack it is, is not confirmed\.$/m,
    );
    const other = ['verify', pack.zip, '--key', '0'.repeat(64), '--opening', opening];
    expect((await runDalil(other)).out).toMatch(
      /the pack was bound to it .*This is not a pack of the key/,
    );
    writeFileSync(opening, readFileSync(opening, 'utf8').replace(digest, sha256(OTHER)));
    const forged = await runDalil([...args, '--json']);
    expect(forged.code).toBe(1);
    // It is the opening that is false, and not the pack.
    expect(JSON.parse(forged.out)).toMatchObject({
      verdict: 'valid',
      openings: [{ result: 'NOT COMMITTED', copies: [] }],
    });
    writeFileSync(opening, 'the recording\n');
    expect(await runDalil(args)).toMatchObject({ code: 3, out: '' });
  });

  test('is known to the custody log before anybody has the opening', async () => {
    const before = await runDalil(['open', pack.id, pack.originals[1]], pack.env);
    expect(before.code).toBe(0);
    const { house, open } = await openHouse({ dataDir: pack.dataDir });
    const size = sizeOf(await open.custody.checkpoint());
    expect(size).toBeGreaterThan(pack.events);
    const { detail } = await open.custody.opening(size - 1);
    expect(detail).toMatchObject({ about: { pack: pack.id, opened: pack.leaves[1]!.leaf } });
    await house.close();
  });

  test('refuses what the pack does not commit to, and packs there are none of', async () => {
    for (const args of [
      [pack.id, 'recording/7'],
      [pack.id, ''],
      ['EP-nothing', pack.originals[0]],
      ['EP-nothing'],
    ]) {
      const refused = await runDalil(['open', ...args], pack.env);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.said).toHaveLength(1);
    }
  });

  test('opens no recording whose owner does not agree any more', async () => {
    const own = await aPackInAVault({ ownersAgreeUntil: '2026-01-31' });
    const refused = await runDalil(['open', own.id, own.originals[0]], own.env);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.said.join()).toContain('does not agree any more');
    const { house, open } = await openHouse({ dataDir: own.dataDir });
    expect(await open.custody.size()).toBe(own.events);
    await house.close();
    // What the pack shows is opened by the pack itself.
    expect(await runDalil(['open', own.id, 'data/media/V-01.mp4'], own.env)).toMatchObject({
      code: 0,
    });
    expect((await runDalil(['open', own.id], own.env)).out).toContain(own.originals[0]);
  });

  test('opens nothing whose salt was destroyed; the pack is verified all the same', async () => {
    const own = await aPackInAVault();
    const destroy = ['open', own.id, own.originals[0], '--destroy'];
    for (const confirmed of [[], ['--confirm', own.originals[1]]]) {
      expect(await runDalil([...destroy, ...confirmed], own.env)).toMatchObject({ code: 2 });
    }
    const shown = ['open', own.id, 'data/media/V-01.mp4', '--destroy', '--confirm'];
    expect((await runDalil([...shown, 'data/media/V-01.mp4'], own.env)).code).toBe(1);
    expect((await runDalil([...destroy, '--confirm', own.originals[0]], own.env)).code).toBe(0);
    const { house, open } = await openHouse({ dataDir: own.dataDir });
    const last = await open.custody.opening((await open.custody.size()) - 1);
    expect(last.detail.about).toEqual({ pack: own.id, leaf: own.leaves[0]!.leaf });
    await house.close();
    const refused = await runDalil(['open', own.id, own.originals[0]], own.env);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect((await runDalil(['open', own.id], own.env)).out).toContain(
      `destroyed  ${own.originals[0]}\n`,
    );
    expect((await runDalil(['open', own.id, own.originals[1]], own.env)).code).toBe(0);
    const key = path.join(own.reader, 'key.pem');
    await runDalil(['key', '--out', key], own.env);
    const judged = await runDalil(['verify', own.zip, '--key', key, '--json'], own.env);
    expect(JSON.parse(judged.out)).toMatchObject({ verdict: 'valid', findings: [] });
  });

  test('needs the vault', async () => {
    const locked = await runDalil(['open', pack.id], { DALIL_DATA: pack.dataDir });
    expect(locked.code).toBe(2);
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../server/kernel/blobs.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { commitItems } from '../../server/packs/commit-items.ts';
import { drawDecoys } from '../../server/packs/manifest/commitments.ts';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aSealedPack, receiptText } from '../builders/sealed-pack.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

const ORIGINAL = Buffer.from('the neighbour’s recording');
const OTHER = Buffer.from('another neighbour’s recording');

/** A pack that was sealed in a vault, unpacked in a folder, with two withheld recordings. */
async function aPackInAVault() {
  const { house, open, dataDir } = await openHouse({ dataDir: temporaryFolder() });
  const { draft: whole, bag } = await aSealedPack();
  const files = await Promise.all(
    whole.files.map(async (file) => ({
      ...file,
      blob: (await open.blobs.put([bag.get(file.path)!])).id,
    })),
  );
  const withheld = [ORIGINAL, OTHER].map((bytes, i) => ({
    source: `recording/${i}`,
    item: { class: 'original-media' as const, sha256: sha256(bytes), bytes: bytes.length },
    path: null,
  }));
  const exhibits = files
    .filter(({ role }) => role === 'case' || role === 'media')
    .map(({ path: file, sha256: digest, sizeBytes }) => ({
      source: `file/${file}`,
      item: { class: 'exhibit' as const, sha256: digest, bytes: sizeBytes },
      path: file,
    }));
  const { salted, commitments } = commitItems([...withheld, ...exhibits], systemRandom);
  const { path: copy, sha256: digest, sizeBytes } = files.find(({ role }) => role === 'media')!;
  const text = receiptText({ path: copy, sha256: digest, sizeBytes }, commitments[0]!.leaf);
  const receipts = [{ exhibit: 'V-01', text }];
  const decoys = drawDecoys(commitments.length, systemRandom);
  const draft = { ...whole, files, commitments, receipts, decoys };
  await open.packs.addDraft(draft, salted);
  const { blob } = await open.sealPack(draft.id);
  const zip = path.join(dataDir, `${draft.id}.zip`);
  writeFileSync(zip, await readAll(open.blobs.read(blob)));
  const reader = temporaryFolder();
  execFileSync('unzip', ['-q', zip, '-d', reader]);
  const salts = salted.map(({ salt }) => salt);
  const events = sizeOf(await open.custody.checkpoint());
  await house.close();
  const env = { DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: `${dataDir}.key` };
  return { id: draft.id, zip, env, dataDir, salts, leaves: commitments, events, reader };
}

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
    expect(byFile.out).toContain('withheld   recording/0\n');
    expect(byFile.out).toContain('disclosed  data/media/V-01.mp4\n');
  });

  test('gives an opening that a stranger checks by typing, and that tells of nothing else', async () => {
    const folder = path.join(pack.reader, pack.id);
    const opened = await runDalil(
      ['open', pack.id, 'recording/0', '--out', path.join(folder, 'opening.json')],
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

  test('is known to the custody log before anybody has the opening', async () => {
    const before = await runDalil(['open', pack.id, 'recording/1'], pack.env);
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
      ['EP-nothing', 'recording/0'],
      ['EP-nothing'],
    ]) {
      const refused = await runDalil(['open', ...args], pack.env);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.said).toHaveLength(1);
    }
  });

  test('opens nothing whose salt was destroyed; the pack is verified all the same', async () => {
    const own = await aPackInAVault();
    const { house, open } = await openHouse({ dataDir: own.dataDir });
    await open.packs.destroyOpening(own.id, own.leaves[0]!.leaf);
    await house.close();
    const refused = await runDalil(['open', own.id, 'recording/0'], own.env);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect((await runDalil(['open', own.id], own.env)).out).toContain('destroyed  recording/0\n');
    expect((await runDalil(['open', own.id, 'recording/1'], own.env)).code).toBe(0);
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

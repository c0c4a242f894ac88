import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PackDraft } from '../../server/packs/pack-draft.ts';
import { openHouse } from '../builders/open-house.ts';
import { aPackRecipe } from '../builders/pack-recipe.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aSealedPack } from '../builders/sealed-pack.ts';
import { aSmallPdf } from '../builders/small-pdf.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const aKitPack = () =>
  aSealedPack({
    payload: {
      'data/annex/inventory.ky.pdf': aSmallPdf('inventory'),
      'data/cases/C-01.json': bytes('{"text":"told"}'),
      'data/letter/complaint.ky.pdf': aSmallPdf('kat'),
      'data/letter/complaint.ru.pdf': aSmallPdf('letter'),
      'data/media/V-01.mp4': bytes('a redacted copy'),
      'data/statistics/act.csv': bytes('act,count\n'),
    },
  });

async function packFile(pack: { zip: Uint8Array }) {
  const file = path.join(temporaryFolder(), 'pack.zip');
  writeFileSync(file, pack.zip);
  return file;
}

const filesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
const sums = (folder: string) =>
  execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS.txt'], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('dalil kit', () => {
  test('lays out letter, second copy and disc, and lists every file', async () => {
    const pack = await aKitPack();
    const out = path.join(temporaryFolder(), 'kit');
    const { code, said } = await runDalil(['kit', await packFile(pack), '--out', out]);
    expect(code).toBe(0);
    expect(filesIn(out)).toEqual(
      [
        ...['1-letter', '2-second-copy'].flatMap((folder) => [
          `${folder}/complaint.ky.pdf`,
          `${folder}/complaint.ru.pdf`,
        ]),
        '3-disc/C-01.json',
        '3-disc/SHA256SUMS.txt',
        '3-disc/V-01.mp4',
        '3-disc/act.csv',
        '3-disc/complaint.ky.pdf',
        '3-disc/complaint.ky.signed.pdf',
        '3-disc/complaint.ru.pdf',
        '3-disc/complaint.ru.signed.pdf',
        '3-disc/inventory.ky.pdf',
        'SHA256SUMS.txt',
      ].sort(),
    );
    const disc = path.join(out, '3-disc');
    for (const folder of [out, disc]) {
      expect(sums(folder)).not.toContain('FAILED');
      const listed = readFileSync(path.join(folder, 'SHA256SUMS.txt'), 'utf8').match(
        /(?<= {2}).*/g,
      );
      expect([...listed!, 'SHA256SUMS.txt'].sort()).toEqual(filesIn(folder));
    }
    for (const [file, name] of [
      ['data/letter/complaint.ky.pdf', '1-letter/complaint.ky.pdf'],
      ['data/letter/complaint.ru.pdf', '2-second-copy/complaint.ru.pdf'],
      ['data/media/V-01.mp4', '3-disc/V-01.mp4'],
    ] as const) {
      expect(readFileSync(path.join(out, name)).equals(Buffer.from(pack.bag.get(file)!))).toBe(
        true,
      );
    }
    expect(said.join('\n')).toContain('the custody log does not know of it');
  });

  test('refuses a language that the pack lacks', async () => {
    const out = path.join(temporaryFolder(), 'kit');
    const file = await packFile(await aKitPack());
    const { code, said } = await runDalil(['kit', file, '--out', out, '--lang', 'en']);
    expect([code, said.join()]).toEqual([2, expect.stringContaining('no letter')]);
  });

  test('refuses a folder that is not empty', async () => {
    const file = await packFile(await aKitPack());
    const { code, said } = await runDalil(['kit', file, '--out', path.dirname(file)]);
    expect([code, said.join()]).toEqual([2, expect.stringContaining('not empty')]);
  });

  test('refuses a pack that does not fit, and leaves nothing', async () => {
    const out = path.join(temporaryFolder(), 'kit');
    const damaged = Uint8Array.from((await aKitPack()).zip);
    damaged[Buffer.from(damaged).indexOf('a redacted copy')]! ^= 1;
    const { code, said } = await runDalil(['kit', await packFile({ zip: damaged }), '--out', out]);
    expect([code, said.join()]).toEqual([1, expect.stringContaining('does not fit')]);
    expect(() => readdirSync(out)).toThrow(/ENOENT/);
  });
});

const recipe = aPackRecipe();

test('no kit is made of a pack that a later one replaces, or that somebody took back consent from', async () => {
  const { house, open } = await openHouse({ dataDir: temporaryFolder() });
  const kit = (id: string) => open.deliverPack(id, ['ky'], 'lawyer');
  try {
    const earlier = await aKitPack();
    const { id: blob } = await open.blobs.put([earlier.zip]);
    const keep = async (id: string, changes: Partial<PackDraft>) => {
      await open.packs.addDraft({ ...earlier.draft, id, recipe, ...changes }, []);
      await open.packs.saveSealed({ ...earlier.sealed, id, blob });
    };
    await keep(earlier.id, {});
    expect((await kit(earlier.id)).digests.size).toBeGreaterThan(0);
    const gone = { source: 'case/somebody', leaf: earlier.draft.commitments[0]!.leaf, path: null };
    await keep('EP-withdrawn', { commitments: [...earlier.draft.commitments, gone] });
    const size = await open.custody.size();
    await expect(kit('EP-withdrawn')).rejects.toMatchObject({ code: 'CONSENT_ENDED' });
    await keep('EP-later', { supersedes: earlier.sealed.statementSha256 });
    await expect(kit(earlier.id)).rejects.toMatchObject({ code: 'PACK_SUPERSEDED' });
    expect(await open.custody.size()).toBe(size);
  } finally {
    await house.close();
  }
});

test('a kit out of the vault is in the custody log before anybody has it', async () => {
  const { house, open } = await openHouse({ dataDir: temporaryFolder() });
  try {
    const pack = await aKitPack();
    const { id: blob } = await open.blobs.put([pack.zip]);
    await open.packs.addDraft({ ...pack.draft, recipe }, []);
    await expect(open.deliverPack(pack.id, ['ky'], 'lawyer')).rejects.toMatchObject({
      code: 'PACK_UNSEALED',
    });
    await open.packs.saveSealed({ ...pack.sealed, blob });
    const before = await open.custody.size();
    const kit = await open.deliverPack(pack.id, ['ky'], 'lawyer');
    expect(await open.custody.size()).toBe(before + 1);
    expect(kit.folder).toBe(`${pack.id}-kit`);
    expect([...kit.digests.keys()]).toContain('1-letter/complaint.ky.pdf');
  } finally {
    await house.close();
  }
});

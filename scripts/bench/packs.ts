import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withPackFile } from '../../server/adapters/pack-file.ts';
import { composeVerify } from '../../server/composition/compose-verify.ts';
import type { Config } from '../../server/config.ts';
import { startSha256 } from '../../server/kernel/digest.ts';
import { draftLargePack, noise, withHouse } from './large-pack.ts';
import { type Comparison, compare, run } from './measure.ts';

const SIZE_BYTES = 2 ** 30;
const PAIRS = 5;

/** Sealing and verifying a pack of one GiB, against coreutils over the same bytes. */
export async function benchPacks(config: Config, folder: string): Promise<Comparison[]> {
  const plain = path.join(folder, 'plain.bin');
  await pipeline(Readable.from(noise(SIZE_BYTES)), createWriteStream(plain));
  const digest = startSha256();
  for (const part of noise(SIZE_BYTES)) digest.update(part);
  return await withHouse(config, folder, async (house) => {
    const id = await draftLargePack(house, SIZE_BYTES);
    let sealed = await house.sealPack(id);
    const sealing = await compare({
      name: 'seal a pack of 1 GiB, read from and written to the vault, durably',
      peer: 'sha256sum and cp',
      limit: 1.3,
      pairs: PAIRS,
      ours: async () => {
        await house.blobs.destroy(sealed.blob);
        sealed = await house.sealPack(id);
      },
      theirs: async () => {
        await run('sha256sum', [plain]);
        await run('cp', [plain, path.join(folder, 'copy.bin')]);
      },
    });
    await rm(path.join(folder, 'copy.bin'));

    const pack = path.join(folder, 'pack.zip');
    await pipeline(Readable.from(house.blobs.read(sealed.blob)), createWriteStream(pack));
    const list = path.join(folder, 'list.txt');
    await writeFile(list, `${digest.digest()}  ${plain}\n`);
    const verifyPack = composeVerify();
    const { publicKeyPem } = await house.keys.signer('pack');
    const verifying = await compare({
      name: 'verify a pack of 1 GiB',
      peer: 'sha256sum -c',
      limit: 1.2,
      pairs: PAIRS,
      ours: async () => {
        const report = await withPackFile(pack, (bytes) =>
          verifyPack({ pack: bytes, publicKeyPem }),
        );
        if (report.verdict !== 'valid') throw new Error(report.findings[0]?.message);
      },
      theirs: () => run('sha256sum', ['-c', '--strict', '--quiet', list]),
    });
    return [sealing, verifying];
  });
}

import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { withPackFile } from '../../server/adapters/pack-file.ts';
import { composeVerify } from '../../server/composition/compose-verify.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { draftLargePack, noise, withHouse } from './large-pack.ts';
import { againstLimit, type Comparison } from './measure.ts';

const SIZE_BYTES = 2 ** 31;
const LIMIT_MB = 400;

/**
 * The most memory that one process takes while 2 GiB are taken in, sealed, given out and verified,
 * against the limit.
 */
export async function benchMemory(folder: string): Promise<Comparison> {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, folder]);
  const megabytes = Number(stdout) / 1000;
  return againstLimit({
    name: 'memory while 2 GiB pass through intake, sealing and verification',
    limit: LIMIT_MB,
    values: [megabytes],
    unit: 'MB',
  });
}

async function passThrough(config: Config, folder: string): Promise<void> {
  await withHouse(config, folder, async (house) => {
    await house.ingestRecording({
      kind: 'clip',
      bytes: Readable.from(noise(SIZE_BYTES)),
      fileName: 'large.mp4',
      ownerConsent: null,
      role: 'lawyer',
    });
    const { blob } = await house.sealPack(await draftLargePack(house, SIZE_BYTES));
    const pack = path.join(folder, 'pack.zip');
    await pipeline(Readable.from(house.blobs.read(blob)), createWriteStream(pack));
    const report = await withPackFile(pack, (bytes) => composeVerify()({ pack: bytes }));
    if (report.verdict !== 'consistent') throw new Error(report.findings[0]?.message);
  });
}

if (import.meta.main) {
  await passThrough(readConfig(), process.argv[2]!);
  process.stdout.write(String(process.resourceUsage().maxRSS));
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compose, type House } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/composition/compose-open.ts';
import { readConfig } from '../../server/config.ts';
import type { Clock } from '../../server/kernel/time.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A house over real adapters in a fresh folder; `close` it when done. */
export async function openHouse(
  parts: {
    clock?: Clock;
    dataDir?: string;
    env?: Record<string, string>;
    /** Has its jobs done. */
    works?: 'here';
  } = {},
): Promise<{ house: House; open: OpenHouse; dataDir: string }> {
  const dataDir = parts.dataDir ?? temporaryFolder();
  const keyFile = path.join(dataDir, '..', `${path.basename(dataDir)}.key`);
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const config = readConfig({
    DALIL_DATA: dataDir,
    DALIL_VAULT_KEYFILE: keyFile,
    ...parts.env,
  });
  const { clock, works } = parts;
  const house = await compose(config, {
    ...(clock === undefined ? {} : { clock }),
    ...(works === undefined ? {} : { works }),
  });
  return { house, open: house.open!, dataDir };
}

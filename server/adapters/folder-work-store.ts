import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KeptWork, WorkStore } from '../footage/ports.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { isSha256, type Sha256, startSha256 } from '../kernel/digest.ts';
import { ownedName } from './process-owner.ts';

const recordSchema = z.strictObject({
  sha256: z.string(),
  facts: z.json(),
});

/**
 * Keeps work in a folder, two files a piece: `NAME.bytes`, and `NAME.json`, which is written last and
 * without which the piece does not exist. For covered pictures only: nothing here is encrypted.
 *
 * @param folder - made (mode 0700) with the first piece.
 */
export function createFolderWorkStore(folder: string): WorkStore {
  const bytesPath = (name: Sha256) => path.join(folder, `${name}.bytes`);
  const recordPath = (name: Sha256) => path.join(folder, `${name}.json`);
  const read = (name: Sha256) => createReadStream(bytesPath(name), { highWaterMark: 1_048_576 });

  const store: WorkStore = {
    async find(name) {
      try {
        const record = recordSchema.parse(JSON.parse(await readFile(recordPath(name), 'utf8')));
        const digest = startSha256();
        for await (const bytes of read(name)) digest.update(bytes as Buffer);
        if (digest.digest() !== record.sha256) return null;
        return { facts: record.facts as JsonValue, read: () => read(name) } satisfies KeptWork;
      } catch {
        // Whatever cannot be read is not there: it is made anew.
        return null;
      }
    },
    async keep(name, facts, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const digest = startSha256();
      await writeDurably(bytesPath(name), observed(bytes, digest.update));
      const record = JSON.stringify({ sha256: digest.digest(), facts });
      await writeDurably(recordPath(name), [Buffer.from(record, 'utf8')]);
      return { facts, read: () => read(name) };
    },
    async forget(name) {
      // First the record, without which the piece does not exist.
      await rm(recordPath(name), { force: true });
      await rm(bytesPath(name), { force: true });
    },
    async retain(names) {
      const files = await readdir(folder).catch(() => []);
      for (const file of files) {
        const name = file.split('.')[0];
        if (isSha256(name) && !names.has(name)) await rm(path.join(folder, file), { force: true });
      }
    },
  };
  return store;
}

async function* observed(bytes: AsyncIterable<Uint8Array>, see: (part: Uint8Array) => void) {
  for await (const part of bytes) {
    see(part);
    yield part;
  }
}

/** Writes a file that after any crash is either whole or not there. */
async function writeDurably(
  target: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const pending = ownedName(`${target}.${randomBytes(8).toString('hex')}`);
  const file = await open(pending, 'w', 0o600);
  try {
    for await (const part of bytes) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(pending, target);
}

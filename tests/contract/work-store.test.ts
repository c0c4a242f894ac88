import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import { createSourceSealedWorkStore } from '../../server/adapters/source-sealed-work-store.ts';
import { createSqliteRecordings } from '../../server/adapters/sqlite/sqlite-recordings.ts';
import { createSqliteWorkStores } from '../../server/adapters/sqlite/sqlite-work-store.ts';
import type { WorkStore } from '../../server/footage/ports.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { aVault } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { workKey } from '../builders/work-key.ts';

/** A store, one for other work on the same recording, and the folder under which its bytes lie. */
const STORES: Record<
  string,
  () => Promise<{ store: WorkStore; beside?: WorkStore; folder: string }>
> = {
  folder: async () => {
    const folder = aTemporaryFolder();
    return { store: createFolderWorkStore(folder), folder };
  },
  sealed: async () => {
    const folder = aTemporaryFolder();
    const source = path.join(aTemporaryFolder(), 'recording');
    writeFileSync(source, randomBytes(5_000));
    return {
      store: createSourceSealedWorkStore(createFolderWorkStore(folder), workKey([source])),
      folder,
    };
  },
  vault: async () => {
    const { database, vault, dataDir } = await aVault();
    await createSqliteRecordings({ database, sealer: vault.sealer }).addRecording({
      id: 'street',
      kind: 'clip',
      blob: 'none',
      sha256: sha256('street'),
      sizeBytes: 1,
      fileName: 'street.mp4',
      ownerConsent: null,
      analysisBlob: null,
      custody: [],
    });
    const stores = createSqliteWorkStores({ database, ...vault, version: async () => 'this' });
    return {
      store: stores('street', 'copy'),
      beside: stores('street', 'analysis'),
      folder: path.join(dataDir, 'blobs'),
    };
  },
};

const one = sha256('one');
const other = sha256('other');
async function* parts(bytes: Uint8Array) {
  yield bytes.subarray(0, 1000);
  yield bytes.subarray(1000);
}
/** Flips a bit in the middle of every large file under a folder. */
function damage(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const file = path.join(folder, name);
    if (!statSync(file).isFile() || statSync(file).size < 50_000) continue;
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
  }
}

describe.each(Object.keys(STORES))('a store of work: %s', (name) => {
  const open = () => STORES[name]!();
  const bytes = randomBytes(100_000);
  const facts = { frames: 7, sizes: [1, 2, 3] };

  test('finds what was kept, and nothing else', async () => {
    const { store } = await open();
    expect(await store.find(one)).toBeNull();
    const kept = await store.keep(one, facts, parts(bytes));
    for (const found of [kept, (await store.find(one))!]) {
      expect(found.facts).toEqual(facts);
      expect(Buffer.compare(await readAll(found.read()), bytes)).toBe(0);
    }
    expect(await store.find(other)).toBeNull();
  });

  test('keeps the same piece several times at once without harm', async () => {
    const { store } = await open();
    await Promise.all([1, 2, 3, 4].map(() => store.keep(one, facts, parts(bytes))));
    const found = (await store.find(one))!;
    expect(Buffer.compare(await readAll(found.read()), bytes)).toBe(0);
  });

  test('forgets all but what is to be retained', async () => {
    const { store, folder } = await open();
    await store.keep(one, facts, parts(bytes));
    await store.keep(other, null, parts(bytes));
    await store.retain(new Set([other]));
    expect(await store.find(one)).toBeNull();
    expect(await store.find(other)).not.toBeNull();
    await store.retain(new Set());
    expect(await store.find(other)).toBeNull();
    const left = (readdirSync(folder, { recursive: true }) as string[])
      .map((file) => path.join(folder, file))
      .filter((file) => statSync(file).isFile() && statSync(file).size > 50_000);
    expect(left).toEqual([]);
  });

  test('forgets one piece, after which another can be kept under its name', async () => {
    const { store } = await open();
    await store.forget(one);
    await store.keep(one, facts, parts(bytes));
    await store.keep(other, facts, parts(bytes));
    await store.forget(one);
    expect(await store.find(one)).toBeNull();
    expect(await store.find(other)).not.toBeNull();
    const changed = bytes.map((byte) => byte ^ 1);
    await store.keep(one, null, parts(changed));
    const found = (await store.find(one))!;
    expect(found.facts).toBeNull();
    expect(Buffer.compare(await readAll(found.read()), changed)).toBe(0);
  });

  test('what was damaged is not found, and can be kept anew', async () => {
    const { store, folder } = await open();
    await store.keep(one, facts, parts(bytes));
    damage(folder);
    expect(await store.find(one)).toBeNull();
    await store.keep(one, facts, parts(bytes));
    const found = (await store.find(one))!;
    expect(Buffer.compare(await readAll(found.read()), bytes)).toBe(0);
  });

  test('nothing is left under a name whose bytes ended with an error', async () => {
    const { store } = await open();
    async function* broken() {
      yield bytes;
      throw new Error('power cut');
    }
    await expect(store.keep(one, facts, broken())).rejects.toThrow('power cut');
    expect(await store.find(one)).toBeNull();
  });
});

test('in the vault a copy forgets nothing of an analysis that runs beside it, nor takes it for its own', async () => {
  const { store, beside } = await STORES.vault!();
  await beside!.keep(one, 'sampled', parts(randomBytes(2_000)));
  expect(await store.find(one)).toBeNull();
  await store.keep(one, 'covered', parts(randomBytes(2_000)));
  await store.retain(new Set());
  expect(await store.find(one)).toBeNull();
  expect((await beside!.find(one))?.facts).toBe('sampled');
  await store.keep(one, 'covered', parts(randomBytes(2_000)));
  await beside!.retain(new Set());
  expect(await beside!.find(one)).toBeNull();
  expect((await store.find(one))?.facts).toBe('covered');
});

import { hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { WorkStore } from '../footage/ports.ts';
import { onePart, readAll } from '../kernel/blobs.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { fromHex, type Sha256, startSha256 } from '../kernel/digest.ts';
import { authenticatedDecrypt, authenticatedEncrypt } from './authenticated-encryption.ts';

const PURPOSE = 'dalil/analysis-work/1';
const KEY_BYTES = 32;
const LENGTH_BYTES = 4;

/**
 * Encrypts what is kept in `inner`, for work that shows people where there is no vault. The key follows
 * from the recordings' own bytes (HKDF of their SHA-256): whoever has them has nothing to learn from
 * the work, and whoever has the work alone, or other recordings, cannot read it.
 *
 * @param sourcePaths - the recordings that the work is made of, in order; they are read to their ends
 *   when anything is first looked for.
 */
export function createSourceSealedWorkStore(
  inner: WorkStore,
  sourcePaths: readonly string[],
): WorkStore {
  let derived: Promise<Uint8Array> | undefined;
  const key = () => {
    derived ??= keyOf(sourcePaths);
    return derived;
  };
  const place = (name: Sha256) => `${PURPOSE}/${name}`;
  return {
    async find(name) {
      // The key comes first, while nothing was read of the recordings: what they become meanwhile, as
      // a file that is still being copied does, has another key.
      const by = await key();
      const kept = await inner.find(name);
      if (kept === null) return null;
      const plain = authenticatedDecrypt(by, await readAll(kept.read()), place(name));
      return plain === null ? null : opened(plain);
    },
    async keep(name, facts, bytes) {
      const said = Buffer.from(JSON.stringify(facts), 'utf8');
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(said.length);
      const plain = Buffer.concat([length, said, await readAll(bytes)]);
      const sealed = authenticatedEncrypt(await key(), plain, place(name), randomBytes);
      await inner.keep(name, null, onePart(sealed));
      return opened(plain);
    },
    forget: inner.forget,
    retain: inner.retain,
  };
}

async function keyOf(sourcePaths: readonly string[]): Promise<Uint8Array> {
  const digests: Uint8Array[] = [];
  for (const sourcePath of sourcePaths) {
    const digest = startSha256();
    for await (const part of createReadStream(sourcePath, { highWaterMark: 1_048_576 })) {
      digest.update(part as Buffer);
    }
    digests.push(fromHex(digest.digest()));
  }
  const secret = Buffer.concat(digests);
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), PURPOSE, KEY_BYTES));
}

function opened(plain: Uint8Array) {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const end = LENGTH_BYTES + view.getUint32(0);
  const said = new TextDecoder().decode(plain.subarray(LENGTH_BYTES, end));
  return { facts: JSON.parse(said) as JsonValue, read: () => onePart(plain.subarray(end)) };
}

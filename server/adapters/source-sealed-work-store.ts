import { randomBytes } from 'node:crypto';
import type { WorkStore } from '../footage/ports.ts';
import { onePart, readAll } from '../kernel/blobs.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { RecordingsKey } from './recordings-key.ts';
import { authenticatedDecrypt, authenticatedEncrypt } from './vault/authenticated-encryption.ts';

const PURPOSE = 'dalil/analysis-work/2';
const LENGTH_BYTES = 4;

/**
 * Encrypts what is kept in `inner`, for work that shows people where there is no vault. Without the key
 * nothing is found and nothing kept: what somebody else put there is not there.
 *
 * @param key - asked for only when there is something to decrypt or encrypt.
 */
export function createSourceSealedWorkStore(inner: WorkStore, key: RecordingsKey): WorkStore {
  const place = (name: Sha256) => `${PURPOSE}/${name}`;
  return {
    async find(name) {
      const kept = await inner.find(name);
      const by = kept && (await key.find());
      if (kept === null || by === null) return null;
      const plain = authenticatedDecrypt(by, await readAll(kept.read()), place(name));
      return plain === null ? null : opened(plain);
    },
    async keep(name, facts, bytes) {
      const said = Buffer.from(JSON.stringify(facts), 'utf8');
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(said.length);
      const plain = Buffer.concat([length, said, await readAll(bytes)]);
      const by = await key.make();
      if (by !== null) {
        const sealed = authenticatedEncrypt(by, plain, place(name), randomBytes);
        await inner.keep(name, null, onePart(sealed));
      }
      return opened(plain);
    },
    forget: inner.forget,
    retain: inner.retain,
  };
}

function opened(plain: Uint8Array) {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const end = LENGTH_BYTES + view.getUint32(0);
  const said = new TextDecoder().decode(plain.subarray(LENGTH_BYTES, end));
  return { facts: JSON.parse(said) as JsonValue, read: () => onePart(plain.subarray(end)) };
}

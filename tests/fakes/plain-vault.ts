import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import type { OutputNamer, SealedPlace, TextSealer } from '../../server/kernel/vault.ts';

/** A sealer and a namer under a fixed key, for tests of what stands on them. */
export function createPlainVault(): { sealer: TextSealer; namer: OutputNamer } {
  const key = Buffer.alloc(32, 7);
  const aad = ({ table, row, field }: SealedPlace) => Buffer.from(`${table}/${row}/${field}`);
  return {
    sealer: {
      seal(place, text) {
        const nonce = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
        cipher.setAAD(aad(place));
        const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
        return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
      },
      open(place, sealed) {
        const bytes = Buffer.from(sealed);
        const nonce = bytes.subarray(0, 12);
        const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
        cipher.setAAD(aad(place));
        cipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
      },
    },
    namer: {
      nameFor: (inputs) => createHmac('sha256', key).update(canonicalJson(inputs)).digest('hex'),
    },
  };
}

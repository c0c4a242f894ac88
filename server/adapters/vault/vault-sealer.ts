import { createHmac, createSecretKey } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { RandomBytes } from '../../kernel/ids.ts';
import type { OutputNamer, SealedPlace, TextSealer } from '../../kernel/vault.ts';
import { authenticatedDecrypt, authenticatedEncrypt } from './authenticated-encryption.ts';
import { VaultError } from './vault-error.ts';

/** First byte of every sealed text, so that another way of sealing can follow. */
const FORMAT = 1;

/** Seals texts under one key; each is bound to its table, row and field. */
export function createVaultSealer(deps: { key: Uint8Array; random: RandomBytes }): TextSealer {
  const { random } = deps;
  // Made once: taking in a key costs more than sealing a short text with it.
  const key = createSecretKey(deps.key);
  return {
    seal(place, text) {
      // UTF-8 has no lone surrogates: sealed, they would come back as something else.
      if (!text.isWellFormed())
        throw new TypeError('a text with a lone surrogate cannot be sealed');
      const bytes = authenticatedEncrypt(key, Buffer.from(text, 'utf8'), aadOf(place), random);
      const sealed = new Uint8Array(1 + bytes.length);
      sealed[0] = FORMAT;
      sealed.set(bytes, 1);
      return sealed;
    },
    open(place, sealed) {
      const plain =
        sealed[0] === FORMAT ? authenticatedDecrypt(key, sealed.subarray(1), aadOf(place)) : null;
      if (plain === null) throw damaged();
      return Buffer.from(plain).toString('utf8');
    },
  };
}

/** Names outputs by HMAC-SHA-256 of the canonical JSON of their inputs, as 64 hex digits. */
export function createVaultNamer(deps: { key: Uint8Array }): OutputNamer {
  const key = createSecretKey(deps.key);
  return {
    nameFor: (inputs) => createHmac('sha256', key).update(canonicalJson(inputs)).digest('hex'),
  };
}

function aadOf({ table, row, field }: SealedPlace): string {
  // What canonicalJson says of texts (RFC 8785, 3.2.2.2), without looking for what is none.
  return JSON.stringify(['dalil/v1/text', table, row, field]);
}

function damaged(): VaultError {
  return new VaultError(
    'SEALED_TEXT_DAMAGED',
    'A sealed text in the database was changed or moved, so it cannot be opened. Restore the database from a backup.',
  );
}

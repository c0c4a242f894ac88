import { hkdfSync } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { RandomBytes } from '../../kernel/ids.ts';
import type { VaultWrapsTable } from '../sqlite/sqlite-vault-schema.ts';
import { ARGON2_COST, argon2id } from './argon2id.ts';
import { authenticatedDecrypt, authenticatedEncrypt } from './authenticated-encryption.ts';

/** What a person opens the vault with. */
export type VaultSecret =
  | { readonly method: 'passphrase'; readonly passphrase: string }
  | { readonly method: 'key-file'; readonly bytes: Uint8Array };

type Derivation = Pick<VaultWrapsTable, 'method' | 'salt' | 'memory_kib' | 'passes' | 'lanes'>;

const NO_ARGON2 = { memory_kib: 0, passes: 0, lanes: 0 };
/** A changed row must not make the machine run out of memory before it is found wrong. */
const MEMORY_LIMIT_KIB = 1024 * 1024;
const PASSES_LIMIT = 64;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Wraps a vault key under a secret, with a fresh salt. */
export async function wrapVaultKey(
  vaultKey: Uint8Array,
  secret: VaultSecret,
  random: RandomBytes,
): Promise<VaultWrapsTable> {
  const { memoryKib, passes, lanes } = ARGON2_COST;
  const cost =
    secret.method === 'passphrase' ? { memory_kib: memoryKib, passes, lanes } : NO_ARGON2;
  const derivation = {
    method: secret.method,
    salt: random(SALT_BYTES),
    ...cost,
  };
  const key = await wrappingKey(derivation, secret);
  const wrapped_key = authenticatedEncrypt(key, vaultKey, aadOf(derivation), random);
  return { ...derivation, wrapped_key };
}

/** The vault key behind a wrap, or null when the secret is another one. */
export async function unwrapVaultKey(
  wrap: VaultWrapsTable,
  secret: VaultSecret,
): Promise<Uint8Array | null> {
  if (wrap.memory_kib > MEMORY_LIMIT_KIB || wrap.passes > PASSES_LIMIT) return null;
  const key = await wrappingKey(wrap, secret);
  const vaultKey = authenticatedDecrypt(key, wrap.wrapped_key, aadOf(wrap));
  return vaultKey?.length === KEY_BYTES ? vaultKey : null;
}

/** A key for one purpose. Keys of different purposes tell nothing about each other (RFC 5869). */
export function subkey(vaultKey: Uint8Array, purpose: 'wrap' | 'seal' | 'name'): Uint8Array {
  return hkdf(vaultKey, new Uint8Array(), `dalil/v1/${purpose}`);
}

async function wrappingKey(from: Derivation, secret: VaultSecret): Promise<Uint8Array> {
  if (secret.method === 'key-file') return hkdf(secret.bytes, from.salt, 'dalil/v1/key-file');
  const { memory_kib: memoryKib, passes, lanes } = from;
  return await argon2id(secret.passphrase, from.salt, { memoryKib, passes, lanes });
}

function hkdf(input: Uint8Array, salt: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', input, salt, info, KEY_BYTES));
}

function aadOf({ method, memory_kib, passes, lanes }: Derivation): string {
  return canonicalJson(['dalil/v1/vault-key', method, memory_kib, passes, lanes]);
}

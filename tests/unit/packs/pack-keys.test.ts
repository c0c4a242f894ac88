import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkP256Signature } from '../../../server/adapters/keys/p256-signatures.ts';
import { parseSignedRevocation } from '../../../server/packs/manifest/revocation-note.ts';
import { createPackKeys, type PackKeys } from '../../../server/packs/pack-keys.ts';
import type { KeptPackKey, PackCustody } from '../../../server/packs/ports.ts';
import { aVault } from '../../builders/open-vault.ts';

// Over the real keeping of keys; what the custody log is told is kept here.

const NOW = new Date('2026-11-25T08:00:00.500Z');
let keys: PackKeys;
let isLogBroken = false;
let told: Parameters<PackCustody['record']>[0][];
let kept: { list(): Promise<readonly KeptPackKey[]>; privateKeyPem(pem: string): Promise<string> };

beforeEach(async () => {
  const store = (await aVault()).vault.keys;
  told = [];
  isLogBroken = false;
  kept = { list: () => store.list('pack'), privateKeyPem: store.privateKeyPem };
  keys = createPackKeys({
    store: {
      ...kept,
      signer: (record) => store.signer('pack', record),
      replace: (record, given) => store.replace('pack', record, given),
      signerBy: store.signerBy,
      revoke: store.revoke,
    },
    custody: {
      async record(event) {
        if (isLogBroken) throw new Error('the disk is full');
        told.push(event);
        return { index: told.length - 1 };
      },
    },
    clock: { now: () => NOW },
  });
});

const statesOf = async () => (await keys.list()).map(({ state }) => state);

test('the first key is made when it is needed, and stays until it is told to go', async () => {
  const { fingerprint, state } = await keys.current();
  expect(state).toBe('current');
  expect((await keys.current()).fingerprint).toBe(fingerprint);
  expect((await keys.signer()).publicKeyPem).toBe((await keys.current()).publicKeyPem);
  expect(told).toEqual([{ kind: 'received', role: 'system', detail: { key: fingerprint } }]);
});

test('listing keys makes none', async () => {
  expect(await keys.list()).toEqual([]);
  expect(told).toEqual([]);
});

test('what the log cannot record does not happen', async () => {
  isLogBroken = true;
  await expect(keys.current()).rejects.toThrow('the disk is full');
  expect(await keys.list()).toEqual([]);
  isLogBroken = false;
  const { fingerprint } = await keys.current();
  isLogBroken = true;
  await expect(keys.rotate('administrator')).rejects.toThrow('the disk is full');
  await expect(keys.revoke(fingerprint, 'administrator')).rejects.toThrow('the disk is full');
  expect((await keys.list()).map((key) => [key.fingerprint, key.state])).toEqual([
    [fingerprint, 'current'],
  ]);
});

test('a rotation leaves the old key in the list, and the log knows which gave way to which', async () => {
  const before = await keys.current();
  const after = await keys.rotate('administrator');
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(await statesOf()).toEqual(['current', 'retired']);
  expect(told.slice(1)).toEqual([
    {
      kind: 'superseded',
      role: 'administrator',
      detail: { key: before.fingerprint, successor: after.fingerprint },
    },
  ]);
});

test('a key that was made elsewhere signs from then on; given again it changes nothing', async () => {
  await keys.current();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const adopted = await keys.adopt({ privateKeyPem: pem }, 'administrator');
  expect((await keys.adopt({ privateKeyPem: pem }, 'administrator')).fingerprint).toBe(
    adopted.fingerprint,
  );
  expect(told.map(({ kind }) => kind)).toEqual(['received', 'superseded']);
  await keys.rotate('administrator');
  await expect(keys.adopt({ privateKeyPem: pem }, 'administrator')).rejects.toMatchObject({
    code: 'KEY_EXISTS',
  });
});

test('a private half leaves only after the log knows', async () => {
  const { fingerprint, publicKeyPem } = await keys.current();
  expect(await keys.release(fingerprint, 'administrator')).toBe(
    await kept.privateKeyPem(publicKeyPem),
  );
  expect(told.slice(1)).toMatchObject([{ kind: 'exported', detail: { key: fingerprint } }]);
});

describe('a revocation', () => {
  test('of the current key: signed by it, naming the one that took its place', async () => {
    const { fingerprint, publicKeyPem } = await keys.current();
    const since = new Date('2026-11-20T00:00:00Z');
    const revoked = await keys.revoke(fingerprint, 'administrator', { since });
    const { note, text, signature } = parseSignedRevocation(revoked.revocation!)!;
    expect(note).toEqual({
      keySha256: fingerprint,
      revokedAt: '2026-11-25T08:00:00Z',
      since: '2026-11-20T00:00:00Z',
      successorSha256: (await keys.current()).fingerprint,
    });
    const bytes = new TextEncoder().encode(text);
    expect(await checkP256Signature({ publicKeyPem, bytes, signature })).toBe(true);
    expect(await statesOf()).toEqual(['current', 'revoked']);
    expect(told.map(({ kind }) => kind)).toEqual(['received', 'superseded', 'superseded']);
  });

  test('of a retired key leaves the current one where it is', async () => {
    const { fingerprint } = await keys.current();
    const current = await keys.rotate('administrator');
    const { revocation, endedAt } = await keys.revoke(fingerprint, 'administrator');
    expect(parseSignedRevocation(revocation!)!.note.since).toBe('2026-11-25T08:00:00Z');
    expect(endedAt).not.toBeNull();
    expect((await keys.current()).fingerprint).toBe(current.fingerprint);
  });

  test('is for ever: the key neither signs nor leaves nor is revoked again', async () => {
    const { fingerprint } = await keys.current();
    await keys.revoke(fingerprint, 'administrator');
    const again = [keys.revoke(fingerprint, 'lawyer'), keys.release(fingerprint, 'lawyer')];
    for (const refused of again) {
      await expect(refused).rejects.toMatchObject({ code: 'KEY_REVOKED' });
    }
  });

  test('of a key that is not here, or from tomorrow on, is refused before anything happens', async () => {
    const { fingerprint } = await keys.current();
    const unknown = keys.revoke('0'.repeat(64), 'administrator');
    await expect(unknown).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    const since = new Date('2026-11-26T00:00:00Z');
    const early = keys.revoke(fingerprint, 'administrator', { since });
    await expect(early).rejects.toMatchObject({ code: 'MOMENT_INVALID' });
    expect([await statesOf(), told.length]).toEqual([['current'], 1]);
  });
});

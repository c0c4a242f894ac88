import type { Sha256 } from '../kernel/digest.ts';
import { type Clock, isoSeconds } from '../kernel/time.ts';
import { PackError } from './errors.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { lowSignature } from './manifest/p256-signature.ts';
import { formatRevocation, formatSignedRevocation } from './manifest/revocation-note.ts';
import type { GivenPackKey, KeptPackKey, PackCustody, PackKeyStore, PackSigner } from './ports.ts';

/** A key that packs are or were signed with. */
export interface PackKey extends KeptPackKey {
  /** SHA-256 of the public key, SPKI in DER: what letterhead, website and statements name it by. */
  readonly fingerprint: Sha256;
}

/** The life of the keys that packs are signed with. The custody log knows of every step before it is taken. */
export interface PackKeys {
  /** Signs by the current key; the first one is made, and the log told, at first use. */
  signer(): Promise<PackSigner>;
  /** The one that signs now; made at first use. */
  current(): Promise<PackKey>;
  /** All there were, the newest first. */
  list(): Promise<readonly PackKey[]>;
  /** Makes a new key the current one. Packs sealed by the one before are verified by it for ever. */
  rotate(role: string): Promise<PackKey>;
  /** The same with a key that was made elsewhere; its certificates will lie in every pack. */
  adopt(given: GivenPackKey, role: string): Promise<PackKey>;
  /** The private half of a key, to be kept elsewhere; the log knows first. */
  release(fingerprint: string, role: string): Promise<string>;
  /**
   * Takes a key out of use for good and tells so in a signed note for those who have its public half.
   * Its private half is destroyed; if it was the current one, a new one takes its place.
   *
   * @param options.since - from when on others may have had it; now by default.
   * @throws {PackError} `KEY_UNKNOWN`, `KEY_REVOKED`, or `MOMENT_INVALID` when `since` lies ahead.
   */
  revoke(fingerprint: string, role: string, options?: { since?: Date }): Promise<PackKey>;
}

/** Creates the keeping of pack keys. */
export function createPackKeys(deps: {
  store: PackKeyStore;
  custody: Pick<PackCustody, 'record'>;
  clock: Clock;
}): PackKeys {
  const { store, custody, clock } = deps;

  async function signer(): Promise<PackSigner> {
    return await store.signer(async (publicKeyPem) => {
      const detail = { key: keyFingerprint(publicKeyPem) };
      await custody.record({ kind: 'received', role: 'system', detail });
    });
  }

  async function current(): Promise<PackKey> {
    const { publicKeyPem } = await signer();
    return (await list()).find((key) => key.publicKeyPem === publicKeyPem)!;
  }

  async function list(): Promise<readonly PackKey[]> {
    return (await store.list()).map((key) => ({
      ...key,
      fingerprint: keyFingerprint(key.publicKeyPem),
    }));
  }

  async function find(fingerprint: string): Promise<PackKey> {
    const found = (await list()).find((key) => key.fingerprint === fingerprint);
    if (found === undefined) {
      throw new PackError(
        'KEY_UNKNOWN',
        'There is no key of this digest here. List the keys, and take a digest from there.',
      );
    }
    if (found.state !== 'revoked') return found;
    throw new PackError(
      'KEY_REVOKED',
      'This key was revoked and its private half destroyed. The list of keys has the note that says so.',
    );
  }

  async function replace(role: string, given?: GivenPackKey): Promise<PackKey> {
    const before = await current();
    await store.replace(async (publicKeyPem) => {
      const detail = { key: before.fingerprint, successor: keyFingerprint(publicKeyPem) };
      await custody.record({ kind: 'superseded', role, detail });
    }, given);
    return await current();
  }

  return {
    signer,
    current,
    list,
    rotate: (role) => replace(role),
    adopt: (given, role) => replace(role, given),
    async release(fingerprint, role) {
      const { publicKeyPem } = await find(fingerprint);
      await custody.record({ kind: 'exported', role, detail: { key: fingerprint } });
      return await store.privateKeyPem(publicKeyPem);
    },
    async revoke(fingerprint, role, { since } = {}) {
      const revoked = await find(fingerprint);
      const now = clock.now();
      if (since !== undefined && since.getTime() > now.getTime()) {
        throw new PackError(
          'MOMENT_INVALID',
          'A key cannot be revoked from a moment on that has not come yet. Give one that has passed.',
        );
      }
      const by = await store.signerBy(revoked.publicKeyPem);
      const successor = revoked.state === 'current' ? await replace(role) : await current();
      const note = {
        keySha256: revoked.fingerprint,
        revokedAt: isoSeconds(now),
        since: isoSeconds(since ?? now),
        successorSha256: successor.fingerprint,
      };
      const signature = lowSignature(by.sign(new TextEncoder().encode(formatRevocation(note))))!;
      const detail = { key: fingerprint, revoked: true, since: note.since };
      await custody.record({ kind: 'superseded', role, detail });
      await store.revoke(revoked.publicKeyPem, formatSignedRevocation(note, signature));
      return (await list()).find((key) => key.fingerprint === fingerprint)!;
    },
  };
}

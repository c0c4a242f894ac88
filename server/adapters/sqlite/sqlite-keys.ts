import { createPrivateKey, type KeyObject } from 'node:crypto';
import { newId } from '../../kernel/ids.ts';
import type { Clock } from '../../kernel/time.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import {
  generateSigningKey,
  type KeyPurpose,
  type KeySigner,
  parseSigningKey,
  publicPemOf,
  signerOf,
} from '../keys/signing-key.ts';
import { VaultError } from '../vault/vault-error.ts';
import { type Database, purgeDeleted } from './sqlite-database.ts';

/** A key as it is listed; the private half stays where it is. */
export interface KeptKey {
  readonly publicKeyPem: string;
  readonly state: 'current' | 'retired' | 'revoked';
  /** Null for keys from before that was noted. */
  readonly madeAt: Date | null;
  /** When it stopped to be the current one. */
  readonly endedAt: Date | null;
  /** What others were told when it was revoked. */
  readonly revocation: string | null;
}

/** A key that was made elsewhere. */
export interface GivenKey {
  readonly privateKeyPem: string;
  /** The certificate of the key, then those that vouch for it, PEM. */
  readonly certificatesPem?: string;
}

/** Is told of a key (its public half, SPKI in PEM) before it is kept; if that fails, it is not kept. */
export type AnnounceKey = (publicKeyPem: string) => Promise<void>;

/** The signing keys of this installation, sealed. */
export interface SigningKeys {
  /** The current key of a purpose; made at first use, after `announce` was told of it. */
  signer(purpose: KeyPurpose, announce?: AnnounceKey): Promise<KeySigner>;
  /** All keys of a purpose, the newest first. */
  list(purpose: KeyPurpose): Promise<readonly KeptKey[]>;
  /**
   * Makes a key the current one of its purpose, after `announce` was told of it: a fresh one, or one
   * that was made elsewhere (PKCS#8, PEM). The one before is retired. The current one given again
   * changes nothing.
   *
   * @throws {VaultError} `KEY_UNSUITABLE` when it is no key of that kind, `KEY_EXISTS` when it was the
   *   current one before: what it signed since could not be told from what it signed then.
   */
  replace(purpose: KeyPurpose, announce: AnnounceKey, given?: GivenKey): Promise<KeySigner>;
  /**
   * The private half of a key (PKCS#8, PEM).
   *
   * @throws {VaultError} `KEY_UNKNOWN` when there is no such key, or it was revoked.
   */
  privateKeyPem(publicKeyPem: string): Promise<string>;
  /** Signs by a key that is current or retired. Throws as {@link SigningKeys.privateKeyPem}. */
  signerBy(publicKeyPem: string): Promise<KeySigner>;
  /**
   * Keeps what others are told, and destroys the private half. A purpose whose current key goes gets
   * a fresh one at its next use.
   */
  revoke(publicKeyPem: string, revocation: string): Promise<void>;
}

/** Keeps signing keys in the database. */
export function createSigningKeys(deps: {
  database: Database;
  sealer: TextSealer;
  clock: Clock;
}): SigningKeys {
  const { database, sealer, clock } = deps;
  const placeOf = (id: string, field = 'sealed_private_pem') => ({
    table: 'signing_keys',
    row: id,
    field,
  });
  const nowMs = () => clock.now().getTime();
  const opened = (row: { id: string; sealed_private_pem: Uint8Array | null }) =>
    sealer.open(placeOf(row.id), row.sealed_private_pem!);

  async function current(purpose: KeyPurpose): Promise<KeySigner | null> {
    const row = await database
      .selectFrom('signing_keys')
      .select(['id', 'sealed_private_pem', 'sealed_certificates'])
      .where('purpose', '=', purpose)
      .where('state', '=', 'current')
      .executeTakeFirst();
    if (row === undefined) return null;
    const { id, sealed_certificates: sealed } = row;
    const certificates = sealed && sealer.open(placeOf(id, 'sealed_certificates'), sealed);
    return signerOf(createPrivateKey(opened(row)), certificates);
  }

  async function keep(
    purpose: KeyPurpose,
    key: KeyObject,
    certificatesPem?: string,
    db: Database = database,
  ): Promise<void> {
    const id = newId();
    const pem = key.export({ type: 'pkcs8', format: 'pem' }) as string;
    await db
      .insertInto('signing_keys')
      .values({
        id,
        purpose,
        state: 'current',
        made_at_ms: nowMs(),
        ended_at_ms: null,
        public_pem: publicPemOf(key),
        sealed_private_pem: sealer.seal(placeOf(id), pem),
        revocation: null,
        sealed_certificates:
          certificatesPem === undefined
            ? null
            : sealer.seal(placeOf(id, 'sealed_certificates'), certificatesPem),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async function rowOf(publicKeyPem: string) {
    const row = await database
      .selectFrom('signing_keys')
      .select(['id', 'sealed_private_pem'])
      .where('public_pem', '=', publicKeyPem)
      .where('sealed_private_pem', 'is not', null)
      .executeTakeFirst();
    if (row !== undefined) return row;
    throw new VaultError(
      'KEY_UNKNOWN',
      'There is no such key here that can sign. List the keys, and take one that is not revoked.',
    );
  }

  /** Other certificates of a key that is here: the key itself stays. */
  async function certify(publicKeyPem: string, certificatesPem: string): Promise<void> {
    const { id } = await rowOf(publicKeyPem);
    await database
      .updateTable('signing_keys')
      .set({
        sealed_certificates: sealer.seal(placeOf(id, 'sealed_certificates'), certificatesPem),
      })
      .where('id', '=', id)
      .execute();
  }

  async function privateKeyPem(publicKeyPem: string): Promise<string> {
    return opened(await rowOf(publicKeyPem));
  }

  /** Throws {VaultError} `KEY_EXISTS` for a key that was the current one once. */
  async function isCurrent(publicKeyPem: string, db: Database = database): Promise<boolean> {
    const known = await db
      .selectFrom('signing_keys')
      .select('state')
      .where('public_pem', '=', publicKeyPem)
      .executeTakeFirst();
    if (known === undefined || known.state === 'current') return known !== undefined;
    throw new VaultError(
      'KEY_EXISTS',
      'This key was retired or revoked here before and cannot sign again. Make a new one.',
    );
  }

  async function signer(purpose: KeyPurpose, announce?: AnnounceKey): Promise<KeySigner> {
    const kept = await current(purpose);
    if (kept !== null) return kept;
    const key = generateSigningKey(purpose);
    await announce?.(publicPemOf(key));
    await keep(purpose, key);
    // Two that start at once make two keys; the one that was kept first is everybody's.
    return (await current(purpose))!;
  }

  return {
    signer,
    privateKeyPem,
    signerBy: async (pem) => signerOf(createPrivateKey(await privateKeyPem(pem))),
    async list(purpose) {
      const rows = await database
        .selectFrom('signing_keys')
        .select(['public_pem', 'state', 'made_at_ms', 'ended_at_ms', 'revocation'])
        .where('purpose', '=', purpose)
        .execute();
      return rows
        .map(
          (row): KeptKey => ({
            publicKeyPem: row.public_pem,
            state: row.state as KeptKey['state'],
            madeAt: momentOf(row.made_at_ms),
            endedAt: momentOf(row.ended_at_ms),
            revocation: row.revocation,
          }),
        )
        .sort((a, b) => (b.madeAt?.getTime() ?? 0) - (a.madeAt?.getTime() ?? 0));
    },
    async replace(purpose, announce, given) {
      const key =
        given === undefined
          ? generateSigningKey(purpose)
          : parseSigningKey(purpose, given.privateKeyPem);
      const pem = publicPemOf(key);
      if (await isCurrent(pem)) {
        if (given?.certificatesPem !== undefined) await certify(pem, given.certificatesPem);
        return (await current(purpose))!;
      }
      await announce(pem);
      await database.transaction().execute(async (transaction) => {
        if (await isCurrent(pem, transaction as unknown as Database)) return;
        await transaction
          .updateTable('signing_keys')
          .set({ state: 'retired', ended_at_ms: nowMs() })
          .where('purpose', '=', purpose)
          .where('state', '=', 'current')
          .execute();
        await keep(purpose, key, given?.certificatesPem, transaction as unknown as Database);
      });
      return (await current(purpose))!;
    },
    async revoke(publicKeyPem, revocation) {
      const { id } = await rowOf(publicKeyPem);
      await database
        .updateTable('signing_keys')
        .set((row) => ({
          state: 'revoked',
          ended_at_ms: row.fn.coalesce('ended_at_ms', row.val(nowMs())),
          sealed_private_pem: null,
          revocation,
        }))
        .where('id', '=', id)
        .execute();
      await purgeDeleted(database);
    },
  };
}

function momentOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(Number(ms));
}

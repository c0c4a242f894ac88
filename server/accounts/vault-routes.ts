import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { CodedError } from '../kernel/errors.ts';
import type { AttemptLimit } from './attempt-limit.ts';
import type { VaultAccess } from './ports.ts';

const keepers = ['lawyer', 'administrator'] as const;
const VAULT = z.strictObject({
  state: z.enum(['none', 'locked', 'open']).describe('none: it was never made'),
});
const SECRET = z.union([
  z.strictObject({
    passphrase: z.string().max(1_024),
    makes: z.boolean().default(false).describe('true makes a vault where there is none'),
  }),
  z.strictObject({
    keyFile: z.base64().max(1_500_000).describe('the bytes of the key file'),
    makes: z.boolean().default(false),
  }),
]);
/** Guesses are counted for the vault, whoever makes them; no login can have this name. */
const VAULT_KEY = '*vault';

/** Opening and locking the vault while the service runs. */
export function vaultRoutes(deps: { vault: VaultAccess; limit: AttemptLimit }): Route[] {
  const { vault, limit } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/vault',
      roles: keepers,
      summary: 'Whether the vault is open',
      needsVault: false,
      answer: { status: 200, schema: VAULT },
      handle: async () => ({ status: 200, json: { state: await vault.state() } }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/vault',
      roles: keepers,
      summary: 'Open the vault by its passphrase or its key file; waiting jobs go on',
      needsVault: false,
      body: SECRET,
      answer: { status: 200, schema: VAULT },
      async handle({ body }) {
        await limit.refuseTooMany(VAULT_KEY);
        const { makes } = body;
        try {
          await vault.open(
            'passphrase' in body
              ? { passphrase: body.passphrase, makes }
              : { keyBytes: Buffer.from(body.keyFile, 'base64'), makes },
          );
        } catch (error) {
          if (error instanceof CodedError && error.code.startsWith('WRONG_')) {
            await limit.addFailure(VAULT_KEY);
          }
          throw error;
        }
        await limit.clear(VAULT_KEY);
        return { status: 200, json: { state: await vault.state() } };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/vault',
      roles: keepers,
      summary: 'Lock the vault; jobs that run go back to the queue and wait',
      needsVault: false,
      answer: { status: 200, schema: VAULT },
      async handle() {
        await vault.lock();
        return { status: 200, json: { state: await vault.state() } };
      },
    }),
  ];
}

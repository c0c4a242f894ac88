import { z } from 'zod';
import { isoSeconds } from '../kernel/time.ts';
import type { PackKey } from './pack-keys.ts';

/** A key as it leaves: its public half, its dates, and what was told of it. Times in UTC. */
export const KEY = z.strictObject({
  fingerprint: z.string().describe('SHA-256 of the public key, for letterhead and website'),
  publicKeyPem: z.string(),
  state: z.enum(['current', 'retired', 'revoked']),
  madeAt: z.string().nullable().describe('null for keys from before that was noted'),
  endedAt: z.string().nullable(),
  revocation: z.string().nullable().describe('the signed note to be published with the key'),
});

/** A key for people and programs, field by field. */
export function presentKey(key: PackKey): z.output<typeof KEY> {
  const { fingerprint, publicKeyPem, state, madeAt, endedAt, revocation } = key;
  return {
    fingerprint,
    publicKeyPem,
    state,
    madeAt: madeAt === null ? null : isoSeconds(madeAt),
    endedAt: endedAt === null ? null : isoSeconds(endedAt),
    revocation,
  };
}

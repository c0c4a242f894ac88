import { timingSafeEqual } from 'node:crypto';
import type { PasswordHasher } from '../accounts/ports.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import { ARGON2_COST, argon2id } from './vault/argon2id.ts';

/** PHC string format: what was done stands beside the result, so that costs can grow later. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]{22})\$([\w+/]{43})$/;

/** Hashes passwords with Argon2id, each with a salt of its own. */
export function createArgon2Passwords(deps: { random: RandomBytes }): PasswordHasher {
  return {
    async hash(password) {
      const salt = deps.random(16);
      const { memoryKib, passes, lanes } = ARGON2_COST;
      const key = await argon2id(password, salt, ARGON2_COST);
      return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(salt)}$${base64(key)}`;
    },
    async matches(password, hash) {
      const match = PHC.exec(hash);
      if (match === null) return false;
      const [, memoryKib, passes, lanes, salt, key] = match;
      const cost = { memoryKib: Number(memoryKib), passes: Number(passes), lanes: Number(lanes) };
      const made = await argon2id(password, Buffer.from(salt!, 'base64'), cost);
      return timingSafeEqual(made, Buffer.from(key!, 'base64'));
    },
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

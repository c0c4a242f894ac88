import { generateKeyPairSync, sign } from 'node:crypto';
import { createCustodyLog } from '../../server/custody/custody-log.ts';
import type { CustodySigner, CustodyStore } from '../../server/custody/ports.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { createManualClock } from '../fakes/manual-clock.ts';
import { createMemoryCustody } from '../fakes/memory-custody.ts';

/** The name of the logs in tests. */
export const ORIGIN = 'log.example/dalil';

/** A fresh Ed25519 signer. */
export function aCustodySigner(): CustodySigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
  };
}

/** A log over a store, with its signer and a clock that stands still. */
export function aCustodyLog(store: CustodyStore, signer = aCustodySigner()) {
  const clock = createManualClock();
  const log = createCustodyLog({
    store,
    signer,
    clock,
    random: systemRandom,
    origin: ORIGIN,
  });
  return {
    log,
    clock,
    signer,
    key: { origin: ORIGIN, publicKeyPem: signer.publicKeyPem },
  };
}

/** A log in memory that holds `size` events. */
export async function aLogOf(size: number) {
  const store = createMemoryCustody();
  const made = aCustodyLog(store);
  for (let i = 0; i < size; i++) {
    await made.log.record({
      kind: 'received',
      role: 'lawyer',
      detail: { number: i },
    });
  }
  return { store, ...made };
}

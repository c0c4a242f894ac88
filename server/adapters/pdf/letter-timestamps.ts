import * as asn1js from 'asn1js';
import type { TimestampAuthority } from '../../packs/ports.ts';
import type { TokenOver } from './cades-signature.ts';

/** Three letters are stamped one after the other: nobody waits longer for each. */
const PATIENCE_MS = 5_000;

/**
 * Asks all authorities for a token over a letter's signature, and takes the first that comes. Without
 * one in time the letter has none, and stays B-B.
 *
 * @returns undefined when there is no authority to ask.
 */
export function createTokenOver(authorities: readonly TimestampAuthority[]): TokenOver | undefined {
  if (authorities.length === 0) return undefined;
  return async (bytes) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      return tokenOf(await Promise.any(authorities.map((one) => one.stamp(bytes, signal))));
    } catch {
      return null;
    }
  };
}

/** The token of a TimeStampResp, byte for byte (RFC 3161, 2.4.2); null where it has none. */
function tokenOf(answer: Uint8Array): Uint8Array | null {
  const { result } = asn1js.fromBER(Uint8Array.from(answer).buffer);
  const token = (result as asn1js.Sequence).valueBlock.value[1];
  return token === undefined ? null : new Uint8Array(token.valueBeforeDecodeView);
}

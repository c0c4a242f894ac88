import type { GivenTimestamp, TimestampAuthority } from './ports.ts';

/**
 * Asks every authority at once. Those that give no time stamp are left out and asked again later: a
 * pack must not wait for them.
 *
 * @throws the reason of `signal`.
 */
export async function stampStatement(
  authorities: readonly TimestampAuthority[],
  stamped: Uint8Array,
  signal?: AbortSignal,
): Promise<GivenTimestamp[]> {
  const asked = await Promise.allSettled(
    authorities.map(async ({ name, stamp }) => ({ name, token: await stamp(stamped, signal) })),
  );
  signal?.throwIfAborted();
  return asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

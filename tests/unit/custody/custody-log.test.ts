import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { commitment } from '../../../server/custody/custody-event.ts';
import {
  type CustodyExcerptEntry,
  verifyExcerpt,
} from '../../../server/custody/custody-excerpt.ts';
import { openCheckpoint } from '../../../server/custody/open-checkpoint.ts';
import type { JsonValue } from '../../../server/kernel/canonical-json.ts';
import { leafHash, merkleRoot } from '../../../server/kernel/merkle.ts';
import { aCustodySigner, aLogOf, ORIGIN } from '../../builders/custody-log.ts';

describe('recording', () => {
  test('shows kind, role and month; time and detail only to who may open them', async () => {
    const { store, log } = await aLogOf(0);
    const detail = { recording: 'кассета 7', from: 'Бакыт' };
    expect(await log.record({ kind: 'redacted', role: 'system', detail })).toEqual({ index: 0 });
    const { leaf } = store.entries[0]!;
    expect(leaf).toMatch(
      /^\{"detail":"[0-9a-f]{64}","kind":"redacted","month":"2026-11","role":"system"\}$/,
    );
    const opening = await log.opening(0);
    expect(opening.detail).toEqual({
      at: '2026-11-23T10:15:30.250Z',
      about: detail,
    });
    expect(opening.salt).toMatch(/^[0-9a-f]{64}$/);
  });

  test('commits as the pack format says: SHA-256 of a zero byte and the canonical JSON', async () => {
    const opening = {
      salt: 'ab'.repeat(32),
      detail: { at: '2026-11-23T10:15:30.250Z', about: 1 },
    };
    const script = `{ printf '\\000'; printf '%s' "$1"; } | sha256sum`;
    const json = `["${opening.salt}",{"about":1,"at":"2026-11-23T10:15:30.250Z"}]`;
    const printed = execFileSync('sh', ['-c', script, 'sh', json], {
      encoding: 'utf8',
    });
    expect(commitment(opening)).toBe(printed.slice(0, 64));
  });

  test('gives equal events different commitments', async () => {
    const { store, log } = await aLogOf(0);
    for (let i = 0; i < 2; i++) await log.record({ kind: 'sent', role: 'lawyer', detail: 'x' });
    expect(store.entries[0]!.leaf).not.toBe(store.entries[1]!.leaf);
  });

  test.each([
    ['a name for a role', { role: 'Айгуль Маратовна' }],
    ['an unknown kind', { kind: 'deleted' }],
  ])('refuses %s', async (_, change) => {
    const { log } = await aLogOf(1);
    const event = {
      kind: 'sent' as const,
      role: 'lawyer',
      detail: null,
      ...change,
    };
    await expect(log.record(event as never)).rejects.toMatchObject({
      code: 'EVENT_INVALID',
    });
    expect(await log.size()).toBe(1);
  });

  test('refuses details that JSON cannot hold', async () => {
    const { log } = await aLogOf(0);
    const detail = { at: undefined } as unknown as JsonValue;
    await expect(log.record({ kind: 'sent', role: 'lawyer', detail })).rejects.toThrow(TypeError);
  });

  test('keeps the order of many at once', async () => {
    const { log } = await aLogOf(0);
    const recorded = await Promise.all(
      Array.from({ length: 12 }, (_, detail) =>
        log.record({ kind: 'sent', role: 'lawyer', detail }),
      ),
    );
    expect(recorded.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    expect(await log.audit()).toMatchObject({ intact: true, size: 12 });
  });
});

describe('checkpoints and excerpts', () => {
  test.each([0, 1, 2, 7, 8, 33])('a checkpoint tells the root of %i events', async (size) => {
    const { store, log, key } = await aLogOf(size);
    const leaves = store.entries.map(({ leaf }) => leafHash(Buffer.from(leaf)));
    expect(openCheckpoint(await log.checkpoint(), key)).toEqual({
      origin: ORIGIN,
      size,
      root: merkleRoot(leaves),
    });
  });

  test('an excerpt proves its events and tells nothing of the others', async () => {
    const { log, key } = await aLogOf(21);
    const excerpt = await log.excerpt([20, 3, 3, 11]);
    expect(excerpt.entries.map(({ index }) => index)).toEqual([3, 11, 20]);
    expect(verifyExcerpt(excerpt, key)).toBe(true);
    expect(verifyExcerpt(JSON.parse(JSON.stringify(excerpt)), key)).toBe(true);
  });

  test('an excerpt with anything changed proves nothing', async () => {
    const { log, key } = await aLogOf(21);
    const excerpt = await log.excerpt([3, 11]);
    const [first, second] = excerpt.entries as [CustodyExcerptEntry, CustodyExcerptEntry];
    const withFirst = (change: object) => ({
      ...excerpt,
      entries: [{ ...first, ...change }, second],
    });
    const { event, proof } = first;
    const forgeries = [
      withFirst({ index: 4 }),
      withFirst({ event: { ...event, kind: 'sent' } }),
      withFirst({ event: { ...event, role: 'police' } }),
      withFirst({ event: { ...event, month: '2026-10' } }),
      withFirst({ event: { ...event, extra: 1 } }),
      withFirst({ proof: proof.slice(1) }),
      withFirst({ proof: [...proof, proof[0]!] }),
      withFirst({ proof: proof.with(0, 'zz') }),
      withFirst({ proof: proof.with(0, proof[1]!) }),
      { ...excerpt, checkpoint: await log.checkpoint(20) },
      {
        ...excerpt,
        checkpoint: excerpt.checkpoint.replace('\n21\n', '\n22\n'),
      },
    ];
    for (const forged of forgeries) expect(verifyExcerpt(forged, key)).toBe(false);
    const publicKeyPem = aCustodySigner().publicKeyPem;
    expect(verifyExcerpt(excerpt, { ...key, publicKeyPem })).toBe(false);
    expect(verifyExcerpt(excerpt, { ...key, origin: 'another.log' })).toBe(false);
  });

  test('of an earlier size has the same bytes, however much came after', async () => {
    const { log } = await aLogOf(9);
    const then = await log.excerpt([2, 8]);
    for (let i = 0; i < 10; i++) await log.record({ kind: 'sent', role: 'lawyer', detail: i });
    expect(await log.excerpt([2, 8], 9)).toEqual(then);
    expect(await log.excerpt([2, 8])).not.toEqual(then);
  });

  test('refuses what the log does not hold', async () => {
    const { log } = await aLogOf(3);
    for (const index of [3, -1, 0.5]) {
      await expect(log.excerpt([index])).rejects.toMatchObject({
        code: 'EVENT_UNKNOWN',
      });
    }
    await expect(log.excerpt([2], 2)).rejects.toMatchObject({
      code: 'EVENT_UNKNOWN',
    });
    await expect(log.opening(3)).rejects.toMatchObject({
      code: 'EVENT_UNKNOWN',
    });
    for (const size of [4, -1, 1.5]) {
      await expect(log.checkpoint(size)).rejects.toMatchObject({
        code: 'SIZE_UNKNOWN',
      });
    }
  });

  test('do not need the cache of nodes', async () => {
    const { store, log } = await aLogOf(13);
    const before = await log.excerpt([0, 6, 12]);
    store.nodes.clear();
    expect(await log.excerpt([0, 6, 12])).toEqual(before);
    await log.record({ kind: 'sent', role: 'lawyer', detail: null });
    expect(await log.audit()).toMatchObject({ intact: true });
  });
});

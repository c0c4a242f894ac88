import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { codesOf, judge } from '../builders/judged-pack.ts';
import { putTogether, refilled, takeApart } from '../builders/raw-zip.ts';
import { aPackSigner, aSealedPack, type SealedForTest } from '../builders/sealed-pack.ts';
import { aTimestampAuthority } from '../builders/timestamp-authority.ts';

// Packs so small that every byte of them can be changed in turn.

let pack: SealedForTest;
/** The same with a time stamp, of which openssl would let some bytes change: nobody signed these but we. */
let stamped: SealedForTest;
let key: string;

beforeAll(async () => {
  const { stamp } = aTimestampAuthority();
  const authorities = [{ name: 'tsa.example', stamp: async (bytes: Uint8Array) => stamp(bytes) }];
  const signer = aPackSigner();
  pack = await aSealedPack({ signer });
  stamped = await aSealedPack({ signer, authorities });
  key = signer.publicKeyPem;
});

describe('one byte changed', () => {
  test('in any file that nothing hangs on, in all of them at a time: found, each by its name', async () => {
    const places = placesIn(pack);
    const byPath = Map.groupBy(
      [...places.keys()].filter((at) => isJudgedAlone(places[at]!)),
      (at) => `${places[at]!.kind} of ${places[at]!.path}`,
    );
    const lists = [...byPath.values()];
    const longest = Math.max(...lists.map((list) => list.length));
    expect(longest).toBeGreaterThan(4_000);
    const missed: string[] = [];
    for (let nth = 0; nth < longest; nth++) {
      const at = lists.flatMap((list) => list[nth] ?? []);
      // A file and what stands around it are not changed at once: one would do for both.
      for (const kind of ['data', 'header', 'descriptor']) {
        const here = at.filter((one) => places[one]!.kind === kind);
        if (here.length > 0) missed.push(...(await missedAmong(pack, places, here)));
      }
    }
    expect(missed).toEqual([]);
  });

  test('anywhere else in the archive: found, and the file is named', async () => {
    expect(await missedFlips(pack, (place) => !isJudgedAlone(place))).toEqual([]);
  });

  // Only there: a token takes longer to judge than all the rest.
  test('anywhere in a time stamp: found, and the file is named', async () => {
    expect(await missedFlips(stamped, ({ path }) => path.endsWith('.tsr'))).toEqual([]);
  });

  test('anywhere in a file, with checksums that fit: found by the digests alone', async () => {
    const entries = takeApart(pack.zip);
    const missed: string[] = [];
    for (const [index, entry] of entries.entries()) {
      const path = entry.name.slice(pack.id.length + 1);
      // Of long files a sample will do: the archive's own checksums were not what found the others.
      const step = Math.max(1, Math.floor(entry.data.length / 40));
      for (let at = 0; at < entry.data.length; at += step) {
        const data = Uint8Array.from(entry.data);
        data[at]! ^= flipAt(at);
        const report = await judge(putTogether(entries.with(index, refilled(entry, data))), key);
        const odd = report.files.find((file) => file.path === path);
        if (report.verdict !== 'invalid' || odd?.status !== 'CHANGED') missed.push(`${path} ${at}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

describe('any damage', () => {
  /** A change of the archive: at a place, some bytes are replaced by any others, or by none. */
  const damage = fc.record({
    // Most of it to the directory and the end, where lengths, places and counts stand.
    fromEnd: fc.oneof(fc.nat(60), fc.nat(4_000), fc.nat(20_000)),
    removed: fc.nat(40),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      fc.constantFrom(Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 0, 0)),
    ),
  });

  test('is found, or there is no archive left; nothing crashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        let zip = Buffer.from(pack.zip);
        for (const { fromEnd, removed, put } of damages) {
          const at = Math.max(0, zip.length - fromEnd);
          zip = Buffer.concat([zip.subarray(0, at), put, zip.subarray(at + removed)]);
        }
        fc.pre(Buffer.compare(zip, pack.zip) !== 0);
        try {
          const report = await judge(zip, key);
          expect(report.verdict).toBe('invalid');
        } catch (error) {
          expect(error).toMatchObject({ code: 'NOT_AN_ARCHIVE' });
        }
      }),
      { numRuns: 1_500, seed: 20261123 },
    );
  });
});

/**
 * Whether a change here is told whatever else is changed: not in the directory, and not in what lists
 * or signs other files.
 */
function isJudgedAlone({ path, kind }: Place): boolean {
  const isAbove =
    /^(?:(?:seal\/|tag)?manifest-sha256\.txt|seal\/(?:statement\.txt|signer\.pem|.*\.sig))$/;
  return kind !== 'around' && !(kind === 'data' && isAbove.test(path));
}

/** Flips each byte of a pack that is at one of these places; says which flips were not told rightly. */
async function missedFlips(of: SealedForTest, where: (place: Place) => boolean): Promise<string[]> {
  const places = placesIn(of);
  expect(places).toHaveLength(of.zip.length);
  const flips = [...places.keys()].filter((at) => where(places[at]!));
  expect(flips.length).toBeGreaterThan(1_000);
  const missed: string[] = [];
  for (const at of flips) missed.push(...(await missedAmong(of, places, [at])));
  return missed;
}

/** Flips these bytes, of one file each, together; says which of the flips were not told rightly. */
async function missedAmong(
  of: SealedForTest,
  places: readonly Place[],
  flips: readonly number[],
): Promise<string[]> {
  const zip = Uint8Array.from(of.zip);
  for (const at of flips) zip[at]! ^= flipAt(at);
  const report = await judge(zip, key);
  return flips.flatMap((at) => {
    const { path, kind } = places[at]!;
    const named = report.findings.some((found) => found.path === path);
    const changedFile = report.files.some(
      (file) => file.path === path && file.status === 'CHANGED',
    );
    const found = kind === 'data' ? changedFile && named : kind === 'around' || named;
    return report.verdict === 'invalid' && report.findings.length > 0 && found
      ? []
      : [`${at}: ${kind} of ${path}, ${codesOf(report)}`];
  });
}

/** Which bits to flip at a place: any, but always the same there. */
function flipAt(at: number): number {
  return createHash('sha256').update(`${at}`).digest()[0]! || 1;
}

interface Place {
  readonly path: string;
  readonly kind: string;
}

/** What each byte of an archive belongs to. */
function placesIn({ id, zip }: SealedForTest): Place[] {
  const entries = takeApart(zip);
  const of = (name: string, kind: string, length: number) =>
    Array.from({ length }, () => ({ path: name.slice(id.length + 1), kind }));
  const files = entries.flatMap(({ name, local, data, descriptor }) => [
    ...of(name, 'header', local.length),
    ...of(name, 'data', data.length),
    ...of(name, 'descriptor', descriptor.length),
  ]);
  // A changed length or name in the directory hides which file it is; being found is enough there.
  const rest = of('', 'around', zip.length - files.length);
  return [...files, ...rest];
}

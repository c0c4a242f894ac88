import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHttpTimestamps } from '../../server/adapters/keys/http-timestamps.ts';
import { judgeTimestamp } from '../../server/adapters/keys/pkijs-timestamps.ts';
import { isTimestampPath, timestampPath } from '../../server/packs/manifest/pack-files.ts';
import { presentReport } from '../../server/verification/present-report.ts';
import { codesOf, packInMemory, stepOf, verifyPack } from '../builders/judged-pack.ts';
import { takeApart } from '../builders/raw-zip.ts';
import { REPORT_TEXT } from '../builders/report-text.ts';
import { resealed } from '../builders/resealed-pack.ts';
import { aRevocation } from '../builders/revocation.ts';
import { aSealedPack, type SealedForTest } from '../builders/sealed-pack.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import {
  answering,
  aTimestampAuthority,
  type LocalAuthority,
  servedOnLoopback,
} from '../builders/timestamp-authority.ts';

// Time stamps of authorities that openssl made, judged by us and by openssl.

const text = new TextEncoder().encode('dalil-evidence-pack/v1\n');
let authority: LocalAuthority;
let other: LocalAuthority;
let token: Uint8Array;

beforeAll(() => {
  authority = aTimestampAuthority();
  other = aTimestampAuthority();
  token = authority.stamp(text);
});

const standingOf = async (
  stamp: Uint8Array,
  roots: readonly string[] | null = [authority.rootPem],
  stamped = text,
) => (await judgeTimestamp({ token: stamp, stamped, roots }))?.standing ?? null;

/** Whether openssl accepts a time stamp of the text at the moment that it names. */
function opensslAccepts(stamp: Uint8Array, by = authority): boolean {
  const folder = aTemporaryFolder();
  const at = (name: string) => path.join(folder, name);
  writeFileSync(at('token.tsr'), stamp);
  writeFileSync(at('text'), text);
  const typed = `moment=$(openssl ts -reply -in token.tsr -text | sed -n 's/^Time stamp: //p')
    openssl ts -verify -attime "$(date -u -d "$moment" +%s)" -data text -in token.tsr -CAfile "$1"`;
  return spawnSync('sh', ['-c', typed, 'sh', by.rootFile], { cwd: folder }).status === 0;
}

describe('a time stamp', () => {
  test('of an authority that is trusted holds, and openssl says so too', async () => {
    expect(await standingOf(token)).toBe('trusted');
    expect(opensslAccepts(token)).toBe(true);
    const { genTime } = (await judgeTimestamp({ token, stamped: text, roots: null }))!;
    expect(Math.abs(genTime.getTime() - Date.now())).toBeLessThan(3_600_000);
  });

  test.each([
    ['RSA', ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ['P-384', ['EC', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ] as const)('may be signed with %s', async (_, key) => {
    const by = aTimestampAuthority({ key });
    expect(await standingOf(by.stamp(text), [by.rootPem])).toBe('trusted');
  });

  test('without roots is not trusted by anybody', async () => {
    expect(await standingOf(token, null)).toBe('unchecked');
    expect(await standingOf(token, [other.rootPem])).toBe('untrusted');
    expect(await standingOf(token, [other.rootPem, authority.rootPem])).toBe('trusted');
    expect(await standingOf(token, [])).toBe('untrusted');
  });

  test('of other bytes, or by another digest, is of other bytes', async () => {
    expect(await standingOf(token, [authority.rootPem], text.subarray(1))).toBe('other-imprint');
    const sha512 = authority.stamp(text, '-sha512', '-cert');
    expect(await standingOf(sha512)).toBe('other-imprint');
  });

  test('counts at its moment: not by a certificate that had ended before, or begins later', async () => {
    for (const [from, to] of [
      ['20200101000000Z', '20210101000000Z'],
      ['20400101000000Z', '20450101000000Z'],
    ] as const) {
      const by = aTimestampAuthority({ from, to });
      const stamp = by.stamp(text);
      expect(await standingOf(stamp, [by.rootPem])).toBe('untrusted');
      expect(opensslAccepts(stamp, by)).toBe(false);
    }
  });

  test('outlives its authority’s certificate', async () => {
    const utc = (ms: number) => `${new Date(ms).toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`;
    const stampOfAuthorityThatEndsIn = (windowMs: number) => {
      const end = Math.ceil(Date.now() / 1_000) * 1_000 + windowMs;
      const by = aTimestampAuthority({ from: '20200101000000Z', to: utc(end) });
      return { end, by, stamp: by.stamp(text) };
    };
    let windowMs = 4_000;
    let stamped = stampOfAuthorityThatEndsIn(windowMs);
    // To make it may take any time: it counts only if it was made before the end.
    while (Date.now() >= stamped.end) {
      windowMs *= 4;
      stamped = stampOfAuthorityThatEndsIn(windowMs);
    }
    const { end, by, stamp } = stamped;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, end - Date.now()) + 1_100));
    const at = path.join(by.folder, 'late.tsr');
    writeFileSync(at, stamp);
    const now = ['ts', '-verify', '-data', 'data', '-in', at, '-CAfile', by.rootFile];
    expect(spawnSync('openssl', now, { cwd: by.folder }).status).not.toBe(0);
    expect(opensslAccepts(stamp, by)).toBe(true);
    expect(await standingOf(stamp, [by.rootPem])).toBe('trusted');
  });

  test('without its certificate proves nothing', async () => {
    expect(await standingOf(authority.stamp(text, '-sha256'))).toBe('wrong');
  });

  test('that is none is told as none', async () => {
    const junk = [new Uint8Array(), text, token.subarray(1), token.subarray(0, -1)];
    for (const bytes of [...junk, Uint8Array.from([...token, 0])]) {
      expect(await standingOf(bytes)).toBeNull();
    }
  });

  test('with any byte changed is refused, unless nobody signed that byte: openssl says which', async () => {
    // The root's own certificate comes along, and counts for nothing beside the one that was brought.
    const root = Buffer.from(authority.rootPem.replaceAll(/-----[A-Z ]+-----|\n/g, ''), 'base64');
    const from = Buffer.from(token).indexOf(root);
    expect(from).toBeGreaterThan(0);
    let refused = 0;
    for (let at = 0; at < token.length; at += 5) {
      if (at >= from && at < from + root.length) continue;
      const bent = token.with(at, token[at]! ^ (1 << (at % 8)));
      if ((await standingOf(bent)) === 'trusted')
        expect([at, opensslAccepts(bent)]).toEqual([at, true]);
      else refused += 1;
    }
    expect(refused).toBeGreaterThan(120);
  });

  test('whose signature or digest is spelled otherwise is refused, as openssl refuses it', async () => {
    // Found by bending every bit: libraries read these, and nobody signs them.
    const hex = Buffer.from(token).toString('hex');
    const signature = hex.search(/04(?:4[4-8])30(?:4[2-6])02(?:1f|20|21)[0-9a-f]{100,}$/) / 2 + 2;
    const parameters = hex.lastIndexOf('06096086480165030402010500') / 2 + 12;
    for (const [at, bits] of [
      [signature, 0x20],
      [signature + 1, 0x04],
      [signature + 2, 0x08],
      [parameters, 0x04],
    ] as const) {
      const bent = token.with(at, token[at]! ^ bits);
      expect([at, await standingOf(bent), opensslAccepts(bent)]).not.toEqual([
        at,
        'trusted',
        false,
      ]);
      expect(await standingOf(bent)).not.toBe('trusted');
    }
  });
});

describe('over HTTP', () => {
  const asked = async (listener: RequestListener, timeoutMs = 20_000) => {
    const url = await servedOnLoopback(listener);
    const [one] = createHttpTimestamps([url], { timeoutMs });
    return await one!.stamp(text);
  };

  test('an authority gives a time stamp that holds', async () => {
    const given = await asked(answering(authority));
    expect(await standingOf(given)).toBe('trusted');
    expect(opensslAccepts(given)).toBe(true);
  });

  test('each authority has a name of its own, good for a file', () => {
    const long = `http://${'a'.repeat(60)}.${'b'.repeat(60)}.example/tsr`;
    // Of what Windows holds for a device, a file needs another beginning.
    const device = `http://con.${'a'.repeat(60)}.${'b'.repeat(34)}/`;
    const urls = [
      ...['https://TSA.example:8443/a', 'http://tsa.example:8443/b', 'http://[::1]/'],
      ...[long, device],
    ];
    const namesOf = (given: string[]) => createHttpTimestamps(given).map(({ name }) => name);
    const names = namesOf(urls);
    expect(names).toEqual([
      expect.stringMatching(/^tsa\.example-8443-[0-9a-f]{8}$/),
      expect.stringMatching(/^tsa\.example-8443-[0-9a-f]{8}$/),
      '1',
      expect.stringMatching(/^a{60}\.b{26}-[0-9a-f]{8}$/),
      expect.stringMatching(/^con\.a{60}\.b{22}-[0-9a-f]{8}$/),
    ]);
    expect(new Set(names).size).toBe(5);
    expect(namesOf(urls.toReversed())).toEqual(names.toReversed());
    for (const name of names) expect(isTimestampPath(timestampPath(name))).toBe(true);
  });

  const answers: Record<string, RequestListener> = {
    'says 500': (_, response) => response.writeHead(500).end('no'),
    'says nothing of use': (_, response) => response.end('hello'),
    'says nothing': (_, response) => response.end(),
    'ends in the middle': (_, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('0');
      response.socket!.destroy();
    },
    'never ends its answer': (_, response) => {
      const more = () => response.write(Buffer.alloc(65_536), () => setTimeout(more, 1));
      more();
    },
    'sends elsewhere': (_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'gives a time stamp of other bytes': (_, response) =>
      response.end(other.stamp(text.subarray(1))),
    'gives an old time stamp of these bytes': (_, response) => response.end(token),
  };
  test.each(Object.entries(answers))('one that %s gives none', async (_, listener) => {
    await expect(asked(listener)).rejects.toMatchObject({ code: 'TIMESTAMP_REFUSED' });
  });

  test('one that never answers gives none, and does not hold up for long', async () => {
    await expect(asked(() => undefined, 200)).rejects.toMatchObject({ code: 'TIMESTAMP_REFUSED' });
  });
});

describe('a pack', () => {
  let pack: SealedForTest;
  const PATH = 'seal/tsa.example.tsr';

  beforeAll(async () => {
    pack = await aSealedPack({
      authorities: [
        { name: 'tsa.example', stamp: async (bytes) => authority.stamp(bytes) },
        { name: 'down.example', stamp: () => Promise.reject(new Error('down')) },
      ],
    });
  });
  const judged = (brought: Partial<Parameters<typeof verifyPack>[0]>, zip: Uint8Array = pack.zip) =>
    verifyPack({
      pack: packInMemory(zip),
      publicKeyPem: pack.signer.publicKeyPem,
      ...brought,
    });
  const fileOf = (name: string, { id, zip } = pack) =>
    takeApart(zip).find((entry) => entry.name === `${id}/${name}`)!.data;
  const stampedOf = (of = pack) =>
    Buffer.concat([fileOf('seal/statement.txt', of), fileOf('seal/statement.p256.sig', of)]);

  test('has what was given, and is sealed without what was not', async () => {
    expect(pack.sealed.seal!.stampedBy).toEqual(['tsa.example']);
    const report = await judged({});
    expect(report.verdict).toBe('valid');
    expect(stepOf(report, 'timestamp')).toBe('NOT CHECKED');
    expect(report.timestamps).toMatchObject([{ path: PATH, result: 'NOT CHECKED' }]);
    expect(report.notProved.join()).toContain('When it was sealed');
  });

  test('is proved to have been there, by a root that the auditor brings', async () => {
    const report = await judged({ tsaRoots: [authority.rootPem] });
    expect([report.verdict, stepOf(report, 'timestamp')]).toEqual(['valid', 'PASS']);
    expect(report.timestamps).toMatchObject([{ path: PATH, result: 'PASS' }]);
    // Its own date is that of the tests, which is not today: only that it was there today is proved.
    expect(report.notProved.join()).toContain('When it was sealed');
    expect(presentReport(report, REPORT_TEXT.en)).toMatch(
      /^Time stamp: existed by \S+, says seal\/tsa.*: PASS$/m,
    );
  });

  test.each([
    ['now', 0, false],
    ['two years back', -2 * 365 * 86_400_000, true],
    ['two days ahead', 2 * 86_400_000, true],
  ])('that dates itself %s: by a stamp of today', async (_, ms, isOpen) => {
    const sealedAt = `${new Date(Date.now() + ms).toISOString().slice(0, 19)}Z`;
    const authorities = [{ name: 'tsa', stamp: async (b: Uint8Array) => authority.stamp(b) }];
    const dated = await aSealedPack({ signer: pack.signer, sealedAt, authorities });
    const report = await judged({ tsaRoots: [authority.rootPem] }, dated.zip);
    expect([report.verdict, stepOf(report, 'timestamp')]).toEqual(['valid', 'PASS']);
    expect(report.notProved.join().includes('When it was sealed')).toBe(isOpen);
  });

  test('is not spoilt by what somebody sends along: that fails by itself', async () => {
    const foreign = await aSealedPack({ seed: 5 });
    const beside = [
      { name: 'junk.tsr', bytes: new TextEncoder().encode('no time stamp') },
      { name: 'foreign.tsr', bytes: other.stamp(foreign.zip) },
      { name: 'bare.tsr', bytes: authority.stamp(stampedOf(), '-sha256') },
    ];
    const report = await judged({ tsaRoots: [authority.rootPem], timestamps: beside });
    expect([report.verdict, stepOf(report, 'timestamp'), report.findings]).toEqual([
      'valid',
      'PASS',
      [],
    ]);
    expect(report.timestamps.map(({ path: name, result }) => [name, result])).toEqual([
      [PATH, 'PASS'],
      ['junk.tsr', 'FAIL'],
      ['foreign.tsr', 'FAIL'],
      ['bare.tsr', 'FAIL'],
    ]);
    expect(presentReport(report, REPORT_TEXT.en)).toMatch(
      /^Beside the pack junk\.tsr: FAIL\..* nothing against/m,
    );
    // Nobody that the auditor trusts, and nothing in the seal.
    const plain = await aSealedPack({ seed: 6, signer: pack.signer });
    const late = { name: 'late.tsr', bytes: other.stamp(stampedOf(plain)) };
    const lone = await judged({ tsaRoots: [authority.rootPem], timestamps: [late] }, plain.zip);
    expect([lone.verdict, stepOf(lone, 'timestamp'), lone.timestamps[0]!.result]).toEqual([
      'valid',
      'NOT CHECKED',
      'FAIL',
    ]);
  });

  test('by no root that is trusted: it is told, and another authority’s stamp mends it', async () => {
    const report = await judged({ tsaRoots: [other.rootPem] });
    expect([report.verdict, codesOf(report)]).toEqual(['invalid', ['timestamp-untrusted']]);
    const late = { name: 'late.tsr', bytes: other.stamp(stampedOf()) };
    const mended = await judged({ tsaRoots: [other.rootPem], timestamps: [late] });
    expect([mended.verdict, stepOf(mended, 'timestamp')]).toEqual(['valid', 'PASS']);
    expect(mended.timestamps.map(({ result }) => result)).toEqual(['NOT CHECKED', 'PASS']);
  });

  test('with a time stamp that names its signer and does not bring it', async () => {
    const bare = await aSealedPack({
      signer: pack.signer,
      authorities: [
        { name: 'tsa.example', stamp: async (bytes) => authority.stamp(bytes, '-sha256') },
      ],
    });
    const report = await judged({ tsaRoots: [authority.rootPem] }, bare.zip);
    expect(codesOf(report)).toEqual(['timestamp-wrong']);
  });

  test('without any: NOT CHECKED, even with a root', async () => {
    const plain = await aSealedPack({ signer: pack.signer });
    const report = await judged({ tsaRoots: [authority.rootPem] }, plain.zip);
    expect([report.verdict, stepOf(report, 'timestamp')]).toEqual(['valid', 'NOT CHECKED']);
  });

  test('with the time stamp of another pack, all signed anew', async () => {
    const another = await aSealedPack({
      seed: 99,
      signer: pack.signer,
      authorities: [{ name: 'tsa.example', stamp: async (bytes) => authority.stamp(bytes) }],
    });
    const zip = await resealed(another, { seal: { [PATH]: fileOf(PATH) } });
    const report = await judged({ tsaRoots: [authority.rootPem] }, zip);
    expect(codesOf(report)).toEqual(['timestamp-other-statement']);
  });

  test('whose key was revoked later stays good; one whose key was stolen before does not', async () => {
    const later = aRevocation(pack.signer, { since: '2999-01-01T00:00:00Z' });
    const saved = await judged({ tsaRoots: [authority.rootPem], revocations: [later] });
    expect([saved.verdict, stepOf(saved, 'revocation')]).toEqual(['valid', 'PASS']);
    const unproved = await judged({ revocations: [later] });
    expect(codesOf(unproved)).toEqual(['key-revoked']);
    const before = await judged({
      tsaRoots: [authority.rootPem],
      revocations: [aRevocation(pack.signer)],
    });
    expect(codesOf(before)).toEqual(['key-revoked']);
  });
});

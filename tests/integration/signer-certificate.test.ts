import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeCertificates } from '../../server/adapters/keys/pkijs-certificates.ts';
import { readPkcs12 } from '../../server/adapters/keys/pkijs-pkcs12.ts';
import { VaultError } from '../../server/adapters/vault/vault-error.ts';
import { derOfOutline, derOutline } from '../../server/kernel/der-outline.ts';
import { formatCertificates, parseCertificates } from '../../server/packs/manifest/certificates.ts';
import { lowSignature } from '../../server/packs/manifest/p256-signature.ts';
import type { FindingCode } from '../../server/verification/findings.ts';
import { codesOf, packInMemory, stepOf, verifyPack } from '../builders/judged-pack.ts';
import { resealed } from '../builders/resealed-pack.ts';
import { runDalil } from '../builders/run-dalil.ts';
import type { SealedForTest } from '../builders/sealed-pack.ts';
import { aTemporaryFolder, temporaryFolder } from '../builders/temporary-folder.ts';
import { aTimestampAuthority } from '../builders/timestamp-authority.ts';
import { twoAtOnce } from '../builders/two-at-once.ts';
import { aPackToCheckByHand, runVerifyScript, unpack } from '../builders/unpacked-pack.ts';

// A key with a certificate, as an authority hands it out: PKCS#12 made by openssl.

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const passphrase = 'пароль из письма';
// What openssl prints of a value's length is in it too, to mislead who reads that.
const SUBJECT = '/O=Көчө юристи/L=:d=0 hl=5 l= inf/CN=Печать';
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const text = (name: string) => readFileSync(at(name), 'utf8');
// The certificates begin today, after the moment that the pack of the tests names for itself.
const authority = aTimestampAuthority();
let pack: SealedForTest;

beforeAll(async () => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  for (const name of ['ca', 'other']) {
    openssl(
      ...['req', '-x509', ...key, '-days', '9000', '-subj', `/CN=${name}`],
      ...['-keyout', `${name}.key`, '-out', `${name}.pem`],
    );
  }
  openssl(
    'req',
    '-new',
    ...key,
    '-utf8',
    '-subj',
    SUBJECT,
    '-keyout',
    'own.key',
    '-out',
    'own.csr',
  );
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '8000'];
  openssl('x509', '-req', '-in', 'own.csr', ...by, '-out', 'own.pem');
  const pair = ['-inkey', 'own.key', '-in', 'own.pem', '-certfile', 'ca.pem'];
  openssl('pkcs12', '-export', ...pair, '-out', 'own.p12', '-passout', `pass:${passphrase}`);
  openssl('pkcs12', '-export', '-legacy', ...pair, '-out', 'old.p12', '-passout', 'pass:old');
  const { privateKeyPem, certificatesPem } = await readPkcs12(
    readFileSync(at('own.p12')),
    passphrase,
  );
  const privateKey = createPrivateKey(privateKeyPem);
  pack = await aPackToCheckByHand({
    authorities: [{ name: 'tsa.example', stamp: async (bytes) => authority.stamp(bytes) }],
    signer: {
      publicKeyPem: openssl('pkey', '-in', 'own.key', '-pubout').toString(),
      certificatesPem,
      sign: (bytes) =>
        lowSignature(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'der' }))!,
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const judged = (roots: string[] | undefined, zip: Uint8Array = pack.zip) =>
  verifyPack({
    pack: packInMemory(zip),
    publicKeyPem: pack.signer.publicKeyPem,
    tsaRoots: [authority.rootPem],
    ...(roots === undefined ? {} : { signerRoots: roots }),
  });

describe('PKCS#12', () => {
  test('as openssl 3 writes it gives the key and its certificates, its own first', async () => {
    const { certificatesPem } = await readPkcs12(readFileSync(at('own.p12')), passphrase);
    expect(certificatesPem).toBe(text('own.pem') + text('ca.pem'));
  });

  test('is refused with a wrong passphrase, in a form of old, or when it is something else', async () => {
    const read = (name: string, secret: string) => readPkcs12(readFileSync(at(name)), secret);
    await expect(read('own.p12', 'wrong')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
    await expect(read('old.p12', 'old')).rejects.toMatchObject({
      code: 'KEY_UNSUITABLE',
      message: expect.stringContaining('openssl pkcs12 -legacy'),
    });
    await expect(read('own.key', '')).rejects.toMatchObject({ code: 'KEY_UNSUITABLE' });
  });

  test('is refused without a checksum, or with a certificate that not everybody reads', async () => {
    const pair = ['-inkey', 'own.key', '-in', 'own.pem', '-passout', `pass:${passphrase}`];
    openssl('pkcs12', '-export', '-nomac', ...pair, '-out', 'open.p12');
    const no = (name: string) => readPkcs12(readFileSync(at(name)), passphrase);
    await expect(no('open.p12')).rejects.toMatchObject({
      code: 'KEY_UNSUITABLE',
      message: expect.stringContaining('no checksum'),
    });
    // OpenSSL writes numbers below zero, which no certificate may have (RFC 5280, 4.1.2.2).
    const below = ['-set_serial', '-5', '-CA', 'ca.pem', '-CAkey', 'ca.key'];
    openssl('x509', '-req', '-in', 'own.csr', ...below, '-out', 'odd.pem');
    openssl('pkcs12', '-export', ...pair.with(3, 'odd.pem'), '-out', 'odd.p12');
    await expect(no('odd.p12')).rejects.toMatchObject({
      code: 'KEY_UNSUITABLE',
      message: expect.stringContaining('that every verifier reads'),
    });
  });

  test('with more certificates that vouch for its key than verifiers read is refused', async () => {
    openssl(...['req', '-x509', '-key', 'own.key', '-subj', '/CN=ring', '-out', 'first.pem']);
    const more = Array.from({ length: 16 }, () =>
      openssl('req', '-x509', '-key', 'ca.key', '-subj', '/CN=ring'),
    );
    writeFileSync(at('more.pem'), Buffer.concat(more.slice(0, 15)));
    const pair = ['-inkey', 'own.key', '-in', 'first.pem', '-passout', `pass:${passphrase}`];
    const made = (name: string) => {
      openssl('pkcs12', '-export', ...pair, '-certfile', 'more.pem', '-out', name);
      return readPkcs12(readFileSync(at(name)), passphrase);
    };
    const { certificatesPem } = await made('sixteen.p12');
    expect(parseCertificates(certificatesPem)).toHaveLength(16);
    writeFileSync(at('more.pem'), Buffer.concat(more));
    await expect(made('seventeen.p12')).rejects.toMatchObject({
      code: 'KEY_UNSUITABLE',
      message: expect.stringContaining('shortest chain'),
    });
  });

  // Of all bits of such files by hand: none gave another key or other certificates.
  test('with a bit bent is refused in one sentence, or gives the same', async () => {
    const right = readFileSync(at('own.p12'));
    const whole = await readPkcs12(right, passphrase);
    let refused = 0;
    const begin = Array.from({ length: 24 * 8 }, (_, bit) => bit);
    const rest = Array.from({ length: 90 }, (_, i) => Math.floor((i / 90) * 8 * right.length));
    for (const bit of [...begin, ...rest]) {
      const bent = Buffer.from(right);
      bent[bit >> 3]! ^= 1 << (bit & 7);
      const read = await readPkcs12(bent, passphrase).catch((error: unknown) => error);
      if (!(read instanceof VaultError)) expect(read, `bit ${bit}`).toEqual(whole);
      else {
        refused += 1;
        expect(['WRONG_PASSPHRASE', 'KEY_UNSUITABLE']).toContain(read.code);
      }
    }
    expect(refused).toBeGreaterThan(200);
  });

  test('is imported by the command, and signs from then on', async () => {
    const env = { DALIL_DATA: at('data'), DALIL_VAULT_KEYFILE: at('vault.key') };
    writeFileSync(env.DALIL_VAULT_KEYFILE, Buffer.alloc(32, 'key'));
    const { code, out } = await runDalil(['key', 'import', at('own.p12')], env, `${passphrase}\n`);
    expect([code, out]).toEqual([0, pack.signer.publicKeyPem]);
    const old = await runDalil(['key', 'import', at('old.p12')], env, 'old\n');
    expect([old.code, old.said.length]).toEqual([2, 1]);
  });
});

test('certificates that sign each other in circles lead nowhere, and soon', async () => {
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ring.key');
  const ring = Array.from({ length: 17 }, () =>
    openssl('req', '-x509', '-key', 'ring.key', '-subj', '/CN=ring', '-outform', 'DER'),
  );
  const standingOf = async (count: number, root: Buffer | string) =>
    await judgeCertificates({
      certificates: ring.slice(0, count),
      at: new Date(),
      roots: [typeof root === 'string' ? root : formatCertificates([root])],
    });
  expect(await standingOf(16, text('ca.pem'))).toMatchObject({ standing: 'untrusted' });
  expect(await standingOf(15, ring[16]!)).toMatchObject({ standing: 'trusted' });
  // More than any authority sends.
  expect(await standingOf(17, text('ca.pem'))).toBeNull();
});

// What OpenSSL refuses in each place: all of it, as a search over several random chains showed. Nobody
// signs how a signature is written, and the algorithm stands in a certificate twice (RFC 5280, 4.1.1.2).
test.each([
  ['P-256', [], 0],
  ['RSA with PSS', ['-newkey', 'rsa:2048', '-nodes', '-sigopt', 'rsa_padding_mode:pss'], 255],
])('no bit after what is signed may be another, by %s', async (name, key, untried) => {
  const ca = key.length === 0 ? 'ca' : 'bent-ca';
  if (key.length > 0) {
    const made = ['-subj', `/CN=${ca}`, '-keyout', `${ca}.key`, '-out', `${ca}.pem`];
    openssl('req', '-x509', ...key, ...made);
  }
  const by = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-outform', 'DER'];
  const how = key.length === 0 ? [] : ['-sigopt', 'rsa_padding_mode:pss'];
  const certificate = openssl('x509', '-req', '-in', 'own.csr', ...by, ...how);
  const standingOf = async (bytes: Uint8Array) => {
    const chain = { certificates: [bytes], at: new Date(), roots: [text(`${ca}.pem`)] };
    return (await judgeCertificates(chain))?.standing ?? null;
  };
  expect(await standingOf(certificate), name).toBe('trusted');
  const signedEnd = 8 + certificate.readUInt16BE(6);
  for (let bit = 8 * signedEnd; bit < 8 * (certificate.length - untried); bit += 1) {
    const bent = Buffer.from(certificate);
    bent[bit >> 3]! ^= 1 << (bit & 7);
    expect(await standingOf(bent), `bit ${bit - 8 * signedEnd}`).not.toBe('trusted');
  }
});

describe('a pack by such a key', () => {
  const LETTER = 'seal/letters/complaint.ky.pdf';
  const sealedLetter = () =>
    readFileSync(path.join(unpack(aTemporaryFolder(), pack).unpacked, LETTER), 'latin1');
  /** The outlines of its certificates. */
  const chain = () =>
    parseCertificates(pack.signer.certificatesPem!)!.map((der) => derOutline(der)!) as [
      string,
      string,
    ];

  test('says whose the key is, which is not checked without a root', async () => {
    const report = await judged(undefined);
    expect([report.verdict, stepOf(report, 'certificate')]).toEqual(['valid', 'NOT CHECKED']);
    expect(report.certificate).toEqual({
      subject: 'O=Көчө юристи, CN=Печать',
      issuer: 'CN=ca',
    });
  });

  test('is vouched for by the authority that the auditor trusts, and by no other', async () => {
    expect(stepOf(await judged([text('ca.pem')]), 'certificate')).toBe('PASS');
    const report = await judged([text('other.pem')]);
    expect([report.verdict, codesOf(report)]).toEqual(['invalid', ['certificate-untrusted']]);
  });

  test('is not vouched for at a moment at which the certificate had not begun', async () => {
    const report = await verifyPack({
      pack: packInMemory(pack.zip),
      publicKeyPem: pack.signer.publicKeyPem,
      signerRoots: [text('ca.pem')],
    });
    expect(codesOf(report)).toEqual(['certificate-untrusted']);
  });

  test('with the certificate of another key', async () => {
    const zip = await resealed(pack, { seal: { 'seal/signer.crt': text('other.pem') } });
    expect(codesOf(await judged(undefined, zip))).toEqual(['certificate-other-key']);
  });

  test('with a certificate that openssl reads, and that is not in DER', async () => {
    const [ca] = [...text('ca.pem').matchAll(/-\n([^-]*)-/g)].map(([, base64]) => base64!);
    // The name "ca" as one of a single letter, whose length takes a byte more.
    const hex = Buffer.from(ca!, 'base64').toString('hex').replaceAll('0c026361', '0c810163');
    const odd = text('own.pem') + formatCertificates([Buffer.from(hex, 'hex')]);
    const zip = await resealed(pack, { seal: { 'seal/signer.crt': odd } });
    expect(codesOf(await judged(undefined, zip))).toEqual(['certificate-malformed']);
    const { unpacked, key } = unpack(aTemporaryFolder(), { ...pack, zip });
    const { results } = await runVerifyScript(unpacked, key);
    expect(results.get('the certificate is of the key')).toBe('FAIL');
  });

  /** The pack whose letter shows these certificates (outlines), and whose seal has those. */
  const withCertificates = async (shown: readonly string[], inSeal: readonly string[]) => {
    const letter = sealedLetter();
    const [, hex = ''] = /\/Contents <([0-9a-f]*)>/.exec(letter)!;
    const cms = Buffer.from(hex, 'hex');
    const outline = derOutline(cms.subarray(0, 4 + cms.readUInt16BE(2)))!;
    const other = derOfOutline(outline.replace(chain().join(''), shown.join('')));
    const contents = Buffer.from(other).toString('hex').padEnd(hex.length, '0');
    return await resealed(pack, {
      seal: {
        [LETTER]: Buffer.from(letter.replace(hex, contents), 'latin1'),
        'seal/signer.crt': formatCertificates(inSeal.map(derOfOutline)),
      },
    });
  };

  // Nobody signs what the authority's certificate says here, so that who has the key may spell it anyhow.
  test('has letters that show its certificates, in their order, and no others', async () => {
    const [own, above] = chain();
    const signedElse = above.replace(/03:00(..)(?!.*03:00)/, '03:00ff');
    const oddDay = above.replace(/17:[0-9a-f]*;/, '17:3236303233303030303030305a;');
    const oddBits = above.replace(/03:00(?!.*03:00)/, '03:01');
    const cases: ReadonlyArray<[shown: string[], inSeal: string[], found: FindingCode[]]> = [
      [[own, above], [own, above], []],
      [[own, signedElse], [own, signedElse], []],
      [[own, signedElse], [own, above], ['letter-revision']],
      [[own], [own, above], ['letter-revision']],
      [[above, own], [own, above], ['letter-revision']],
      [[own, oddDay], [own, oddDay], ['certificate-malformed']],
      [[own, oddBits], [own, oddBits], ['certificate-malformed']],
    ];
    const said = await twoAtOnce(cases, async ([shown, inSeal]) => {
      const zip = await withCertificates(shown, inSeal);
      const { unpacked, key } = unpack(aTemporaryFolder(), { ...pack, zip });
      const { stdout } = await runVerifyScript(unpacked, key);
      return [codesOf(await judged(undefined, zip)), /^[A-Z]+(?=:)/m.exec(stdout)?.[0]];
    });
    expect(said).toEqual(
      cases.map(([, , found]) => [found, found.length > 0 ? 'INVALID' : 'VALID']),
    );
  });

  test('has letters whose signature shows the certificate to whoever reads them', () => {
    const { unpacked } = unpack(aTemporaryFolder(), pack);
    const letter = path.join(unpacked, 'seal/letters/complaint.ky.pdf');
    const said = execFileSync('pdfsig', ['-no-ocsp', letter], { encoding: 'utf8' });
    expect(said).toContain('Signature Validation: Signature is Valid.');
    expect(said).toMatch(/Signer full Distinguished Name: .*CN=Печать/);
    expect(said).not.toContain('Self-signed key');
  });

  test('the script says the same', async () => {
    const { unpacked, key } = unpack(aTemporaryFolder(), pack);
    const step = 'an authority that you trust vouches for the key';
    const stamped = ['--tsa-ca', authority.rootFile];
    const by = (ca: string) => runVerifyScript(unpacked, key, '--signer-ca', at(ca), ...stamped);
    const plain = await runVerifyScript(unpacked, key);
    expect(plain.results.get('the certificate is of the key')).toBe('PASS');
    const [right, other] = [await by('ca.pem'), await by('other.pem')];
    expect([right.status, right.results.get(step)]).toEqual([0, 'PASS']);
    expect([other.status, other.results.get(step)]).toEqual([1, 'FAIL']);
    const zip = await resealed(pack, { seal: { 'seal/signer.crt': text('other.pem') } });
    const forged = unpack(aTemporaryFolder(), { ...pack, zip });
    expect((await runVerifyScript(forged.unpacked, key)).status).toBe(1);
  });
});

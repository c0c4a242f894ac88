import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createChromiumPages } from '../../server/adapters/chromium/chromium-pages.ts';
import { createChromiumPrinter } from '../../server/adapters/chromium/chromium-printer.ts';
import { checkP256Signature } from '../../server/adapters/keys/p256-signatures.ts';
import { selfSignedCertificate } from '../../server/adapters/keys/signer-certificate.ts';
import type { TokenOver } from '../../server/adapters/pdf/cades-signature.ts';
import { createPadesLetters } from '../../server/adapters/pdf/pades-letters.ts';
import { loadPdfTemplates } from '../../server/adapters/pdf/pdf-templates.ts';
import { readConfig } from '../../server/config.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { createRenderLetter } from '../../server/letters/render-letter.ts';
import { readLetterSignature } from '../../server/verification/read-letter-signature.ts';
import { aLetter, TEMPLATES_FOLDER } from '../builders/letter.ts';
import { aPackSigner } from '../builders/sealed-pack.ts';
import { aSmallPdf } from '../builders/small-pdf.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Judged by tools of other hands, by what they say: pdfsig ends with 0 even when a digest is wrong.

const folder = temporaryFolder();
const inFolder = (name: string) => path.join(folder, name);
const AT = '2026-11-23T10:15:00Z';
const by = aPackSigner();
let letter: Uint8Array;
let signed: Uint8Array;

const said = (tool: string, ...args: string[]) => {
  const { stdout, stderr } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`;
};
const pdfsig = (pdf: Uint8Array) => {
  writeFileSync(inFolder('judged.pdf'), pdf);
  return said('pdfsig', '-no-ocsp', 'judged.pdf');
};

/** Cuts the signature and what it covers out of a file, and the certificate out of the signature. */
function takeOut(pdf: Uint8Array) {
  const text = Buffer.from(pdf).toString('latin1');
  const range = /\/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]/.exec(text)!.slice(1).map(Number);
  const [first, second, length] = range as [number, number, number];
  const hex = text.slice(first + 1, second - 1);
  writeFileSync(inFolder('cms.der'), Buffer.from(hex, 'hex'));
  const covered = [pdf.subarray(0, first), pdf.subarray(second, second + length)];
  writeFileSync(inFolder('covered'), Buffer.concat(covered));
  execFileSync(
    'openssl',
    ['cms', '-cmsout', '-print', '-certsout', 'cert.pem', '-inform', 'DER', '-in', 'cms.der'],
    { cwd: folder, stdio: 'ignore' },
  );
  return { first, second, length };
}

beforeAll(async () => {
  const pages = createChromiumPages(readConfig().chromiumPath);
  try {
    const templates = await loadPdfTemplates(TEMPLATES_FOLDER);
    const printer = createChromiumPrinter({ pages });
    letter = (await createRenderLetter({ printer, templates })(aLetter(), 'ky')).pdf;
  } finally {
    await pages.close();
  }
  signed = await createPadesLetters()(letter, by, AT);
});

describe('a signed letter', () => {
  test('begins with the letter, byte for byte, and has one revision more', () => {
    expect(Buffer.from(signed.subarray(0, letter.length)).equals(Buffer.from(letter))).toBe(true);
    const added = Buffer.from(signed.subarray(letter.length)).toString('latin1');
    expect(added.match(/startxref/g)).toHaveLength(1);
    expect(added.endsWith('%%EOF\n')).toBe(true);
    writeFileSync(inFolder('signed.pdf'), signed);
    expect(said('qpdf', '--check', 'signed.pdf')).toContain('No syntax or stream encoding errors');
    expect(said('pdfinfo', 'signed.pdf')).toMatch(/^Tagged: +yes$/m);
  });

  test('is a candidate for PDF/A-2b as the letter is', () => {
    writeFileSync(inFolder('signed.pdf'), signed);
    const tags = said('exiftool', '-a', '-G1', '-s', '-XMP:all', '-PDF:all', 'signed.pdf');
    expect(tags).toMatch(/^\[XMP-pdfaid\] +Part +: 2$/m);
    expect(tags).toMatch(/^\[XMP-pdfaid\] +Conformance +: B$/m);
    const { qpdf } = JSON.parse(said('qpdf', '--json-output', 'signed.pdf', '-'));
    const [, { trailer, ...objects }] = qpdf;
    const at = (reference: string) => objects[`obj:${reference}`];
    const catalog = at(trailer.value['/Root']).value;
    expect(catalog['/OutputIntents'][0]['/S']).toBe('/GTS_PDFA1');
    expect(at(catalog['/Metadata']).stream.dict['/Type']).toBe('/Metadata');
    expect(trailer.value['/ID']).toHaveLength(2);
    // Printed, neither hidden nor invisible, and without a picture of itself as it has no size.
    const widget = at(catalog['/AcroForm']['/Fields'][0]).value;
    expect(widget['/F'] & 0b100111).toBe(0b100);
    expect(widget['/Rect']).toEqual([0, 0, 0, 0]);
    expect(catalog['/AcroForm']).not.toHaveProperty('/NeedAppearances');
    expect(Object.keys(catalog['/Perms'])).toEqual(['/DocMDP']);
  });

  test('is valid and whole for pdfsig', () => {
    const judged = pdfsig(signed);
    expect(judged).toContain('Signature Type: ETSI.CAdES.detached');
    expect(judged).toContain('Signing Hash Algorithm: SHA-256');
    expect(judged).toContain('Total document signed');
    expect(judged).toContain('Signature Validation: Signature is Valid.');
    expect(judged).toContain('CN=Self-signed key');
  });

  test('is a CAdES signature for openssl, by the pack’s key', () => {
    const { first, second, length } = takeOut(signed);
    expect(first).toBeGreaterThan(letter.length);
    expect(second + length).toBe(signed.length);
    expect(
      said(
        'openssl',
        'cms',
        '-verify',
        '-binary',
        '-cades',
        '-purpose',
        'any',
        '-CAfile',
        'cert.pem',
        '-inform',
        'DER',
        '-in',
        'cms.der',
        '-content',
        'covered',
        '-out',
        'out',
      ),
    ).toContain('CAdES Verification successful');
    expect(said('openssl', 'x509', '-in', 'cert.pem', '-noout', '-pubkey')).toBe(by.publicKeyPem);
    const certificate = said('openssl', 'x509', '-in', 'cert.pem', '-noout', '-text');
    expect(certificate).toMatch(/CA:FALSE/);
    expect(certificate).toMatch(/Digital Signature, Non Repudiation/);
  });

  test('has what PAdES baseline demands, and lets nothing be changed but signatures', () => {
    takeOut(signed);
    const cms = said('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cms.der');
    expect(cms).toContain('id-smime-aa-signingCertificateV2');
    // The time stands in the PDF as /M; as an attribute it is forbidden (EN 319 142-1, 6.3).
    expect(cms).not.toContain('signingTime');
    const added = Buffer.from(signed.subarray(letter.length)).toString('latin1');
    expect(added).toContain('/M (D:20261123101500Z)');
    expect(added).toMatch(/\/TransformMethod \/DocMDP\s\/TransformParams <<[^>]*\/P 2\s/);
    const signature = /\n(\d+) 0 obj\n<<\/Type \/Sig\n/.exec(added)![1];
    expect(added).toContain(`/Perms <</DocMDP ${signature} 0 R>>`);
  });

  test.each([
    ['in the letter', () => letter.length >> 1],
    ['in the revision', () => signed.length - 40],
  ])('with one byte changed %s is refused by pdfsig', (_where, at) => {
    const changed = Uint8Array.from(signed);
    changed[at()]! ^= 1;
    expect(pdfsig(changed)).not.toContain('Signature is Valid');
  });

  test('with something appended is not whole for pdfsig', () => {
    expect(pdfsig(Uint8Array.from([...signed, 0x0a, 0x25, 0x0a]))).toContain(
      'Not total document signed',
    );
  });
});

test('no bit of the message may be another', async () => {
  const base = aSmallPdf('letter');
  const pdf = Buffer.from(await createPadesLetters()(base, by, AT));
  const { first } = takeOut(pdf);
  const publicKeyPem = by.publicKeyPem;
  const isGenuine = async () => {
    const revision = { baseBytes: base.length, bytes: pdf.subarray(base.length) };
    const digestWith = (parts: readonly Uint8Array[]) => sha256(Buffer.concat([base, ...parts]));
    const read = readLetterSignature({ ...revision, baseSha256: sha256(base), digestWith }, null);
    return read !== null && (await checkP256Signature({ publicKeyPem, ...read }));
  };
  expect(await isGenuine()).toBe(true);
  const cms = readFileSync(inFolder('cms.der'));
  const length = 4 + cms.readUInt16BE(2);
  // Every third, so that each byte is among them.
  for (let bit = 0; bit < 8 * length; bit += 3) {
    const bent = Uint8Array.of(cms[bit >> 3]! ^ (1 << (bit & 7)));
    const place = first + 1 + 2 * (bit >> 3);
    pdf.write(Buffer.from(bent).toString('hex'), place, 'latin1');
    expect(await isGenuine(), `bit ${bit}`).toBe(false);
    pdf.write(cms.toString('hex', bit >> 3, (bit >> 3) + 1), place, 'latin1');
  }
  expect(await isGenuine()).toBe(true);
});

test('a certificate of the organisation is used, with the ones above it', async () => {
  const own = aPackSigner();
  const above = readFileSync(inFolder('cert.pem'), 'utf8');
  const base64 = Buffer.from(selfSignedCertificate(own)).toString('base64');
  const certificatesPem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n${above}`;
  const pdf = await createPadesLetters()(aSmallPdf('letter'), { ...own, certificatesPem }, AT);
  expect(pdfsig(pdf)).toContain('Signature is Valid');
  takeOut(pdf);
  expect(readFileSync(inFolder('cert.pem'), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
});

test('a file of another form is refused in one sentence', async () => {
  await expect(createPadesLetters()(Buffer.from('%PDF-1.7 letter'), by, AT)).rejects.toMatchObject({
    code: 'SIGNATURE_FAILED',
  });
});

describe('where an authority stamps the time', () => {
  /** An authority of RFC 3161 by openssl. */
  const tokenOver: TokenOver = async (bytes) => {
    writeFileSync(inFolder('stamped'), bytes);
    const openssl = (...args: string[]) =>
      execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    openssl('ts', '-query', '-data', 'stamped', '-sha256', '-cert', '-out', 'query.tsq');
    openssl(
      'ts',
      '-reply',
      '-config',
      'tsa.cnf',
      '-queryfile',
      'query.tsq',
      '-token_out',
      '-out',
      'token.der',
    );
    return readFileSync(inFolder('token.der'));
  };

  beforeAll(() => {
    writeFileSync(
      inFolder('tsa.cnf'),
      [
        '[tsa]',
        'default_tsa = one',
        '[one]',
        'serial = serial',
        'signer_cert = tsa.pem',
        'signer_key = tsa.key',
        'signer_digest = sha256',
        'default_policy = 1.2.3.4',
        'digests = sha256',
        'ess_cert_id_alg = sha256',
        '',
      ].join('\n'),
    );
    writeFileSync(inFolder('serial'), '01\n');
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        '/CN=authority',
        '-keyout',
        'tsa.key',
        '-out',
        'tsa.pem',
        '-days',
        '30',
        '-addext',
        'extendedKeyUsage=critical,timeStamping',
      ],
      { cwd: folder, stdio: 'ignore' },
    );
  });

  test('the token is over the signature, and the signature stays valid (B-T)', async () => {
    const stamped = await createPadesLetters({ tokenOver })(aSmallPdf('letter'), by, AT);
    expect(pdfsig(stamped)).toContain('Signature is Valid');
    takeOut(stamped);
    const cms = said('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cms.der');
    expect(cms).toContain('id-smime-aa-timeStampToken');
    expect(
      said(
        'openssl',
        'ts',
        '-verify',
        '-token_in',
        '-in',
        'token.der',
        '-data',
        'stamped',
        '-CAfile',
        'tsa.pem',
      ),
    ).toContain('Verification: OK');
  });

  test.each<[string, TokenOver]>([
    ['does not answer', async () => null],
    ['answers with too much', async () => new Uint8Array(20_000)],
  ])('one that %s leaves B-B', async (_what, answer) => {
    const stamped = await createPadesLetters({ tokenOver: answer })(aSmallPdf('letter'), by, AT);
    expect(pdfsig(stamped)).toContain('Signature is Valid');
    takeOut(stamped);
    const cms = said('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cms.der');
    expect(cms).not.toContain('timeStampToken');
  });
});

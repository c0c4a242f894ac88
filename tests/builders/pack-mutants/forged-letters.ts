import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import { selfSignedCertificate } from '../../../server/adapters/keys/signer-certificate.ts';
import { cadesSignature } from '../../../server/adapters/pdf/cades-signature.ts';
import { createPadesLetters } from '../../../server/adapters/pdf/pades-letters.ts';
import { derOfOutline, derOutline } from '../../../server/kernel/der-outline.ts';
import type { PackSigner } from '../../../server/packs/ports.ts';
import { aPackSigner, type SealedForTest } from '../sealed-pack.ts';
import { aSmallPdf } from '../small-pdf.ts';
import { type ForgedPack, forged } from './forging.ts';

const SIGNED = 'seal/letters/complaint.ky.pdf';
const LETTER = 'data/letter/complaint.ky.pdf';

const signed = (letter: Uint8Array, by: PackSigner) =>
  createPadesLetters()(letter, by, '2026-11-23T10:15:00Z');

/** A pack whose signed letter is what `forge` makes of the right one. */
function letterForged(
  name: string,
  finds: ForgedPack['finds'],
  forge: (right: Uint8Array, pack: SealedForTest) => Uint8Array | Promise<Uint8Array>,
  path = SIGNED,
): ForgedPack {
  return {
    name,
    finds,
    make: forged(async (pack) => {
      const right = await signed(pack.bag.get(LETTER)!, pack.signer);
      return { files: { [path]: await forge(right, pack) } };
    }),
  };
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const edited = (bytes: Uint8Array, from: RegExp, to: string) =>
  Uint8Array.from(Buffer.from(latin1(bytes).replace(from, to), 'latin1'));

/** The letter with its signature (CMS, in hex) spelt otherwise, in the room that it has. */
function respelt(right: Uint8Array, spell: (cms: string) => string): Uint8Array {
  const [, hex = ''] = /\/Contents <([0-9a-f]*)>/.exec(latin1(right))!;
  const cms = hex.slice(0, 8 + 2 * Number.parseInt(hex.slice(4, 8), 16));
  const text = latin1(right).replace(hex, spell(cms).padEnd(hex.length, '0'));
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** What a letter's signature may be made of besides the right way. */
interface Signing {
  /** How many hexadecimal digits the letter has room for. */
  readonly digits?: number;
  /** Changes the revision before it is signed. */
  readonly revise?: (text: string) => string;
  /** The signature in DER, as hex, over a digest. */
  readonly sign: (digest: Uint8Array, by: PackSigner) => Promise<string>;
}

/** The letter signed anew, all but the signature being covered as it must be. */
async function signedAnew(
  right: Uint8Array,
  signer: PackSigner,
  { digits = 4_000, revise = (text) => text, sign }: Signing,
): Promise<Uint8Array> {
  const text = revise(latin1(right));
  const [found, range] = /(\[0 [0-9]+ +[0-9]+ +[0-9]+ *\])\n\/Contents <[0-9a-f]*>/.exec(text)!;
  const head = text.slice(0, text.indexOf(found));
  const tail = text.slice(text.indexOf(found) + found.length);
  const start = head.length + range!.length + '\n/Contents '.length;
  const places = `[0 ${start} ${start + digits + 2} ${tail.length}`.padEnd(range!.length - 1);
  const before = `${head}${places}]\n/Contents `;
  const digest = createHash('sha256').update(`${before}${tail}`, 'latin1').digest();
  const contents = (await sign(digest, signer)).padEnd(digits, '0');
  return Uint8Array.from(Buffer.from(`${before}<${contents}>${tail}`, 'latin1'));
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The right signature; with what a time stamp authority gave, it stands among what nobody signs. */
async function cmsOver(digest: Uint8Array, by: PackSigner, token?: Uint8Array) {
  const certificates = [selfSignedCertificate(by)];
  const tokenOver = async () => token ?? null;
  return await cadesSignature(digest, { sign: by.sign, certificates }, tokenOver);
}

const octets = (length: number) =>
  new Uint8Array(new asn1js.OctetString({ valueHex: new ArrayBuffer(length) }).toBER());

const anew = (signing: Signing) => (right: Uint8Array, pack: SealedForTest) =>
  signedAnew(right, pack.signer, signing);

/** A value as it was written. */
const rawOf = (block: asn1js.BaseBlock) => new Uint8Array(block.valueBeforeDecodeView);

/** Certificates and signers of a message, to be added to. */
function partsOf(cms: Uint8Array) {
  const { result } = asn1js.fromBER(Uint8Array.from(cms).buffer);
  const children = (block: asn1js.BaseBlock) => (block as asn1js.Constructed).valueBlock.value;
  const [, , , certificates, signers] = children(children(children(result)[1]!)[0]!);
  const signer = children(children(signers!)[0]!);
  return { result, certificates: children(certificates!), signers: children(signers!), signer };
}

/** Makes the attributes that are signed of the right ones. */
type ChangeAttributes = (attributes: asn1js.BaseBlock[]) => asn1js.BaseBlock[];

const parsed = (hex: string) =>
  asn1js.fromBER(Uint8Array.from(Buffer.from(hex, 'hex')).buffer).result;
const FALSE_DIGEST = parsed(`302f06092a864886f70d01090431220420${'00'.repeat(32)}`);
const SIGNING_TIME = parsed('301c06092a864886f70d010905310f170d3236313132333130313530305a');

/** The message with its outline changed: every length fits again. */
const outlined = (change: (outline: string) => string) =>
  anew({
    async sign(digest, by) {
      const right = derOutline(await cmsOver(digest, by, derOfOutline(NO_DATA)))!;
      return hexOf(derOfOutline(change(right)));
    },
  });
/** Signed data that holds nothing of use, which nobody looks into. */
const NO_DATA = '30(06:2a864886f70d010702;a0(30(04:0000;)))';
/** What stands behind the signature of such a message: a token, in the attribute for it. */
const TOKEN = `30(06:2a864886f70d010910020e;31(${NO_DATA}))`;
/** The same up to what the token holds. */
const TOKEN_START = TOKEN.slice(0, TOKEN.indexOf('04:0000;'));

/** A certificate that says the same and is another: its last byte belongs to its own signature. */
function bent(certificate: asn1js.BaseBlock): asn1js.BaseBlock {
  const der = rawOf(certificate).slice();
  der[der.length - 1]! ^= 1;
  return parsed(hexOf(der));
}

/** Signed letters that are listed and sealed, and are not what a signed letter must be. */
export const FORGED_LETTERS: readonly ForgedPack[] = [
  letterForged('the signed letter is another letter', ['letter-other-base'], (_right, pack) =>
    signed(aSmallPdf('retter'), pack.signer),
  ),
  letterForged(
    'the signed letter is of no letter here',
    ['letter-without-base'],
    (right) => right,
    'seal/letters/complaint.ru.pdf',
  ),
  letterForged('the letter is signed by another key', ['letter-signature'], (_right, pack) =>
    signed(pack.bag.get(LETTER)!, aPackSigner()),
  ),
  letterForged('the signed letter has no signature', ['letter-revision'], (_right, pack) =>
    Uint8Array.from(pack.bag.get(LETTER)!),
  ),
  letterForged('something follows the signature of the letter', ['letter-revision'], (right) =>
    Uint8Array.from([...right, 0x0a]),
  ),
  letterForged('endless objects follow the letter', ['letter-revision'], (_right, pack) =>
    Buffer.concat([pack.bag.get(LETTER)!, Buffer.from('1 0 obj\n\nendobj\n'.repeat(60_000))]),
  ),
  letterForged('the certificate in the letter is of another key', ['letter-revision'], (right) =>
    // The first byte of the point behind the head of every key on P-256.
    respelt(right, (cms) =>
      cms.replace(/(03420004)(..)/, (_, head, byte) => `${head}${byte === '00' ? '01' : '00'}`),
    ),
  ),
  letterForged(
    'the letter shows another certificate than was signed',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        const { certificates, result } = partsOf(await cmsOver(digest, by));
        certificates[0] = bent(certificates[0]!);
        return hexOf(new Uint8Array(result.toBER()));
      },
    }),
  ),
  letterForged(
    'the letter shows another certificate, whose digest stands where nobody signs',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        const room = partsOf(await cmsOver(digest, by, octets(32)));
        const other = bent(room.certificates[0]!);
        room.certificates[0] = other;
        const named = createHash('sha256').update(rawOf(other)).digest('hex');
        const cms = hexOf(new Uint8Array(room.result.toBER()));
        return cms.replace(`0420${'00'.repeat(32)}`, `0420${named}`);
      },
    }),
  ),
  ...Object.entries({
    'has no content type': (attributes) => attributes.slice(1),
    'names two digests': ([type, own, certificate]) => [type!, FALSE_DIGEST, own!, certificate!],
    'signs more than a letter’s attributes': (attributes) => [...attributes, SIGNING_TIME],
    'signs its attributes in another order': (attributes) => attributes.toReversed(),
  } satisfies Record<string, ChangeAttributes>).map(([name, change]) =>
    letterForged(
      `the letter’s signature ${name}`,
      ['letter-revision'],
      anew({
        async sign(digest, by) {
          const { result, signer } = partsOf(await cmsOver(digest, by));
          const attributes = signer[3] as asn1js.Constructed;
          attributes.valueBlock.value = change(attributes.valueBlock.value);
          const signed = new Uint8Array(attributes.toBER());
          signed[0] = 0x31;
          signer[5] = new asn1js.OctetString({ valueHex: by.sign(signed).slice().buffer });
          return hexOf(new Uint8Array(result.toBER()));
        },
      }),
    ),
  ),
  letterForged('the message of the letter’s signature is a set', ['letter-revision'], (right) =>
    respelt(right, (cms) => cms.replace(/^30/, '31')),
  ),
  letterForged('a second revision follows the signature', ['letter-revision'], (right, pack) =>
    Uint8Array.from([...right, ...right.subarray(pack.bag.get(LETTER)!.length + 1)]),
  ),
  letterForged('the time in the letter’s revision is changed', ['letter-revision'], (right) =>
    edited(right, /D:20261123/, 'D:20261122'),
  ),
  letterForged('the letter may be changed after signing', ['letter-revision'], (right) =>
    edited(right, /\n\/P 2\n/, '\n/P 3\n'),
  ),
  letterForged('something hides behind the signature', ['letter-revision'], (right) =>
    edited(right, /00>>>\nendobj/, '01>>>\nendobj'),
  ),
  letterForged(
    'the signature of the letter has no length of its own',
    ['letter-revision'],
    (right) => respelt(right, (cms) => `3080${cms.slice(8)}0000`),
  ),
  letterForged(
    'a length in the letter’s signature is longer than it need be',
    ['letter-revision'],
    (right) =>
      respelt(right, (cms) => {
        const inner = cms.slice(8).replace('06092a864886f70d010702', '0681092a864886f70d010702');
        return `3082${(inner.length / 2).toString(16).padStart(4, '0')}${inner}`;
      }),
  ),
  letterForged(
    'the signature of the letter ends within its own length',
    ['letter-revision'],
    anew({ digits: 4, sign: async () => '3081' }),
  ),
  letterForged(
    'the signature of the letter has half a byte behind it',
    ['letter-revision'],
    anew({ digits: 4_001, sign: async (digest, by) => hexOf(await cmsOver(digest, by)) }),
  ),
  letterForged(
    'the signature of the letter is larger than any',
    ['letter-revision'],
    anew({
      digits: 2 * 65_536,
      async sign(digest, by) {
        // The numbers of ECDSA are now and then a byte shorter, so that it is tried again.
        const { length } = await cmsOver(digest, by, octets(60_000));
        const token = octets(60_000 + 65_536 - length);
        let cms: Uint8Array = new Uint8Array();
        while (cms.length !== 65_536) cms = await cmsOver(digest, by, token);
        return hexOf(cms);
      },
    }),
  ),
  letterForged(
    'the letter’s signature has a mark of an end within a value that has a length',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        const token = Uint8Array.of(4, 4, 0xca, 0xfe, 0xd0, 0x0d);
        return hexOf(await cmsOver(digest, by, token)).replace('0404cafed00d', '300400000000');
      },
    }),
  ),
  letterForged(
    'the letter’s signature is nested deeper than openssl reads',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        let token: asn1js.BaseBlock = new asn1js.Null();
        for (let depth = 0; depth < 130; depth += 1)
          token = new asn1js.Sequence({ value: [token] });
        return hexOf(await cmsOver(digest, by, new Uint8Array(token.toBER())));
      },
    }),
  ),
  letterForged(
    'somebody else signed the letter too',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        const ours = partsOf(await cmsOver(digest, by));
        const theirs = partsOf(await cmsOver(digest, aPackSigner()));
        ours.certificates.push(...theirs.certificates);
        ours.signers.push(...theirs.signers);
        return hexOf(new Uint8Array(ours.result.toBER()));
      },
    }),
  ),
  letterForged(
    'the letter shows a certificate by the same key that the key does not make',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        const outline = derOutline(selfSignedCertificate(by))!.replaceAll('53656c66', '53454c46');
        const certificates = [derOfOutline(outline)];
        return hexOf(await cadesSignature(digest, { sign: by.sign, certificates }));
      },
    }),
  ),
  letterForged(
    'the letter’s certificate has something else in the place of its signature',
    ['letter-signature'],
    anew({
      async sign(digest, by) {
        const outline = derOutline(selfSignedCertificate(by))!;
        const hidden = outline.replace(/03:00[0-9a-f]*;\)$/, `03:00${'c0ffee'.repeat(24)};)`);
        const certificates = [derOfOutline(hidden)];
        return hexOf(await cadesSignature(digest, { sign: by.sign, certificates }));
      },
    }),
  ),
  letterForged(
    'another certificate stands behind that of the letter',
    ['letter-revision'],
    anew({
      async sign(digest, by) {
        const certificates = [by, aPackSigner()].map(selfSignedCertificate);
        return hexOf(await cadesSignature(digest, { sign: by.sign, certificates }));
      },
    }),
  ),
  ...Object.entries({
    'has a list of revoked certificates in it': (outline) =>
      outline.replace(')31(30(02:01;30(', ')a1(30(05:;))31(30(02:01;30('),
    'has two attributes that nobody signed': (outline) => outline.replace(TOKEN, TOKEN + TOKEN),
    'has an attribute of something else that nobody signed': (outline) =>
      outline.replace('2a864886f70d010910020e', '2a864886f70d010910020f'),
    'has something between its unsigned attributes': (outline) =>
      outline.replace(TOKEN, `${TOKEN_START})))))04:;30(31(30(a0(30()))))`),
    'has a token that is no message': (outline) => outline.replace(NO_DATA, '04:0000;'),
    'has a token that is no signed data': (outline) => outline.replace(NO_DATA, '30(04:0000;)'),
    'has signed data of another kind as its token': (outline) =>
      outline.replace(NO_DATA, NO_DATA.replace('010702', '010701')),
    'has two values in its token': (outline) =>
      outline.replace(NO_DATA, NO_DATA.replace('04:0000;', '04:0000;)30(04:0000;')),
    'has a part more behind its last': (outline) => outline.replace(/\)\)\)\)\)$/, '05:;)))))'),
  } satisfies Record<string, (outline: string) => string>).map(([name, change]) =>
    letterForged(`the letter’s signature ${name}`, ['letter-revision'], outlined(change)),
  ),
  letterForged(
    'a fifth object follows those of the signature',
    ['letter-revision'],
    anew({
      revise(text) {
        const table = text.lastIndexOf('\nxref\n') + 1;
        return `${text.slice(0, table)}9 0 obj\n<<>>\nendobj\n${text.slice(table)}`;
      },
      sign: async (digest, by) => hexOf(await cmsOver(digest, by)),
    }),
  ),
  letterForged('the signature covers less than the whole', ['letter-revision'], (right) => {
    const [, length] = / (\d+) *\]\n\/Contents/.exec(latin1(right))!;
    const less = String(Number(length) - 1);
    return edited(right, new RegExp(`${length}( *\\]\\n/Contents)`), `${less}$1`);
  }),
];

import { createPadesLetters } from '../../../server/adapters/pades-letters.ts';
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
  letterForged('the certificate in the letter is of another key', ['letter-signature'], (right) =>
    // The first byte of the point behind the head of every key on P-256.
    respelt(right, (cms) =>
      cms.replace(/(03420004)(..)/, (_, head, byte) => `${head}${byte === '00' ? '01' : '00'}`),
    ),
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
  letterForged('the signature covers less than the whole', ['letter-revision'], (right) => {
    const [, length] = / (\d+) *\]\n\/Contents/.exec(latin1(right))!;
    const less = String(Number(length) - 1);
    return edited(right, new RegExp(`${length}( *\\]\\n/Contents)`), `${less}$1`);
  }),
];

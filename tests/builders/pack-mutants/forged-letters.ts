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
    async make(pack) {
      const right = await signed(pack.bag.get(LETTER)!, pack.signer);
      const content = await forge(right, pack);
      return await forged(() => ({ files: { [path]: content } }))(pack);
    },
  };
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const edited = (bytes: Uint8Array, from: RegExp, to: string) =>
  Uint8Array.from(Buffer.from(latin1(bytes).replace(from, to), 'latin1'));

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
  letterForged('the signature covers less than the whole', ['letter-revision'], (right) => {
    const [, length] = / (\d+) *\]\n\/Contents/.exec(latin1(right))!;
    const less = String(Number(length) - 1);
    return edited(right, new RegExp(`${length}( *\\]\\n/Contents)`), `${less}$1`);
  }),
];

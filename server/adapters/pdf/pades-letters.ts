import { createHash } from 'node:crypto';
import { PackError } from '../../packs/errors.ts';
import type { SignLetter } from '../../packs/ports.ts';
import { selfSignedCertificate } from '../keys/signer-certificate.ts';
import { cadesSignature, type TokenOver } from './cades-signature.ts';
import { type PdfObject, readPdfBase, UnknownPdfForm } from './pdf-revision.ts';

/** Room for everything but certificates and token, which are counted. */
const CMS_BYTES = 1_024;
/** The most that a token with its certificates takes here; a larger one is left out. */
const TOKEN_BYTES = 12 * 1_024;

/** Digits that the byte ranges may take; a letter of ten gigabytes is none. */
const RANGE_DIGITS = 10;

/**
 * Signs letters as PAdES: one revision appended to the base, with an invisible field on the first
 * page. It certifies the document (DocMDP, level 2: nothing may change but what a later signature or
 * time stamp adds). B-T where `tokenOver` gives a token, otherwise B-B.
 *
 * @throws {PackError} from the signing: `SIGNATURE_FAILED` for a file that no revision can follow.
 * @see ETSI EN 319 142-1 V1.1.1, 6.3; ISO 32000-1, 12.8 (signatures) and 12.8.2.2 (DocMDP)
 */
export function createPadesLetters(deps: { tokenOver?: TokenOver | undefined } = {}): SignLetter {
  return async function signLetter(pdf, by, at) {
    const given = certificatesIn(by.certificatesPem ?? '');
    const certificates = given.length > 0 ? given : [selfSignedCertificate(by)];
    const room =
      CMS_BYTES +
      certificates.reduce((sum, one) => sum + one.length, 0) +
      (deps.tokenOver === undefined ? 0 : TOKEN_BYTES);
    const { bytes, gap } = withField(pdf, at, room);
    const digest = createHash('sha256')
      .update(bytes.subarray(0, gap.start))
      .update(bytes.subarray(gap.end))
      .digest();
    const tokenOver = async (signature: Uint8Array) => {
      const token = (await deps.tokenOver?.(signature)) ?? null;
      return token !== null && token.length <= TOKEN_BYTES ? token : null;
    };
    const cms = await cadesSignature(digest, { sign: by.sign, certificates }, tokenOver);
    const hex = Buffer.from(cms).toString('hex');
    Buffer.from(bytes.buffer, bytes.byteOffset).write(hex, gap.start + 1, 'latin1');
    return bytes;
  };
}

/** The certificates of a PEM text, DER, in their order (RFC 7468). */
function certificatesIn(pem: string): Uint8Array[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, base64]) => new Uint8Array(Buffer.from(base64!, 'base64')));
}

/** The file with a signature field whose content is still zeros, and where that content stands. */
function withField(
  pdf: Uint8Array,
  at: string,
  room: number,
): { bytes: Uint8Array; gap: { start: number; end: number } } {
  try {
    const base = readPdfBase(pdf);
    const [signature, field] = [base.size, base.size + 1];
    const unknown = '0'.repeat(RANGE_DIGITS);
    const range = `[0 ${unknown} ${unknown} ${unknown}]`;
    const bytes = base.append([
      {
        number: signature,
        content: `<</Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/M (D:${at.replace(/\D/g, '')}Z)\n/Reference [<</Type /SigRef\n/TransformMethod /DocMDP\n/TransformParams <</Type /TransformParams\n/P 2\n/V /1.2>>>>]\n/ByteRange ${range}\n/Contents <${'0'.repeat(2 * room)}>>>`,
      },
      {
        number: field,
        content: `<</Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Signature1)\n/F 132\n/Rect [0 0 0 0]\n/P ${base.firstPage.number} 0 R\n/V ${signature} 0 R>>`,
      },
      withEntry(
        base.root,
        `/AcroForm <</Fields [${field} 0 R]\n/SigFlags 3>>\n/Perms <</DocMDP ${signature} 0 R>>`,
      ),
      withAnnotation(base.firstPage, field),
    ]);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const from = text.indexOf('/Contents <', pdf.length, 'latin1') + '/Contents '.length;
    const gap = { start: from, end: from + 2 * room + 2 };
    const padded = (value: number) => String(value).padEnd(RANGE_DIGITS, ' ');
    const filled = `[0 ${padded(gap.start)} ${padded(gap.end)} ${padded(bytes.length - gap.end)}]`;
    text.write(filled, text.indexOf(range, pdf.length, 'latin1'), 'latin1');
    return { bytes, gap };
  } catch (cause) {
    if (!(cause instanceof UnknownPdfForm)) throw cause;
    throw new PackError(
      'SIGNATURE_FAILED',
      'A letter is not a file of the form that is printed here, so it cannot be signed. Make the pack anew.',
      { cause },
    );
  }
}

/** An object with more entries in its dictionary. */
function withEntry({ number, content }: PdfObject, entry: string): PdfObject {
  if (!content.endsWith('>>')) throw new UnknownPdfForm('a dictionary');
  return { number, content: `${content.slice(0, -2)}\n${entry}>>` };
}

function withAnnotation(page: PdfObject, annotation: number): PdfObject {
  const list = /\/Annots \[([^\]]*)\]/.exec(page.content);
  if (list === null) {
    if (page.content.includes('/Annots')) throw new UnknownPdfForm('the annotations');
    return withEntry(page, `/Annots [${annotation} 0 R]`);
  }
  const content = page.content.replace(list[0], () => `/Annots [${list[1]} ${annotation} 0 R]`);
  return { number: page.number, content };
}

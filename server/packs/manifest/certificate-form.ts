import { derOutline } from '../../kernel/der-outline.ts';

// The form of certificates (RFC 5280, 4.1), as expressions over their outlines. OpenSSL reads more than
// DER here and other libraries less or something else, so a certificate is first held against this, and
// `verify.sh` has the same expressions: what fits them all can read.

const HEX = '[0-9a-f]';
/** Subidentifiers without leading zeros, the last of which ends (X.690, 8.19). */
const ARC = `([0-7]${HEX}|(8[1-9a-f]|[9a-f]${HEX})([89a-f]${HEX})*[0-7]${HEX})`;
const OBJECT = `06:${ARC}+;`;
/** A number that is not negative, as short as it can be. */
const NUMBER = `02:([0-7]${HEX}|00[89a-f]${HEX}${HEX}*|(0[1-9a-f]|[1-7]${HEX})${HEX}+);`;
/** UTF-8 (RFC 3629, 4); UTF-16 without halves of pairs; and the kinds of text of one byte a character. */
const NEXT = `[89ab]${HEX}`;
const UTF8 = [
  `[0-7]${HEX}`,
  `(c[2-9a-f]|d${HEX})${NEXT}`,
  `(e0[ab]${HEX}|e[1-9a-cef]${NEXT}|ed[89]${HEX})${NEXT}`,
  `(f0[9ab]${HEX}|f[1-3]${NEXT}|f48${HEX})${NEXT}${NEXT}`,
].join('|');
const WIDE = `([0-9a-cef]${HEX}|d[0-7])${HEX}${HEX}`;
const TEXT = `(0c:(${UTF8})*;|1e:(${WIDE})*;|1[2346]:${HEX}*;)`;
const NAME = `30\\((31\\((30\\(${OBJECT}${TEXT}\\))+\\))*\\)`;
/** Parameters: none, a curve, those of GOST, and those of RSA with PSS (RFC 4055, 3.1). */
const DIGEST = `30\\(${OBJECT}(05:;)?\\)`;
const PSS = `30\\((a0\\(${DIGEST}\\))?(a1\\(30\\(${OBJECT}${DIGEST}\\)\\))?(a2\\(${NUMBER}\\))?(a3\\(${NUMBER}\\))?\\)`;
const ALGORITHM = `30\\(${OBJECT}(05:;|${OBJECT}|30\\((${OBJECT})+\\)|${PSS})?\\)`;
const KEY = `30\\(${ALGORITHM}03:00${HEX}+;\\)`;
/** Moments to the second, in UTC (RFC 5280, 4.1.2.5), on days that there are; each digit has a 3 before it. */
const DIGIT = '3[0-9]';
const DAY = [
  `(303[13578]|313[02])(303[1-9]|3[12]${DIGIT}|333[01])`,
  `(303[469]|3131)(303[1-9]|3[12]${DIGIT}|3330)`,
  `3032(303[1-9]|31${DIGIT}|323[0-8])`,
].join('|');
const LEAP = '(3[2468]3[048]|303[48]|3[13579]3[26])';
const HOURS = `(3[01]${DIGIT}|323[0-3])3[0-5]${DIGIT}3[0-5]${DIGIT}5a;`;
const MOMENT = `(17:(${DIGIT}${DIGIT}(${DAY})|(3030|${LEAP})30323239)|18:3[1-9]${DIGIT}(${DIGIT}${DIGIT}(${DAY})|${LEAP}30323239))${HOURS}`;
const EXTENSION = `30\\(${OBJECT}(01:(00|ff);)?04:${HEX}*;\\)`;
const CERTIFICATE = new RegExp(
  `^30\\(30\\((a0\\(02:0[12];\\))?(?<serial>${NUMBER})${ALGORITHM}(?<issuer>${NAME})30\\(${MOMENT}${MOMENT}\\)${NAME}(?<key>${KEY})(a3\\(30\\((${EXTENSION})+\\)\\))?\\)${ALGORITHM}03:00${HEX}+;\\)$`,
);
/** A certificate has one or two thousand. */
const MOST_BYTES = 65_536;

/** Parts of a certificate, as outlines. */
export interface CertificateForm {
  readonly outline: string;
  readonly serial: string;
  readonly issuer: string;
  /** SubjectPublicKeyInfo. */
  readonly key: string;
}

/** Reads a certificate, which may come from anybody; null unless it is one in DER and of the one form. */
export function certificateForm(der: Uint8Array): CertificateForm | null {
  const outline = der.length > MOST_BYTES ? null : derOutline(der);
  const found = outline === null ? null : CERTIFICATE.exec(outline)?.groups;
  if (outline === null || found === undefined || found === null) return null;
  return { outline, serial: found.serial!, issuer: found.issuer!, key: found.key! };
}

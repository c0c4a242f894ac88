import { derOfOutline, derOutline } from '../kernel/der-outline.ts';
import { fromHex, sha256 } from '../kernel/digest.ts';
import { derLength } from '../kernel/strict-der.ts';
import { type CertificateForm, certificateForm } from '../packs/manifest/certificate-form.ts';
import { selfSignedForm, selfSignedStart } from '../packs/manifest/self-signed-form.ts';
import type { ReadRevision } from './read-entry.ts';

/** The one form of a revision: so many objects, the table of their places, the trailer. */
const OBJECTS = 4;
const OBJECT_START = /\d+ 0 obj\n/y;
const OBJECT_END = '\nendobj\n';
const TABLE_AND_TRAILER =
  /^xref\n(?:\d+ 1\n\d{10} 00000 n \n){4}trailer\n<<[\s\S]*?>>\nstartxref\n\d+\n%%EOF\n$/;
const RANGE = /\n\/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]\n\/Contents <([0-9a-f]+)>>>\nendobj\n/g;
/** CAdES, and nothing may change but what a later signature adds. */
const DEMANDED = [
  '/SubFilter /ETSI.CAdES.detached',
  '/TransformMethod /DocMDP',
  '\n/P 2\n',
  '/Perms <</DocMDP ',
];
/** In its lengths of two bytes; certificates and a token take a fifth of it. */
const LARGEST_CMS_BYTES = 65_535;
// What a message says, as outlines (`kernel/der-outline.ts`): signed data (RFC 5652), of data, with
// SHA-256, by ECDSA.
const SIGNED_DATA = '06:2a864886f70d010702;';
const DATA = '06:2a864886f70d010701;';
const VERSION = '02:01;';
const SHA256 = '30(06:608648016503040201;)';
const ECDSA_WITH_SHA256 = '30(06:2a8648ce3d040302;)';
/** Attributes of who signed: content type, message digest, signing certificate (RFC 5652, 11; RFC 5035, 3). */
const signedAttributes = (digest: string, certificate: string) =>
  [
    `30(06:2a864886f70d010903;31(${DATA}))`,
    `30(06:2a864886f70d010904;31(04:${digest};))`,
    `30(06:2a864886f70d010910022f;31(30(30(30(04:${certificate};)))))`,
  ].join('');
const P256_KEY = /30\(30\(06:2a8648ce3d0201;06:2a8648ce3d030107;\)03:0004[0-9a-f]{128};\)/;
const SELF_SIGNED_END = /^((?:[0-9a-f]{2})+);\)/;
/** The signature; one attribute that nobody signs, if any: a token of an authority, which is signed data. */
const END =
  /^04:([0-9a-f]+);(?:a1\(30\(06:2a864886f70d010910020e;31\(30\(06:2a864886f70d010702;a0\(30\((.*)\)\)\)\)\)\))?\)\)\)\)\)$/;

/** What a letter's signature is over, and the signature. */
export interface LetterSignature {
  /** The signed attributes as they were signed (RFC 5652, 5.4). */
  readonly bytes: Uint8Array;
  /** ECDSA, DER. */
  readonly signature: Uint8Array;
  /** The key in the certificate of who signed, SPKI in DER: what a viewer shows the letter to be by. */
  readonly signerKey: Uint8Array;
  /** What the key says of itself in a certificate of its own, and its signature over that; else null. */
  readonly certificate: { readonly bytes: Uint8Array; readonly signature: Uint8Array } | null;
}

/**
 * Reads the signature out of a letter's revision, which may come from anybody.
 *
 * @param certificates - those that the pack has of its key: the letter must show them, and no others.
 *   Null where it has none: then it is the one that a key makes for itself.
 * @returns null when the revision is not of its one form, when its byte range leaves anything out but
 *   the signature itself, when the signature is not in DER, when the digests in it are not those of the
 *   range and of the certificate of who signed, or when it shows other certificates.
 * @see ETSI EN 319 142-1; ISO 32000-1, 12.8.1
 */
export function readLetterSignature(
  revision: ReadRevision,
  certificates: readonly CertificateForm[] | null,
): LetterSignature | null {
  const { bytes, baseBytes, digestWith } = revision;
  // A character for each byte: what is looked for is ASCII.
  const text = new TextDecoder('windows-1252').decode(bytes);
  const ranges = [...text.matchAll(RANGE)];
  const [found] = ranges;
  if (!hasTheForm(text) || found === undefined || ranges.length !== 1) return null;
  if (!DEMANDED.every((entry) => text.split(entry).length === 2)) return null;
  const [first, second, length] = found.slice(1, 4).map(Number) as [number, number, number];
  const hex = found[4]!;
  const start = found.index + found[0].indexOf('<', '\n/ByteRange'.length);
  const gap = { start: baseBytes + start, end: baseBytes + start + hex.length + 2 };
  if (first !== gap.start || second !== gap.end) return null;
  if (second + length !== baseBytes + bytes.length) return null;
  const digest = digestWith([bytes.subarray(0, start), bytes.subarray(start + hex.length + 2)]);
  return hex.length % 2 === 0 ? signatureOver(digest, fromHex(hex), certificates) : null;
}

/**
 * Whether a text is of the form of a revision. Each object ends at the first line that ends one: an
 * expression that tries every other end takes as good as for ever with a text that is made for it.
 */
function hasTheForm(text: string): boolean {
  let at = text.startsWith('\n') ? 1 : 0;
  for (let object = 0; object < OBJECTS; object += 1) {
    OBJECT_START.lastIndex = at;
    if (!OBJECT_START.test(text)) return false;
    const end = text.indexOf(OBJECT_END, OBJECT_START.lastIndex);
    if (end < 0) return false;
    at = end + OBJECT_END.length;
  }
  return TABLE_AND_TRAILER.test(text.slice(at));
}

/**
 * The signature of a CMS message over content of this digest; null for anything else. What a message
 * may say otherwise, each reader takes another way: so it has one form, that of `cades-signature.ts`.
 */
function signatureOver(
  digest: string,
  cms: Uint8Array,
  certificates: readonly CertificateForm[] | null,
): LetterSignature | null {
  const length = derLength(cms);
  if (length === null || length > LARGEST_CMS_BYTES) return null;
  if (cms.subarray(length).some((byte) => byte !== 0)) return null;
  const outline = derOutline(cms.subarray(0, length))!;
  const before = `30(${SIGNED_DATA}a0(30(${VERSION}31(${SHA256})30(${DATA})a0(`;
  if (!outline.startsWith(before)) return null;
  const made = certificates === null ? selfSignedIn(outline.slice(before.length)) : null;
  const shown = certificates ?? (made === null ? [] : [made.form]);
  const [own] = shown;
  if (own === undefined) return null;
  const all = shown.map((one) => one.outline).join('');
  const attributes = signedAttributes(digest, sha256(derOfOutline(own.outline)));
  const by = `30(${own.issuer}${own.serial})`;
  const begin = `${before}${all})31(30(${VERSION}${by}${SHA256}a0(${attributes})${ECDSA_WITH_SHA256}`;
  const end = outline.startsWith(begin) ? END.exec(outline.slice(begin.length)) : null;
  if (end === null || !isBalanced(end[2] ?? '')) return null;
  return {
    bytes: derOfOutline(`31(${attributes})`),
    signature: fromHex(end[1]!),
    signerKey: derOfOutline(own.key),
    certificate: made?.certificate ?? null,
  };
}

/** The certificate that a key made for itself, at the begin of an outline; null for anything else. */
function selfSignedIn(outline: string) {
  const [key] = P256_KEY.exec(outline) ?? [];
  if (key === undefined) return null;
  const spki = derOfOutline(key);
  const start = selfSignedStart(spki);
  if (!outline.startsWith(start)) return null;
  const [end, signature] = SELF_SIGNED_END.exec(outline.slice(start.length)) ?? [];
  if (end === undefined || signature === undefined) return null;
  const form = certificateForm(derOfOutline(start + end));
  if (form === null) return null;
  const bytes = derOfOutline(selfSignedForm(spki));
  return { form, certificate: { bytes, signature: fromHex(signature) } };
}

/** Whether every bracket in a part of an outline is one of a pair in it: the part is whole values. */
function isBalanced(part: string): boolean {
  let depth = 0;
  for (const [bracket] of part.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

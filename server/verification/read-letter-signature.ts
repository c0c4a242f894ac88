import * as asn1js from 'asn1js';
import { fromHex, sha256, toHex } from '../kernel/digest.ts';
import { derLength } from '../kernel/strict-der.ts';
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
/** What a message says in DER, in this order (RFC 5652): signed data; of version 1; with SHA-256; of data. */
const SAID = [
  '06092a864886f70d010702',
  '020101',
  '310d300b0609608648016503040201',
  '300b06092a864886f70d010701',
  // Its signer: of version 1, with SHA-256, by ECDSA with SHA-256.
  '020101',
  '300b0609608648016503040201',
  '300a06082a8648ce3d040302',
].join();
/** Attributes of who signed: content type, message digest, signing certificate (RFC 5652, 11; RFC 5035, 3). */
const signedAttributes = (digest: string, certificate: string) =>
  [
    'a08184301806092a864886f70d010903310b06092a864886f70d010701',
    `302f06092a864886f70d01090431220420${digest}`,
    `3037060b2a864886f70d010910022f31283026302430220420${certificate}`,
  ].join('');
/** One attribute that nobody signs, if any: the token of a time stamp authority. */
const UNSIGNED = /^(?:|a1(?:82.{4}|81..|..)30(?:82.{4}|81..|..)060b2a864886f70d010910020e31.*)$/;
/** The tags of what holds other parts, from the outermost to who signed. */
const FRAME = [0x30, 0xa0, 0x30, 0xa0, 0x31, 0x30, 0x30].join();
/** Class of the tags that a structure gives its own parts. */
const CONTEXT = 3;

/** What a letter's signature is over, and the signature. */
export interface LetterSignature {
  /** The signed attributes as they were signed (RFC 5652, 5.4). */
  readonly bytes: Uint8Array;
  /** ECDSA, DER. */
  readonly signature: Uint8Array;
  /** The key in the certificate of who signed, SPKI in DER: what a viewer shows the letter to be by. */
  readonly signerKey: Uint8Array;
}

/**
 * Reads the signature out of a letter's revision, which may come from anybody.
 *
 * @returns null when the revision is not of its one form, when its byte range leaves anything out but
 *   the signature itself, when the signature is not in DER, or when the digests in it are not those of the
 *   range and of the certificate of who signed.
 * @see ETSI EN 319 142-1; ISO 32000-1, 12.8.1
 */
export function readLetterSignature(revision: ReadRevision): LetterSignature | null {
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
  return hex.length % 2 === 0 ? signatureOver(digest, fromHex(hex)) : null;
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
function signatureOver(digest: string, cms: Uint8Array): LetterSignature | null {
  try {
    const length = derLength(cms);
    if (length === null || length > LARGEST_CMS_BYTES) return null;
    if (cms.subarray(length).some((byte) => byte !== 0)) return null;
    const { result } = asn1js.fromBER(cms.slice(0, length).buffer);
    const [type, content] = children(result);
    const [version, digests, data, certificates, signers, ...more] = children(children(content)[0]);
    const [signer, ...others] = children(signers);
    const [its, by, how, attributes, algorithm, signature, ...unsigned] = children(signer);
    const said = [type, version, digests, data, its, how, algorithm].map(hexOf).join();
    if (said !== SAID || more.length + others.length > 0) return null;
    const outer = [result, content, children(content)[0], certificates];
    const inner = [signers, signer, by];
    if ([...outer, ...inner].map((part) => rawOf(part)[0]).join() !== FRAME) return null;
    if (!UNSIGNED.test(unsigned.map(hexOf).join())) return null;
    // The first is of who signed; those of authorities follow.
    const [own] = children(certificates).map(certificateOf);
    if (own === undefined || own.name !== children(by).map(hexOf).join()) return null;
    if (!(signature instanceof asn1js.OctetString)) return null;
    if (hexOf(attributes) !== signedAttributes(digest, own.sha256)) return null;
    const signed = rawOf(attributes).slice();
    signed[0] = 0x31;
    return {
      bytes: signed,
      signature: Uint8Array.from(signature.valueBlock.valueHexView),
      signerKey: own.key,
    };
  } catch {
    return null;
  }
}

/** Issuer and number of a certificate, by which a signer is named, its key (RFC 5280, 4.1), and its digest. */
function certificateOf(certificate: asn1js.BaseBlock) {
  const [first, ...rest] = children(children(certificate)[0]);
  // The first version does not say its number.
  const fields = first?.idBlock.tagClass === CONTEXT ? rest : [first, ...rest];
  const [number, , issuer, , , key] = fields;
  const name = [issuer, number].map(hexOf).join();
  return { name, key: rawOf(key).slice(), sha256: sha256(rawOf(certificate)) };
}

function children(block: asn1js.BaseBlock | undefined): asn1js.BaseBlock[] {
  return (block as asn1js.Constructed).valueBlock.value as asn1js.BaseBlock[];
}

/** A value as it was written, with its tag and length. */
function rawOf(block: asn1js.BaseBlock | undefined): Uint8Array {
  return new Uint8Array(block!.valueBeforeDecodeView);
}

function hexOf(block: asn1js.BaseBlock | undefined): string {
  return toHex(rawOf(block));
}

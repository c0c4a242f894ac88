import * as asn1js from 'asn1js';
import type { ReadRevision } from './read-entry.ts';
import { equal } from './read-range.ts';

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
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

/** What a letter's signature is over, and the signature. */
export interface LetterSignature {
  /** The signed attributes as they were signed (RFC 5652, 5.4). */
  readonly bytes: Uint8Array;
  /** ECDSA, DER. */
  readonly signature: Uint8Array;
}

/**
 * Reads the signature out of a letter's revision, which may come from anybody.
 *
 * @returns null when the revision is not of its one form, when its byte range leaves anything out but
 *   the signature itself, or when the digest in the signature is not that of the range.
 * @see ETSI EN 319 142-1; ISO 32000-1, 12.8.1
 */
export function readLetterSignature(revision: ReadRevision): LetterSignature | null {
  const { bytes, baseBytes, digestWith } = revision;
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
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
  return signatureOver(digest, bytesOf(hex));
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

/** The signature of a CMS message over content of this digest; null for anything else. */
function signatureOver(digest: string, cms: Uint8Array): LetterSignature | null {
  try {
    const { result, offset } = asn1js.fromBER(Uint8Array.from(cms).buffer);
    if (offset < 0 || cms.subarray(offset).some((byte) => byte !== 0)) return null;
    // ContentInfo → [0] → SignedData, whose last part is the set of signers; there is one.
    const signedData = children(children(children(result)[1]!)[0]!);
    const signers = children(signedData.at(-1)!);
    if (signers.length !== 1) return null;
    const signer = children(signers[0]!);
    const attributes = signer[3]!;
    const signature = signer[5]!;
    if (!(signature instanceof asn1js.OctetString)) return null;
    const wanted = children(attributes).find((one) => oidOf(children(one)[0]!) === MESSAGE_DIGEST)!;
    const said = children(children(wanted)[1]!)[0]!;
    if (!(said instanceof asn1js.OctetString)) return null;
    if (!equal(new Uint8Array(said.valueBlock.valueHexView), bytesOf(digest))) return null;
    const signed = Uint8Array.from(new Uint8Array(attributes.valueBeforeDecodeView));
    signed[0] = 0x31;
    return { bytes: signed, signature: Uint8Array.from(signature.valueBlock.valueHexView) };
  } catch {
    return null;
  }
}

function children(block: asn1js.BaseBlock): asn1js.BaseBlock[] {
  return (block as asn1js.Constructed).valueBlock.value as asn1js.BaseBlock[];
}

function oidOf(block: asn1js.BaseBlock): string {
  return (block as asn1js.ObjectIdentifier).valueBlock.toString();
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

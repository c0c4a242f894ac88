import {
  canonicalDirectory,
  centralHeader,
  type ZipEntry,
} from '../packs/manifest/canonical-zip.ts';
import { VerificationError } from './errors.ts';
import { findDirectory } from './find-directory.ts';
import type { FindingCode } from './findings.ts';
import type { PackBytes } from './ports.ts';
import { equal, readRange, viewOf } from './read-range.ts';

/** An entry of the archive as its directory tells it. */
export interface DirectoryEntry extends ZipEntry {
  /** False when it is compressed, encrypted or otherwise not stored as it is. */
  readonly stored: boolean;
  /** What is wrong with its line in the directory. */
  readonly faults: readonly FindingCode[];
}

/** The central directory of an archive. */
export interface Directory {
  readonly entries: readonly DirectoryEntry[];
  /** Where it begins, and so where the last entry must have ended. */
  readonly offset: number;
  /** What is wrong with it as a whole. */
  readonly faults: readonly FindingCode[];
}

const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
const ZIP64_EXTRA_BYTES = 28;
const ENCRYPTED = 1;
const MOST_32 = 0xffffffff;
const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;

/**
 * Reads the directory of an archive that may come from anybody. Whatever is odd becomes a fault; as
 * much as can be understood is returned, so that everything else can still be judged.
 *
 * @throws {VerificationError} `NOT_AN_ARCHIVE` when nothing of it looks like one, `PACK_UNREADABLE`
 *   when the bytes cannot be read.
 */
export async function readDirectory(pack: PackBytes): Promise<Directory> {
  try {
    const place = await findDirectory(pack);
    if (typeof place === 'string') return { entries: [], offset: pack.sizeBytes, faults: [place] };
    const written = await readRange(pack, place.offset, pack.sizeBytes);
    const { entries, whole } = parseEntries(written.subarray(0, place.sizeBytes));
    const faults: FindingCode[] = whole ? [] : ['archive-directory-damaged'];
    // Made anew from what it says and compared as a whole: no byte of it is without meaning.
    if (!equal(written, canonicalDirectory(entries, place.offset))) {
      faults.push('archive-directory-form');
    }
    return { entries, offset: place.offset, faults };
  } catch (cause) {
    if (cause instanceof VerificationError) throw cause;
    throw new VerificationError(
      'PACK_UNREADABLE',
      'The pack cannot be read to its end. Copy it again from where it came, and check the disk.',
      { cause },
    );
  }
}

function parseEntries(bytes: Uint8Array): { entries: DirectoryEntry[]; whole: boolean } {
  const view = viewOf(bytes);
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (at + CENTRAL_BYTES <= bytes.length && view.getUint32(at, true) === CENTRAL_SIGNATURE) {
    const nameAt = at + CENTRAL_BYTES;
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = nameAt + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > bytes.length) break;
    const { packed, plain, offset } = sizesOf(view, at, nameAt + nameBytes, extraBytes);
    const entry: ZipEntry = {
      name: latin(bytes.subarray(nameAt, nameAt + nameBytes)),
      crc32: view.getUint32(at + 16, true),
      sizeBytes: plain,
      offset,
    };
    const encrypted = (view.getUint16(at + 8, true) & ENCRYPTED) !== 0;
    const stored = view.getUint16(at + 10, true) === 0 && !encrypted && packed === plain;
    const faults: FindingCode[] = [];
    if (!equal(bytes.subarray(at, next), centralHeader(entry))) faults.push('archive-entry-form');
    if (isSpecial(view, at)) faults.push('archive-entry-special');
    entries.push({ ...entry, stored, faults });
    at = next;
  }
  return { entries, whole: at === bytes.length };
}

/** Sizes and place of an entry, from its ZIP64 field where it has one. */
function sizesOf(view: DataView, header: number, extra: number, extraBytes: number) {
  const packed = view.getUint32(header + 20, true);
  const plain = view.getUint32(header + 24, true);
  const offset = view.getUint32(header + 42, true);
  if (plain !== MOST_32 || extraBytes < ZIP64_EXTRA_BYTES || view.getUint16(extra, true) !== 1) {
    return { packed, plain, offset };
  }
  return {
    plain: Number(view.getBigUint64(extra + 4, true)),
    packed: Number(view.getBigUint64(extra + 12, true)),
    offset: Number(view.getBigUint64(extra + 20, true)),
  };
}

/** Whether unpacking would make a link, a folder, a device: anything but a file. */
function isSpecial(view: DataView, header: number): boolean {
  const type = (view.getUint32(header + 38, true) >>> 16) & FILE_TYPE_MASK;
  return view.getUint8(header + 5) === UNIX && type !== REGULAR_FILE;
}

/** One character a byte: a name that is no ASCII stays what it is, and is refused as a name. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

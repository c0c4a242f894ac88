import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { CasesError } from '../../cases/errors.ts';

/** Parts a workbook has at most; a hundred sheets have fewer. */
const PART_LIMIT = 2_000;

/** The parts of a workbook, each read as text within a limit. */
export interface XlsxArchive {
  has(part: string): boolean;
  /** The text of a part, in pieces; more than `limitBytes` of it is refused before it is unpacked. */
  read(part: string, limitBytes: number): AsyncIterable<string>;
}

/**
 * Opens a workbook (ECMA-376 part 2: a ZIP archive) that lies in memory. Each part is unpacked only
 * when it is read, never beyond the size that its entry declares, and its checksum is compared.
 *
 * @throws {CasesError} `TABLE_UNREADABLE` for an archive that is damaged, encrypted or no workbook.
 */
export async function openXlsxArchive(bytes: Uint8Array): Promise<XlsxArchive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts = new Map<string, Entry>();
  const zip = await readDirectory(buffer, parts);
  if (!parts.has('xl/workbook.xml')) {
    throw unreadable(
      'The file is an archive, but no XLSX workbook. Save the table as .xlsx or CSV.',
    );
  }
  return {
    has: (part) => parts.has(part),
    async *read(part, limitBytes) {
      const entry = parts.get(part);
      if (entry === undefined) throw damaged();
      if (entry.uncompressedSize > limitBytes) {
        const limit = Math.floor(limitBytes / 1_048_576);
        throw unreadable(
          `A part of the workbook would unpack to more than ${limit} MB, which no table of cases needs. Save the sheet as CSV, or split it.`,
        );
      }
      const decoder = new TextDecoder('utf-8', { fatal: true });
      let sum = 0;
      try {
        const stream = await zip.openReadStreamPromise(entry);
        for await (const piece of stream as AsyncIterable<Buffer>) {
          sum = crc32(piece, sum);
          yield decoder.decode(piece, { stream: true });
        }
        yield decoder.decode();
      } catch (cause) {
        throw cause instanceof CasesError ? cause : damaged(cause);
      }
      if (sum !== entry.crc32) throw damaged();
    },
  };
}

async function readDirectory(buffer: Buffer, parts: Map<string, Entry>): Promise<ZipFile> {
  try {
    const zip = await fromBufferPromise(buffer, { validateEntrySizes: true });
    if (zip.entryCount > PART_LIMIT) throw damaged();
    for await (const entry of zip.eachEntry()) {
      if ((entry.generalPurposeBitFlag & 1) !== 0) throw protectedFile();
      // Two parts of one name: which of them a spreadsheet shows is its own choice.
      if (parts.has(entry.fileName)) throw damaged();
      parts.set(entry.fileName, entry);
    }
    return zip;
  } catch (cause) {
    throw cause instanceof CasesError ? cause : damaged(cause);
  }
}

/** Says that a workbook is under a password, which also hides an old `.xls`: both begin alike. */
export function protectedFile(): CasesError {
  return unreadable(
    'The workbook is protected by a password, or is an old .xls. Open it, take the password off, and save it as .xlsx or CSV.',
  );
}

function damaged(cause?: unknown): CasesError {
  return unreadable(
    'The workbook is damaged: a part of it cannot be unpacked. Save it again from the spreadsheet, or as CSV.',
    cause,
  );
}

function unreadable(message: string, cause?: unknown): CasesError {
  return new CasesError('TABLE_UNREADABLE', message, { cause });
}

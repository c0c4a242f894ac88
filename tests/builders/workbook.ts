import { crc32, deflateRawSync } from 'node:zlib';
import { putTogether, type RawEntry } from './raw-zip.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one sheet from the XML of its rows, with parts replaced or added at will. */
export function aWorkbook(rows: string, parts: Record<string, string> = {}): Uint8Array {
  const all: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    ...parts,
  };
  return archiveOf(Object.entries(all).map(([name, text]) => anEntry(name, Buffer.from(text))));
}

/** A row whose cells are texts in place. */
export function textRow(row: number, cells: readonly string[]): string {
  const inner = cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('');
  return `<row r="${row}">${inner}</row>`;
}

/** An entry of an archive, deflated; the size and the checksum may lie. */
export function anEntry(
  name: string,
  bytes: Uint8Array,
  lies: { sizeBytes?: number; checksum?: number; flags?: number } = {},
): RawEntry {
  const data = deflateRawSync(bytes);
  const nameBytes = Buffer.from(name);
  const { sizeBytes = bytes.length, checksum = crc32(bytes), flags = 0 } = lies;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  for (const [header, at] of [
    [local, 4],
    [central, 6],
  ] as const) {
    header.writeUInt16LE(20, at);
    header.writeUInt16LE(flags, at + 2);
    header.writeUInt16LE(8, at + 4);
    header.writeUInt32LE(checksum, at + 10);
    header.writeUInt32LE(data.length, at + 14);
    header.writeUInt32LE(sizeBytes, at + 18);
    header.writeUInt16LE(nameBytes.length, at + 22);
  }
  return {
    name,
    local: Buffer.concat([local, nameBytes]),
    data,
    descriptor: Buffer.alloc(0),
    central: Buffer.concat([central, nameBytes]),
  };
}

/** An archive of entries. */
export function archiveOf(entries: readonly RawEntry[]): Uint8Array {
  return putTogether(entries);
}

import { CasesError } from '../../cases/errors.ts';
import type { XlsxArchive } from './xlsx-archive.ts';
import { readWholeXml } from './xlsx-xml.ts';

const SMALL_PART_BYTES = 16 * 1_048_576;

/** How a number is shown: a day, a month, or a plain number. */
export type NumberKind = 'day' | 'month' | 'number';

/** What must be known of a workbook before a sheet of it can be read. */
export interface XlsxWorkbook {
  /** The part that holds the first sheet that is not hidden. */
  readonly sheet: string;
  /** Sheets that are shown besides it. */
  readonly furtherSheets: number;
  /** The part with the shared strings, where there is one. */
  readonly strings: string | null;
  /** Days are counted from 1904, as old Macintosh workbooks do. */
  readonly from1904: boolean;
  /** By the number of a cell's style. */
  readonly kinds: readonly NumberKind[];
}

/** Reads workbook, relations and styles (ECMA-376 part 1, 18.2 and 18.8). */
export async function readXlsxWorkbook(archive: XlsxArchive): Promise<XlsxWorkbook> {
  const sheets: { relation: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readWholeXml(archive.read('xl/workbook.xml', SMALL_PART_BYTES), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attributes.date1904);
      if (name === 'sheet') {
        const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
        const hidden = (attributes.state ?? 'visible') !== 'visible';
        if (relation !== undefined) sheets.push({ relation, hidden });
      }
    },
  });
  const relations = await readRelations(archive);
  const shown = sheets.filter((sheet) => !sheet.hidden);
  const sheet = shown[0] === undefined ? undefined : relations.byId.get(shown[0].relation);
  if (sheet === undefined || !archive.has(sheet)) {
    throw new CasesError(
      'TABLE_UNREADABLE',
      'The workbook has no sheet that is shown. Put the cases on its first sheet.',
    );
  }
  return {
    sheet,
    furtherSheets: shown.length - 1,
    strings: existing(archive, relations.strings),
    from1904,
    kinds: await readKinds(archive, existing(archive, relations.styles)),
  };
}

async function readRelations(archive: XlsxArchive) {
  const byId = new Map<string, string>();
  let strings: string | null = null;
  let styles: string | null = null;
  await readWholeXml(archive.read('xl/_rels/workbook.xml.rels', SMALL_PART_BYTES), {
    open(name, { Id, Target, Type = '', TargetMode }) {
      // What lies outside of the file is never followed.
      if (name !== 'Relationship' || TargetMode === 'External' || !Id || !Target) return;
      const part = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`;
      if (Type.endsWith('/sharedStrings')) strings = part;
      else if (Type.endsWith('/styles')) styles = part;
      else if (Type.endsWith('/worksheet')) byId.set(Id, part);
    },
  });
  return { byId, strings: strings as string | null, styles: styles as string | null };
}

/** The built-in formats that show dates (18.8.30), those of East Asian locales among them. */
function builtInKind(format: number): NumberKind {
  if (format === 17 || format === 55) return 'month';
  const shown =
    (format >= 14 && format <= 16) ||
    format === 22 ||
    (format >= 27 && format <= 31) ||
    format === 36 ||
    (format >= 50 && format <= 58);
  return shown ? 'day' : 'number';
}

async function readKinds(archive: XlsxArchive, part: string | null): Promise<NumberKind[]> {
  if (part === null) return [];
  const own = new Map<number, NumberKind>();
  const kinds: NumberKind[] = [];
  let inCells = false;
  await readWholeXml(archive.read(part, SMALL_PART_BYTES), {
    open(name, { numFmtId, formatCode }) {
      const format = Number(numFmtId);
      if (name === 'numFmt') own.set(format, kindOf(formatCode ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) kinds.push(own.get(format) ?? builtInKind(format));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return kinds;
}

/** What a format of its own shows: `dd/mm/yyyy` a day, `mmm yy` a month, `hh:mm` or `0.00` a number. */
function kindOf(code: string): NumberKind {
  const bare = code
    .split(';')[0]!
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .toLowerCase();
  if (/general/.test(bare)) return 'number';
  if (/d/.test(bare)) return 'day';
  return /y/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare)) ? 'month' : 'number';
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function existing(archive: XlsxArchive, part: string | null): string | null {
  return part !== null && archive.has(part) ? part : null;
}

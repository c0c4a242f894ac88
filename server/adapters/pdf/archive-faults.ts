import { catalogIdOf, objectOf, type PrintedPdf } from './printed-pdf.ts';

/** Up to version 1.7, and a comment of bytes that no text has (ISO 19005-2, 6.1.2). */
const HEADER = /^%PDF-1\.[0-7]\n%[\u0080-\u00ff]{4,}\n/;
/** The longest string and the longest name (6.1.13). */
const STRING_BYTES = 32_767;
const NAME_BYTES = 127;
/** Strings, literal and in hexadecimal. */
const STRING = /\((?:[^\\()]|\\[\s\S])*\)|<([0-9A-Fa-f][0-9A-Fa-f\s]*)>/g;
/** An element of the structure tree: whatever it says, it draws nothing and does nothing. */
const STRUCTURE = /^\d+ 0 obj\n<<\/Type \/StructElem\n/;
/** Where a link leads: the id of a part of the letter. */
const DESTINATION = /\/Dest \/[^\s/<>[\]()]+/g;
const NAME = /\/[^\s/<>[\]()]+/g;
/** What Chromium numbers: fonts, states, pictures; and the fonts of letters, each with a tag. */
const NUMBERED = /^\/(?:[FGX]\d+|[A-Z]{6}\+NotoSerif-[A-Za-z]+)$/;

/** Every name that Chromium is known to write beside the structure; PDF/A-2 forbids none of them. */
const KNOWN = new Set(
  `Type Catalog Pages Page Kids Count Parent MediaBox Resources Contents ProcSet PDF Text ImageB
  ImageC ImageI Tabs S Lang Length Filter FlateDecode DCTDecode Title Creator Producer CreationDate
  ModDate ViewerPreferences DisplayDocTitle Dests Dest XYZ Outlines First Last Next Prev SE
  Font Subtype Type0 CIDFontType2 BaseFont Encoding Identity-H DescendantFonts ToUnicode CIDSystemInfo
  Registry Ordering Supplement CIDToGIDMap Identity DW W FontDescriptor FontName FontBBox FontFile2
  Flags Ascent Descent CapHeight StemV ItalicAngle Length1
  ExtGState ca CA BM Normal LC LJ LW ML SA XObject Image Width Height ColorSpace DeviceGray
  BitsPerComponent ColorTransform
  Annots Annot Link Rect Border F P StructParent StructParents
  MarkInfo Marked StructTreeRoot ParentTree ParentTreeNextKey IDTree Names Nums Limits K`
    .split(/\s+/)
    .map((name) => `/${name}`),
);

/**
 * What keeps a printed file from being called prepared for PDF/A-2b, in words for a log or a test;
 * empty when nothing was found.
 *
 * It says yes to what is known only: any name that Chromium has not been seen to write is a fault,
 * so that a filter, an action, an annotation or a colour space of a later version is found without
 * being listed. What is drawn on the pages is not read: that Chromium draws in grey and RGB, and with
 * glyphs as wide as it says, the tests see to. The output intent, the metadata and the file identifier
 * are added afterwards.
 *
 * @see ISO 19005-2, clause 6
 */
export function archiveFaults(pdf: PrintedPdf): string[] {
  const faults = new Set<string>();
  if (!HEADER.test(pdf.text)) faults.add('the header');
  const destinations = /\n\/Dests (\d+) 0 R/.exec(objectOf(pdf, catalogIdOf(pdf)))?.[1];
  for (let id = 1; id < pdf.entryCount; id++) {
    const object = dictionaryOf(objectOf(pdf, id));
    // Most objects are of the structure, and no string in them is longer than they are.
    if (object.length <= STRING_BYTES && STRUCTURE.test(object)) continue;
    const plain = object
      .replace(STRING, (text, hex?: string) => {
        const bytes = hex === undefined ? text.length - 2 : hex.length / 2;
        if (bytes > STRING_BYTES) faults.add('a string that is too long');
        if (!Number.isInteger(bytes)) faults.add('a string of half a byte');
        return '';
      })
      .replace(DESTINATION, '/Dest');
    for (const [name] of plain.matchAll(NAME)) {
      if (name.length > NAME_BYTES + 1) faults.add('a name that is too long');
      // The ids of the letter's own parts are names there.
      if (String(id) === destinations || STRUCTURE.test(object)) continue;
      if (!KNOWN.has(name) && !NUMBERED.test(name)) faults.add(name);
    }
    for (const fault of faultsOfKind(plain)) faults.add(fault);
  }
  return [...faults];
}

/** An object without what it streams. */
function dictionaryOf(object: string): string {
  const at = object.indexOf('>> stream\n');
  return at < 0 ? object : object.slice(0, at + 2);
}

function* faultsOfKind(object: string): Generator<string> {
  // Links are printed, and are neither hidden nor outside of the page (6.3.2).
  if (object.includes('/Type /Annot\n') && !/\/Subtype \/Link\n[\s\S]*\/F 4\b/.test(object)) {
    yield 'an annotation that is no printed link';
  }
  // Fonts are in the file, and their numbers are those of its glyphs (6.2.11).
  if (object.includes('/Type /FontDescriptor\n') && !/\/FontFile2 \d+ 0 R/.test(object)) {
    yield 'a font that is not embedded';
  }
  if (object.includes('/Subtype /CIDFontType2\n') && !object.includes('/CIDToGIDMap /Identity')) {
    yield 'a font without a map of its glyphs';
  }
  // Of streams, only those of the file itself (6.1.7).
  if (/\/F (?:\d+ 0 R|<<)/.test(object)) yield 'a stream in another file';
}

import { archiveFaults } from './archive-faults.ts';
import { archiveMetadata, isWritable } from './archive-metadata.ts';
import { editPrintedPdf } from './edit-printed-pdf.ts';
import { CREATOR, PRODUCER } from './pdf-identity.ts';
import {
  catalogIdOf,
  infoIdOf,
  objectOf,
  offsetOf,
  type PrintedPdf,
  unexpectedForm,
} from './printed-pdf.ts';
import { SRGB_PROFILE } from './srgb-profile.ts';

/**
 * Prepares a file that Chromium printed for PDF/A-2b, or 3b where files are attached: gives it the metadata and the meaning of its
 * colours that the standard asks for and Chromium leaves out. The file identifier follows with its
 * identity. A candidate, and no more: no validator has judged it, and the metadata names the standard
 * only in a file in which {@link archiveFaults} finds nothing.
 *
 * @param as.date - as the file is dated, `YYYY-MM-DD`.
 * @param as.part - of the standard: 3 lets other files be attached, and asks for nothing else more.
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 19005-2 and 19005-3, 6.2.3 (output intent), 6.6.2 (metadata)
 */
export function prepareForArchive(pdf: PrintedPdf, as: { date: string; part: 2 | 3 }): PrintedPdf {
  const catalogId = catalogIdOf(pdf);
  const catalog = objectOf(pdf, catalogId);
  if (!catalog.endsWith('>>') || /\/(?:Metadata|OutputIntents)\b/.test(catalog)) {
    throw unexpectedForm();
  }
  const title = titleIn(objectOf(pdf, infoIdOf(pdf)));
  const part = isWritable(title) && archiveFaults(pdf).length === 0 ? as.part : null;
  const { date } = as;
  const metadata = archiveMetadata({ title, creator: CREATOR, producer: PRODUCER, date, part });
  const [metadataId, profileId] = [pdf.entryCount, pdf.entryCount + 1];
  const intent = `<</Type /OutputIntent\n/S /GTS_PDFA1\n/OutputConditionIdentifier (sRGB)\n/Info (sRGB)\n/DestOutputProfile ${profileId} 0 R>>`;
  const end = offsetOf(pdf, catalogId) + catalog.length;
  return editPrintedPdf(
    pdf,
    [
      {
        start: end - 2,
        end,
        text: `\n/Metadata ${metadataId} 0 R\n/OutputIntents [${intent}]>>`,
      },
    ],
    [
      // Not compressed, so that whoever knows no PDF can read it (XMP part 3, 4.2).
      streamOf('/Type /Metadata\n/Subtype /XML', metadata),
      streamOf('/N 3', SRGB_PROFILE),
    ],
  );
}

function streamOf(entries: string, bytes: Uint8Array): string {
  const content = Buffer.from(bytes).toString('latin1');
  return `<<${entries}\n/Length ${bytes.length}>> stream\n${content}\nendstream`;
}

/** The title, as Chromium writes it: in ASCII, or in UTF-16 as hexadecimal digits. */
function titleIn(information: string): string {
  const [, literal, hex] =
    /\/Title (?:\(((?:[^\\()]|\\[\s\S])*)\)|<FEFF([0-9A-Fa-f]*)>)/.exec(information) ?? [];
  if (hex !== undefined) return Buffer.from(hex, 'hex').swap16().toString('utf16le');
  if (literal === undefined) throw unexpectedForm();
  return literal.replace(
    /\\(?:([0-7]{3})|([\s\S]))/g,
    (_escape, octal?: string, character?: string) =>
      octal === undefined ? character! : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

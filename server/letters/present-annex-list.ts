import type { Annex, LetterModel } from './letter-model.ts';
import { digestGroups } from './typography.ts';
import type { Writer } from './writer.ts';

/** A file with its digest in groups of eight digits. */
export interface FileView {
  readonly path: string;
  readonly size: string;
  readonly digest: readonly string[];
}

/** One annex as the letter lists it. */
export interface AnnexItemView {
  readonly text: string;
  readonly files: readonly FileView[];
}

/** More files than this are listed in the list of files alone, where the letter has one. */
const MOST_FILES_IN_LETTER = 4;

/** The annexes of the letter in this language. */
export function presentAnnexList(model: LetterModel, writer: Writer): AnnexItemView[] {
  const list = model.annexes.find((annex) => annex.role === 'exhibits');
  return model.annexes.map((annex) => {
    const files = filesIn(annex, writer.lang);
    const elsewhere =
      list !== undefined && annex !== list && files.length > MOST_FILES_IN_LETTER
        ? writer.line('letter.annexes.listed', { count: files.length, annex: list.number })
        : null;
    const many =
      files.length > 1 ? writer.line('letter.annexes.files', { count: files.length }) : null;
    const sheets =
      annex.sheets === undefined
        ? null
        : writer.line('letter.annexes.sheets', { sheets: annex.sheets });
    const details = [sheets, elsewhere ?? many].filter((part) => part !== null);
    return {
      text: [writer.own(annex.title), details.join('; ')].filter(Boolean).join(' — '),
      files: elsewhere === null ? files.map((file) => presentFile(file, writer)) : [],
    };
  });
}

/** The files of an annex that belong to the letter in this language. */
export function filesIn(annex: Annex, lang: Writer['lang']): Annex['files'] {
  return annex.files.filter((file) => file.lang === undefined || file.lang === lang);
}

/** One file, its size in bytes. */
export function presentFile(file: Annex['files'][number], writer: Writer): FileView {
  return {
    path: file.path,
    size: writer.line('letter.annexes.size', { bytes: file.sizeBytes }),
    digest: digestGroups(file.sha256),
  };
}

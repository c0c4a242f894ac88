import type { LetterModel } from './letter-model.ts';
import { type FileView, filesIn, presentFile } from './present-annex-list.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { Writer } from './writer.ts';

/** The annex that lists files and digests. */
export interface ExhibitsView extends AnnexView {
  /** Said where there is no file. */
  readonly none: string;
  readonly annexes: readonly { readonly heading: string; readonly files: readonly FileView[] }[];
}

/** Writes the list of every file of every other annex; it cannot hold the digest of itself. */
export function presentExhibits(model: LetterModel, writer: Writer): ExhibitsView {
  const { page, head } = presentAnnex(model, writer, 'exhibits');
  return {
    page,
    head,
    none: writer.line('annex.exhibits.none'),
    annexes: model.annexes
      .filter(({ role }) => role !== 'exhibits')
      .map((annex) => ({
        heading: writer.line('annex.exhibits.annex', {
          annex: annex.number,
          title: annex.title[writer.lang],
        }),
        files: filesIn(annex, writer.lang).map((file) => presentFile(file, writer)),
      }))
      .filter(({ files }) => files.length > 0),
  };
}

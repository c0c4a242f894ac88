import type { LetterModel } from '../letter-model.ts';
import type { Writer } from '../writing/writer.ts';
import { type FileView, filesIn, presentFile } from './present-annex-list.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { References } from './present-reference.ts';
import type { BoundAnnex } from './sheet-numbers.ts';

/** The annex that lists files and digests. */
export interface ExhibitsView extends AnnexView {
  /** Said where there is no file. */
  readonly none: string;
  readonly annexes: readonly { readonly heading: string; readonly files: readonly FileView[] }[];
}

/** Writes the list of every file of every annex, and where in this document it is described. */
export function presentExhibits(
  model: LetterModel,
  writer: Writer,
  own: BoundAnnex,
  references: References,
): ExhibitsView {
  return {
    head: presentAnnex(model, writer, own),
    none: writer.line('annex.exhibits.none'),
    annexes: model.annexes
      .filter((annex) => annex.number !== own.number)
      .map((annex) => ({
        heading: writer.line('annex.heading', {
          annex: annex.number,
          title: annex.title[writer.lang],
        }),
        files: filesIn(annex, writer.lang).map((file) =>
          presentFile(file, writer, { model, references }),
        ),
      }))
      .filter(({ files }) => files.length > 0),
  };
}

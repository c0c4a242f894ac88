import type { LetterModel } from '../letter-model.ts';
import type { Writer } from '../writing/writer.ts';
import { type FileView, filesIn, presentFile } from './present-annex-list.ts';
import { type AnnexHeadView, presentHead } from './present-page.ts';

/** The list of everything on the disc, a paper of its own. */
export interface InventoryView {
  readonly head: AnnexHeadView;
  readonly none: string;
  readonly groups: readonly { readonly heading: string; readonly files: readonly FileView[] }[];
}

/**
 * Writes the inventory of the disc. Unlike the list of files inside the letter it holds the digests
 * of the letter itself.
 *
 * @param letters - the printed letters, in every language.
 */
export function presentInventory(
  model: LetterModel,
  letters: LetterModel['annexes'][number]['files'],
  writer: Writer,
): InventoryView {
  const annexes = model.annexes.map((annex) => ({
    heading: writer.line('annex.heading', {
      annex: annex.number,
      title: annex.title[writer.lang],
    }),
    files: filesIn(annex, writer.lang).map((file) => presentFile(file, writer)),
  }));
  return {
    head: presentHead(model, writer, {
      heading: writer.line('annex.inventory.title'),
      intro: writer.paragraph('annex.inventory.intro'),
    }),
    none: writer.line('annex.inventory.none'),
    groups: [
      {
        heading: writer.line('annex.inventory.letters'),
        files: letters.map((file) => presentFile(file, writer)),
      },
      ...annexes,
    ].filter(({ files }) => files.length > 0),
  };
}

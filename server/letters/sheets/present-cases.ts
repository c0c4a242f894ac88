import type { LetterModel } from '../letter-model.ts';
import { longMonth } from '../writing/letter-dates.ts';
import type { Writer } from '../writing/writer.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import { type BoundAnnex, exhibitId } from './sheet-numbers.ts';

/** The annex with approved texts of cases. */
export interface CasesView extends AnnexView {
  /** Said where there is no case. */
  readonly none: string;
  readonly cases: readonly {
    readonly id: string;
    readonly heading: string;
    readonly month: string;
    readonly paragraphs: readonly string[];
  }[];
}

/** Writes the annex with approved texts of cases, in the order of the model. */
export function presentCases(model: LetterModel, writer: Writer, annex: BoundAnnex): CasesView {
  return {
    head: presentAnnex(model, writer, annex),
    none: writer.line('annex.cases.none'),
    cases: model.narratives.map(({ exhibit, month, text }) => ({
      id: exhibitId(exhibit),
      heading: writer.line('annex.cases.exhibit', { exhibit }),
      month: writer.bound(longMonth(month, writer.lang)),
      paragraphs: text[writer.lang].split(/\s*\n\s*/).map(writer.set),
    })),
  };
}

import type { LetterModel } from '../letter-model.ts';
import { longDate } from '../writing/letter-dates.ts';
import type { Writer } from '../writing/writer.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { BoundAnnex } from './sheet-numbers.ts';

/** A paper of the organisation: its sheets as they look, and the mark of a true copy. */
export interface PaperView extends AnnexView {
  readonly sheets: readonly {
    /** A `data:` URL: nothing is loaded from anywhere. */
    readonly src: string;
    readonly alt: string;
    readonly shape: 'upright' | 'wide';
  }[];
  /** What is filled in by hand; the organisation's own mark, not a notary's. */
  readonly certified: {
    readonly heading: string;
    readonly office: string;
    readonly place: string;
    readonly name: string;
    readonly date: string;
    readonly seal: string;
    readonly kept: string;
  };
}

/** Writes a paper of the organisation as an annex. */
export function presentPaper(model: LetterModel, writer: Writer, annex: BoundAnnex): PaperView {
  const scans = annex.scans ?? [];
  const { signatory, outgoing } = model;
  return {
    head: presentAnnex(model, writer, annex),
    sheets: scans.map(({ jpeg, widthPx, heightPx }, i) => ({
      src: `data:image/jpeg;base64,${jpeg}`,
      alt: writer.line('annex.paper.sheet', { number: i + 1, count: scans.length }),
      shape: widthPx > heightPx ? 'wide' : 'upright',
    })),
    certified: {
      heading: writer.line('annex.paper.true'),
      office: writer.own(signatory.office),
      place: writer.line('letter.signature.place'),
      // Its column is narrow: a long surname goes below the initials.
      name: signatory.name[writer.lang],
      date: longDate(outgoing.date, writer.lang),
      seal: writer.line('letter.signature.seal'),
      kept: writer.line('annex.paper.kept'),
    },
  };
}

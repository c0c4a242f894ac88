import type { LetterModel } from '../letter-model.ts';
import { listed, type Writer } from '../writing/writer.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { BoundAnnex } from './sheet-numbers.ts';
import { exhibitId } from './sheet-numbers.ts';

/** The annex that says how copies were redacted. */
export interface RedactionView extends AnnexView {
  readonly points: readonly string[];
  readonly table: {
    readonly caption: string;
    readonly columns: { exhibit: string; what: string; rules: string; checks: string };
    readonly rows: readonly {
      readonly id: string;
      readonly exhibit: string;
      readonly kind: string;
      readonly what: readonly string[];
      readonly rules: string;
      readonly checks: string;
    }[];
  };
}

/** Writes the statement on redaction: the same words for every pack, the facts from the receipts. */
export function presentRedaction(
  model: LetterModel,
  writer: Writer,
  annex: BoundAnnex,
): RedactionView {
  const text = (key: string) => writer.line(`annex.redaction.${key}`);
  const point = (key: string) => writer.paragraph(`annex.redaction.points.${key}`);
  return {
    head: presentAnnex(model, writer, annex),
    points: listed(['originals', 'vehicles', 'proof', 'limits'].map(point)),
    table: {
      caption: text('table'),
      columns: {
        exhibit: text('exhibit'),
        what: text('what'),
        rules: text('rules'),
        checks: text('checks'),
      },
      rows: model.redactions.map(
        ({ exhibit, kind, mode, emptyScene, covered, kept, passed, made }) => ({
          id: exhibitId(exhibit),
          exhibit,
          kind: text(`kinds.${kind}`),
          what: listed([
            // A still has no frames.
            text(kind === 'still' && mode === 'marked' ? 'modes.marked still' : `modes.${mode}`),
            ...(mode === 'moving' ? [text(`scenes.${emptyScene}`)] : []),
          ]),
          rules: writer.line('annex.redaction.decided', { covered, kept }),
          checks: writer.line('annex.redaction.passed', { passed, made }),
        }),
      ),
    },
  };
}

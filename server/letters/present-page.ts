import { longDate } from './letter-dates.ts';
import type { Annex, LetterModel } from './letter-model.ts';
import type { Writer } from './writer.ts';

/** What is drawn on every page of a sample. */
export const SAMPLE_MARK = 'ҮЛГҮ / ОБРАЗЕЦ / SAMPLE';

/** What every document needs: language, title, marks and page numbers. */
export interface PageView {
  readonly lang: string;
  readonly title: string;
  /** {@link SAMPLE_MARK}, or null on a real letter. */
  readonly mark: string | null;
  /** Words around the page number and the number of pages. */
  readonly number: { readonly before: string; readonly between: string; readonly after: string };
}

/** The frame of a document's pages. */
export function presentPage(model: LetterModel, writer: Writer, title: string): PageView {
  return {
    lang: writer.lang,
    title,
    mark: model.sample ? SAMPLE_MARK : null,
    number: {
      before: writer.plain('letter.page.before'),
      between: writer.plain('letter.page.between'),
      after: writer.plain('letter.page.after'),
    },
  };
}

/** The head of an annex: which letter it belongs to, who sends it, its name and first paragraph. */
export interface AnnexHeadView {
  readonly of: string;
  readonly sender: string;
  readonly heading: string;
  readonly intro: string;
}

/** An annex: its page and its head. */
export interface AnnexView {
  readonly page: PageView;
  readonly head: AnnexHeadView;
}

/**
 * Page and head of an annex; its number is that of the annex with its role in the letter.
 *
 * @param values - what the first paragraph is filled with.
 */
export function presentAnnex(
  model: LetterModel,
  writer: Writer,
  role: Annex['role'],
  values: Readonly<Record<string, string>> = {},
): AnnexView {
  const { number } = model.outgoing;
  const date = longDate(model.outgoing.date, writer.lang);
  const annex = model.annexes.find((one) => one.role === role)?.number;
  const of =
    annex === undefined
      ? writer.line('annex.ofUnnumbered', { number, date })
      : writer.line('annex.of', { number, date, annex });
  const name = `annex.${role}.title`;
  return {
    page: presentPage(model, writer, `${writer.plain(name)}. ${of}`),
    head: {
      of,
      sender: writer.own(model.sender.name),
      heading: writer.line(name),
      intro: writer.paragraph(`annex.${role}.intro`, values),
    },
  };
}

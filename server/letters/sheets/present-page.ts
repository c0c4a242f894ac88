import type { Annex, LetterModel } from '../letter-model.ts';
import { ofDate } from '../writing/letter-dates.ts';
import type { Writer } from '../writing/writer.ts';

/** What is drawn on every page of a sample. */
export const SAMPLE_MARK = 'ҮЛГҮ / ОБРАЗЕЦ / SAMPLE';

/** What stands on every page of a letter that is not ready to be sent. */
export const DRAFT_MARK = 'ДОЛБООР / ПРОЕКТ / DRAFT';

/** What every document needs: language, title, marks and page numbers. */
export interface PageView {
  readonly lang: string;
  readonly title: string;
  /** {@link SAMPLE_MARK}, or null on a real letter. */
  readonly mark: string | null;
  /** What stands at the head of every page: the mark of a sample or of a draft, or nothing. */
  readonly header: string | null;
  /** Words around the page number and the number of pages. */
  readonly number: { readonly before: string; readonly between: string; readonly after: string };
}

/**
 * The frame of a document's pages.
 *
 * @param isDraft - whether something keeps the document from being sent.
 */
export function presentPage(
  model: LetterModel,
  writer: Writer,
  title: string,
  isDraft = false,
): PageView {
  return {
    lang: writer.lang,
    title,
    mark: model.sample ? SAMPLE_MARK : null,
    header: model.sample ? SAMPLE_MARK : isDraft ? DRAFT_MARK : null,
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

/** An annex, which begins with its head. */
export interface AnnexView {
  readonly head: AnnexHeadView;
}

/** The head of a paper that belongs to the letter. */
export function presentHead(
  model: LetterModel,
  writer: Writer,
  { heading, intro }: Pick<AnnexHeadView, 'heading' | 'intro'>,
): AnnexHeadView {
  const { number } = model.outgoing;
  return {
    of: writer.line('annex.of', { number, date: ofDate(model.outgoing.date, writer.lang) }),
    sender: writer.own(model.sender.name),
    heading,
    intro,
  };
}

/**
 * The head of an annex. Its heading has number and title, so that the outline of the document is a
 * list of the annexes.
 *
 * @param values - what the first paragraph is filled with.
 */
export function presentAnnex(
  model: LetterModel,
  writer: Writer,
  annex: Annex,
  values: Readonly<Record<string, string>> = {},
): AnnexHeadView {
  return presentHead(model, writer, {
    heading: writer.line('annex.heading', {
      annex: annex.number,
      title: annex.title[writer.lang],
    }),
    intro: writer.paragraph(`annex.${annex.role}.intro`, values),
  });
}

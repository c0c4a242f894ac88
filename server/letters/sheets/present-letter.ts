import { clauseValues } from '../clauses/clause-values.ts';
import { fillClause } from '../clauses/fill-clause.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import type { Language } from '../writing/language.ts';
import { longDate } from '../writing/letter-dates.ts';
import type { Writer } from '../writing/writer.ts';
import { type AnnexItemView, presentAnnexList, presentTotal } from './present-annex-list.ts';
import { type PartView, presentParts } from './present-clauses.ts';
import { type PageView, presentPage } from './present-page.ts';
import { NO_REFERENCES, type References } from './present-reference.ts';

/** One side of the letterhead. */
interface SenderView {
  readonly lang: Language;
  readonly name: string;
  readonly lines: readonly string[];
}

/** All that a letter shows, as finished texts; the template only places them. */
export interface LetterView {
  readonly page: PageView;
  readonly letterhead: readonly SenderView[];
  readonly outgoing: { readonly number: string; readonly date: string };
  readonly addressee: readonly string[];
  readonly kind: string;
  readonly subject: string;
  readonly salutation: string;
  /** The body, part by part, in the order of its clauses. */
  readonly parts: readonly PartView[];
  readonly annexes: {
    readonly heading: string;
    readonly items: readonly AnnexItemView[];
    /** How many sheets in all; null where no annex is bound. */
    readonly total: string | null;
  } | null;
  readonly signature: {
    readonly office: string;
    readonly name: string;
    readonly place: string;
    readonly seal: string;
  };
  readonly executor: string;
  /** The box that is stamped on the second copy; null where nobody stamps one. */
  readonly receipt: {
    readonly heading: string;
    readonly number: string;
    readonly date: string;
    readonly name: string;
  } | null;
}

/**
 * Writes the letter in one language. Nothing reaches the page that is not listed here.
 *
 * @param isDraft - whether something keeps it from being sent.
 */
export function presentLetter(
  model: LetterModel,
  writer: Writer,
  rules: LetterRules,
  references: References = NO_REFERENCES,
  isDraft = false,
): LetterView {
  const { number } = model.outgoing;
  const date = longDate(model.outgoing.date, writer.lang);
  const type = rules.types.get(model.type)!;
  const kind = type.title?.[writer.lang] ?? writer.plain(`letter.kind.${model.kind}`);
  const title = writer.plain('letter.title', { kind, number, date });
  const page = presentPage(model, writer, title, isDraft);
  const { addressee, signatory, executor } = model;
  return {
    page,
    letterhead: presentSender(model.sender, writer.lang),
    outgoing: {
      number: writer.line('letter.outgoing', { number }),
      date: writer.line('letter.outgoingDate', { date }),
    },
    addressee: [
      addressee.dative,
      ...(addressee.address === undefined ? [] : [addressee.address]),
    ].map(writer.own),
    kind,
    subject: writer.bound(
      fillClause(
        (model.subject ?? type.subject)[writer.lang],
        clauseValues(model, writer, rules),
        writer.lang,
      ),
    ),
    salutation: writer.own(addressee.salutation),
    parts: presentParts(model, writer, rules, references),
    annexes:
      model.annexes.length === 0
        ? null
        : {
            heading: writer.line('letter.annexes.heading'),
            items: presentAnnexList(model, writer, references),
            total: presentTotal(model, references, writer),
          },
    signature: {
      office: writer.own(signatory.office),
      // Its column is narrow: a long surname goes below the initials.
      name: signatory.name[writer.lang],
      place: writer.line('letter.signature.place'),
      seal: writer.line('letter.signature.seal'),
    },
    executor: writer.line('letter.executor', {
      name: executor.name[writer.lang],
      contact: executor.contact,
    }),
    receipt: type.receipt
      ? {
          heading: writer.line('letter.receipt.heading'),
          number: writer.line('letter.receipt.number'),
          date: writer.line('letter.receipt.date'),
          name: writer.line('letter.receipt.name'),
        }
      : null,
  };
}

/** Kyrgyz on the left, as the state language; beside it Russian, in an English letter English. */
function presentSender(sender: LetterModel['sender'], lang: Language): SenderView[] {
  const languages: Language[] = ['ky', lang === 'en' ? 'en' : 'ru'];
  return languages.map((side) => ({
    lang: side,
    name: sender.name[side],
    lines: [sender.registration[side], sender.address[side], sender.contacts.join(', ')],
  }));
}

import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import type { Writer } from '../writing/writer.ts';
import type { PartKind } from './part-kinds.ts';
import { presentCases } from './present-cases.ts';
import { presentExhibits } from './present-exhibits.ts';
import { presentLetter } from './present-letter.ts';
import type { PageView } from './present-page.ts';
import { presentPaper } from './present-paper.ts';
import { presentPresenceLog } from './present-presence-log.ts';
import { presentRedaction } from './present-redaction.ts';
import { NO_REFERENCES, type References } from './present-reference.ts';
import { presentStatistics } from './present-statistics.ts';
import { presentVerification } from './present-verification.ts';
import { annexId, type BoundAnnex } from './sheet-numbers.ts';

/** A document: its pages, and what stands on them, each part from a new page. */
export interface DocumentView {
  readonly page: PageView;
  readonly parts: readonly PartView[];
}

/** One part of a document, with the template it is placed by. */
export interface PartView {
  readonly kind: PartKind;
  /** Its name inside the document. */
  readonly id: string;
  readonly view: object;
}

/**
 * The letter with the annexes that are bound behind it.
 *
 * @param isDraft - whether something keeps it from being sent; every page says so then.
 * @throws {LetterError} as the parts do.
 */
export function presentDocument(
  model: LetterModel,
  writer: Writer,
  rules: LetterRules,
  references: References = NO_REFERENCES,
  isDraft = false,
): DocumentView {
  const { page, ...letter } = presentLetter(model, writer, rules, references, isDraft);
  return {
    page,
    parts: [
      { kind: 'letter', id: 'letter', view: letter },
      ...references.bound.map((annex) => ({
        kind: kindOf(annex),
        id: annexId(annex.number),
        view: viewOf(annex, model, writer, references),
      })),
    ],
  };
}

function kindOf({ role }: BoundAnnex): PartKind {
  return role === 'registration' || role === 'authority' ? 'paper' : role;
}

function viewOf(
  annex: BoundAnnex,
  model: LetterModel,
  writer: Writer,
  references: References,
): object {
  switch (annex.role) {
    case 'statistics':
      return presentStatistics(model, writer, annex);
    case 'cases':
      return presentCases(model, writer, annex);
    case 'exhibits':
      return presentExhibits(model, writer, annex, references);
    case 'presence':
      return presentPresenceLog(model, writer, annex);
    case 'redaction':
      return presentRedaction(model, writer, annex);
    case 'verification':
      return presentVerification(model, writer, annex);
    case 'registration':
    case 'authority':
      return presentPaper(model, writer, annex);
  }
}

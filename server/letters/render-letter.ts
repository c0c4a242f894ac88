import { setImmediate } from 'node:timers/promises';
import { type Sha256, sha256 } from '../kernel/digest.ts';
import type { UnreadText } from './checks/kyrgyz-texts.ts';
import { refuseUnequalLanguages } from './checks/refuse-unequal-languages.ts';
import type { Finding } from './findings.ts';
import { type ConfirmedDigest, confirmedBy } from './grounds/confirmations.ts';
import type { LetterModel } from './letter-model.ts';
import { checkedLetter } from './parse-letter.ts';
import type { AttachedFile, DocumentPrinter, LetterTemplates } from './ports.ts';
import { judgedLetter } from './ready-letter.ts';
import { settleSheets } from './settle-sheets.ts';
import { presentDocument } from './sheets/present-document.ts';
import { NO_REFERENCES, type References } from './sheets/present-reference.ts';
import { boundAnnexes, exhibitId, type SheetNumbers } from './sheets/sheet-numbers.ts';
import type { Language, Localized } from './writing/language.ts';
import { createWriter } from './writing/writer.ts';

/** A rendered document. */
export interface RenderedDocument {
  /** Tagged, in embedded fonts; the same bytes whenever the model is the same. */
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** What was printed. */
  readonly html: string;
  /** Digest of `html` in UTF-8: what the document says, whatever printed it. */
  readonly contentSha256: Sha256;
}

/** The letter with the annexes that are bound behind it. */
export interface RenderedLetter extends RenderedDocument {
  /** What a lawyer must look at before signing; one sentence each. */
  readonly warnings: readonly Localized[];
  /** Its Kyrgyz texts that no named reader has confirmed. */
  readonly unread: readonly UnreadText[];
}

/** How a letter is printed. */
export interface RenderLetterOptions {
  /** What was confirmed so far; without it, what the templates know of. */
  readonly confirmed?: readonly ConfirmedDigest[];
  /** Whether it is printed to be sealed: what keeps it from that is then thrown, not marked. */
  readonly seals?: boolean;
  /** Files that its annexes were made from, to be put into it; without it, none. */
  readonly attachments?: readonly AttachedFile[];
}

/** Renders the letter in one language. */
export type RenderLetter = (
  model: LetterModel,
  lang: Language,
  options?: RenderLetterOptions,
) => Promise<RenderedLetter>;

/** What a layout was like when it was printed last. */
interface RememberedLayout {
  readonly sheets: SheetNumbers;
  readonly isDraft: boolean;
}

/** Layouts of which the sheet numbers are kept, so that printing again takes one pass. */
const MOST_REMEMBERED = 32;
/** The places of numbers hold three digits; beyond, numbers could move the text. */
const MOST_SHEETS = 999;

/**
 * Creates the rendering of letters, as one document with their annexes.
 *
 * The model is checked again and its own words are read by the linter, so that no letter leaves that
 * contradicts itself or would be returned, whoever made it. A letter whose layout is known is judged
 * while it is printed; the languages of every one are compared then, and it is handed out only when
 * they say the same. References to sheets stand in places of a
 * fixed width, so that the same model has one layout, whatever numbers are guessed first.
 *
 * @throws {LetterError} from the rendering: `MODEL_INVALID`, `TEMPLATE_INVALID` and what the printer
 *   throws.
 */
export function createRenderLetter(deps: {
  printer: DocumentPrinter;
  templates: LetterTemplates;
}): RenderLetter {
  const { printer } = deps;
  const remembered = new Map<string, RememberedLayout>();

  function remember(layout: string, { sheets, isDraft }: RememberedLayout): void {
    remembered.delete(layout);
    if (sheets.at.size === 0 || sheets.total > MOST_SHEETS) return;
    remembered.set(layout, { sheets, isDraft });
    if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  }

  return async function renderLetter(model, lang, options = {}) {
    const { confirmed, seals = false, attachments = [] } = options;
    const templates =
      confirmed === undefined
        ? deps.templates
        : { ...deps.templates, confirmed: confirmedBy(confirmed) };
    const letter = checkedLetter(model, templates);
    const bound = boundAnnexes(letter);
    const layout = layoutOf(letter, lang);
    const known = remembered.get(layout);
    const before = known === undefined ? judgedLetter(letter, templates, { seals }) : null;
    const isDraft = before === null ? known!.isDraft : isDraftWith(before.findings);
    let html = '';
    let refusal: unknown;
    const printing = settleSheets(async (shown, isWanted) => {
      // Should it be refused meanwhile, no further pass is printed.
      if (refusal !== undefined) throw refusal;
      html = filledLetter(letter, lang, templates, { bound, sheets: shown }, isDraft);
      const document = { html, date: letter.outgoing.date, attachments };
      return await printer.printWanted(document, isWanted);
    }, known?.sheets ?? null);
    // While Chromium is at work; what it prints of a letter that is refused reaches nobody.
    const judging = setImmediate()
      .then(() => {
        const judgement = before ?? judgedLetter(letter, templates, { seals });
        refuseUnequalLanguages(letter, templates);
        return judgement;
      })
      .catch((error: unknown) => {
        refusal = error;
        throw error;
      });
    const [{ printed, sheets }, { findings, unread }] = await Promise.all([printing, judging]);
    if (isDraftWith(findings) !== isDraft) {
      // It was one when its layout was printed last, or the other way round: printed anew.
      remembered.delete(layout);
      return await renderLetter(model, lang, options);
    }
    remember(layout, { sheets, isDraft });
    const warnings = findings.map(({ sentence }) => sentence);
    const { pdf, pages } = printed;
    return { pdf, pages, html, contentSha256: sha256(html), warnings, unread };
  };
}

/** A letter with a finding that keeps it from being sealed says on every page that it is a draft. */
function isDraftWith(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity !== 'warn');
}

/** Letters of one layout have the same annexes and exhibits to point at. */
function layoutOf(model: LetterModel, lang: Language): string {
  const exhibits = [...model.narratives, ...model.redactions].map(({ exhibit }) =>
    exhibitId(exhibit),
  );
  return [lang, ...boundAnnexes(model).map(({ role }) => role), ...exhibits].join(' ');
}

/**
 * The letter as complete HTML, from a checked model. All languages are written and compared, so that
 * none leaves that says something else than the others.
 *
 * @param references - the annexes to bind behind it; without them the letter stands alone.
 * @param findings - a letter with a finding that keeps it from being sealed says that it is a draft.
 */
export function letterHtml(
  model: LetterModel,
  lang: Language,
  templates: LetterTemplates,
  references: References = NO_REFERENCES,
  findings: readonly Finding[] = [],
): string {
  refuseUnequalLanguages(model, templates);
  return filledLetter(model, lang, templates, references, isDraftWith(findings));
}

function filledLetter(
  model: LetterModel,
  lang: Language,
  templates: LetterTemplates,
  references: References,
  isDraft: boolean,
): string {
  const writer = createWriter(templates, lang);
  return templates.fill(presentDocument(model, writer, templates, references, isDraft));
}

import { type StandingClause, standingClauses } from '../clauses/choose-clauses.ts';
import type { ClauseRole, LetterPart } from '../clauses/clause-library.ts';
import { cited, clauseValues } from '../clauses/clause-values.ts';
import { fillClause } from '../clauses/fill-clause.ts';
import { groundMark, namesStanding } from '../grounds/choose-grounds.ts';
import type { Ground } from '../grounds/legal-data.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { listed, type Writer } from '../writing/writer.ts';
import type { MadeAnnex } from './made-annexes.ts';
import { presentPattern, type TableView } from './present-figures.ts';
import {
  NO_REFERENCES,
  type References,
  type ReferenceView,
  referToAnnex,
} from './present-reference.ts';

/** A text, and what a draft says of the ground in it; null where nothing is to be said. */
export interface MarkedText {
  /** Where something is said of the ground, without the sign that ends it. */
  readonly text: string;
  readonly mark: string | null;
  /** The sign that ends the text, behind the mark. */
  readonly end: string;
}

/** A block of a letter's body; exactly one of its fields is not null. */
export interface BlockView {
  readonly paragraph: (MarkedText & { readonly look: string }) | null;
  /** Points without numbers: grounds, and what is not claimed. */
  readonly points: readonly MarkedText[] | null;
  /** Points with numbers: demands. */
  readonly numbered: readonly string[] | null;
  readonly tables: readonly TableView[] | null;
}

/** A part of a letter's body. */
export interface PartView {
  readonly name: LetterPart;
  readonly heading: string | null;
  readonly blocks: readonly BlockView[];
  /** Where in the document the part's material stands; null where that is not bound. */
  readonly sources: {
    readonly before: string;
    readonly references: readonly ReferenceView[];
  } | null;
}

/** The annexes that hold what a part of the letter speaks of. */
const SOURCES: Partial<Record<LetterPart, readonly MadeAnnex[]>> = {
  pattern: ['statistics', 'cases'],
  presence: ['presence'],
};

const NOTHING: BlockView = { paragraph: null, points: null, numbered: null, tables: null };

/** The look of a paragraph, as a class of the style sheet. */
const LOOKS: Partial<Record<ClauseRole, string>> = { lead: 'lead', note: 'original' };

/** Writes the body of a letter from the clauses that stand in it. */
export function presentParts(
  model: LetterModel,
  writer: Writer,
  rules: LetterRules,
  references: References = NO_REFERENCES,
): PartView[] {
  const values = clauseValues(model, writer, rules);
  const fill = ({ text }: StandingClause) => fillClause(text![writer.lang], values, writer.lang);
  const clauses = standingClauses(model, rules);
  const grounds = model.grounds.map((id) => rules.legal.grounds.get(id)!);
  return [...new Set(clauses.map(({ part }) => part))].map((part): PartView => {
    const own = clauses.filter((one) => one.part === part);
    const headings = own.filter(({ role }) => role === 'heading');
    return {
      name: part,
      heading: headings.length === 0 ? null : writer.bound(headings.map(fill).join(' ')),
      blocks: blocksOf(own.filter(({ role }) => role !== 'heading')),
      sources: sourcesOf(part),
    };
  });

  function sourcesOf(part: LetterPart): PartView['sources'] {
    const found = (SOURCES[part] ?? [])
      .map((role) => referToAnnex(role, references, writer))
      .filter((reference) => reference !== null);
    return found.length === 0 ? null : { before: writer.line('letter.sources'), references: found };
  }

  function blocksOf(body: readonly StandingClause[]): BlockView[] {
    return grouped(body).map((group, i, groups): BlockView => {
      const { role } = group[0]!;
      switch (role) {
        case 'point':
          return {
            ...NOTHING,
            points: listed(group.map((one) => writer.set(fill(one)))).map((text) =>
              marked(text, null),
            ),
          };
        case 'table':
          return { ...NOTHING, tables: presentPattern(model, writer, null) };
        case 'grounds':
          return { ...NOTHING, points: pointsOf(grounds) };
        case 'conduct':
          return {
            ...NOTHING,
            points: pointsOf(grounds.filter((one) => one.governs === 'events')),
          };
        case 'procedure':
          return {
            ...NOTHING,
            points: pointsOf(grounds.filter((one) => one.governs === 'letter')),
          };
        case 'demands':
          return { ...NOTHING, numbered: demandsOf() };
        default: {
          const text = writer.set(group.map(fill).join(' '));
          const behindList = i > 0 && !PROSE.has(groups[i - 1]![0]!.role);
          const said = marked(
            text,
            group.some(({ text }) => namesStanding(text)) ? markOf(rules.legal.standing) : null,
          );
          return {
            ...NOTHING,
            paragraph: {
              text: said.text,
              mark: said.mark,
              end: said.end,
              look: LOOKS[role] ?? (behindList ? 'closing' : ''),
            },
          };
        }
      }
    });
  }

  function pointsOf(grounds: readonly Ground[]): MarkedText[] {
    const texts = listed(
      grounds.map((ground) =>
        writer.set(`${cited(ground, writer.lang)}: ${ground.rule[writer.lang]}`),
      ),
    );
    return grounds.map((ground, i) => marked(texts[i]!, markOf(ground)));
  }

  function markOf(ground: Ground): string | null {
    const doubt = groundMark(ground, model, rules);
    return doubt === null ? null : writer.line(`letter.mark.${doubt}`);
  }

  function demandsOf(): string[] {
    return listed(
      model.demands.map((demand) => {
        const text =
          typeof demand === 'string' ? rules.legal.demands.get(demand)!.text : demand.text;
        const { lang } = writer;
        // Ready demands have no fields: only what a lawyer typed is filled.
        return writer.set(
          typeof demand === 'string' ? text[lang] : fillClause(text[lang], values, lang),
        );
      }),
    );
  }
}

function marked(text: string, mark: string | null): MarkedText {
  const [end] = mark === null ? [''] : (/[.;]$/.exec(text) ?? ['']);
  return { text: text.slice(0, text.length - end.length), mark, end };
}

const PROSE: ReadonlySet<ClauseRole> = new Set(['paragraph', 'sentence', 'lead', 'note']);

/** Clauses that make one block: a paragraph with its further sentences, the points of one list. */
function grouped(body: readonly StandingClause[]): StandingClause[][] {
  const groups: StandingClause[][] = [];
  for (const clause of body) {
    const last = groups.at(-1);
    const joins =
      last !== undefined &&
      ((clause.role === 'sentence' && PROSE.has(last[0]!.role)) ||
        (clause.role === 'point' && last[0]!.role === 'point'));
    if (joins) last.push(clause);
    else groups.push([clause]);
  }
  return groups;
}

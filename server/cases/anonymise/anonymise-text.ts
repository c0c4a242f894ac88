import type { FindType } from './find.ts';
import { findTraces, type Knowledge } from './find-traces.ts';
import { guessLanguage } from './guess-language.ts';
import type { TextLanguage } from './lexicon.ts';
import { assignPeople, type CaseNames, labelOf, NOBODY } from './pseudonyms.ts';
import { replacementOf } from './replacements.ts';
import { scanAgain } from './scan-again.ts';
import type { Span } from './span.ts';

/** A text without its traces. */
export interface AnonymisedText {
  readonly text: string;
  readonly language: TextLanguage;
  readonly spans: readonly Span[];
  /** Who is who: sealed, for this case alone. */
  readonly caseNames: CaseNames;
}

const PEOPLE = new Set<FindType>(['person', 'officer', 'name']);

/** What a text is anonymised with. */
export interface AnonymiseOptions {
  /** Guessed when not given; labels are in it. */
  readonly language?: TextLanguage;
  /** Who was named in other texts of the same case. */
  readonly caseNames?: CaseNames;
  /** Keys of names from the case's record (see `roster.ts`). */
  readonly roster?: ReadonlySet<string>;
}

/** Longer texts are read in parts, so that memory stays bounded. No narrative is as long. */
const PART_LENGTH = 500_000;

/**
 * Replaces every trace of a person in a text: identifiers by their form, names by the words around
 * them, and, denying by default, every word that may be a name. What was found is then looked for
 * once more in what is left.
 *
 * It is a proposal: a person decides every span and reads the whole text (see `review.ts`).
 */
export function anonymiseText(
  raw: string,
  known: Knowledge,
  options: AnonymiseOptions = {},
): AnonymisedText {
  const language = options.language ?? guessLanguage(raw);
  const roster = new Set(options.roster);
  let caseNames = options.caseNames ?? NOBODY;
  const spans: Span[] = [];
  for (const { start, part } of divided(raw)) {
    const found = anonymisePart(part, known, { language, caseNames, roster });
    for (const span of found.spans) {
      spans.push({ ...span, start: span.start + start, end: span.end + start });
    }
    caseNames = found.caseNames;
  }
  return { text: applySpans(raw, spans), language, spans, caseNames };
}

/** Parts that end where a line or at least a word ends. */
function* divided(raw: string): Generator<{ start: number; part: string }> {
  for (let start = 0; start < raw.length || start === 0; ) {
    let end = start + PART_LENGTH;
    if (end >= raw.length) end = raw.length;
    else {
      const line = raw.lastIndexOf('\n', end);
      const space = raw.lastIndexOf(' ', end);
      if (line > start + PART_LENGTH / 2) end = line + 1;
      else if (space > start) end = space + 1;
      else if (/[\uD800-\uDBFF]/.test(raw[end - 1]!)) end--;
    }
    yield { start, part: raw.slice(start, end) };
    if (end === raw.length) return;
    start = end;
  }
}

function anonymisePart(
  raw: string,
  known: Knowledge,
  options: Required<AnonymiseOptions>,
): { spans: Span[]; caseNames: CaseNames } {
  const { language, roster } = options;
  const { folded, finds } = findTraces(raw, known, options);
  const people = finds.filter(({ type }) => PEOPLE.has(type));
  const { people: who, caseNames } = assignPeople(people, options.caseNames, known.names);
  let person = 0;
  const spans: Span[] = finds.map((find) => {
    const { type, rule, words } = find;
    const lower = folded.lower.slice(find.start, find.end);
    const region =
      type === 'place' ? known.places.regionOf(words.map((word) => word.lower).join('')) : null;
    const replacement = PEOPLE.has(type)
      ? labelOf(who[person++]!, language)
      : replacementOf(type, { lower, region }, language);
    return {
      start: folded.rawStart(find.start),
      end: folded.rawEnd(find.end - 1),
      type,
      replacement,
      rule,
    };
  });
  const again = scanAgain(folded, finds, { caseNames, roster, language, known });
  return { spans: inOrder([...spans, ...again]), caseNames };
}

/** Sorted by place; marks of one character may make neighbours touch, never overlap. */
function inOrder(spans: Span[]): Span[] {
  const sorted = spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (span.end > last.end) kept[kept.length - 1] = { ...last, end: span.end };
  }
  return kept;
}

/** The raw text with its spans replaced. Spans are in order and do not overlap. */
export function applySpans(
  raw: string,
  spans: readonly Pick<Span, 'start' | 'end' | 'replacement'>[],
): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, replacement } of spans) {
    parts.push(raw.slice(at, start), replacement);
    at = end;
  }
  parts.push(raw.slice(at));
  return parts.join('');
}

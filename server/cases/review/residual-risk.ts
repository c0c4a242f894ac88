import { matchingText } from '../registry/matching-text.ts';
import { RISK_RULES, type RiskType } from './residual-rules.ts';
import shipped from './safe-words.json' with { type: 'json' };

/** A stretch of a narrative that a person has to decide. Offsets: UTF-16 units of the raw text. */
export interface RiskSpan {
  readonly start: number;
  readonly end: number;
  readonly type: RiskType;
  readonly rule: string;
}

/** Words that are nobody's name: editable data, reviewed by people who speak the language. */
export interface SafeWords {
  /** Safe anywhere, exactly as written. */
  readonly always: readonly string[];
  /** Lower-case words that may open a sentence with a capital. Words that are names too stay out. */
  readonly sentenceStart: Readonly<Record<'ky' | 'ru' | 'en', readonly string[]>>;
}

/** The words that come with Dalil. */
export const DEFAULT_SAFE_WORDS: SafeWords = shipped;

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
const CAPITAL = /[\p{Lu}\p{Lt}]/u;
const NUMBER = /\p{Nd}+(?:[ .,:/-]{1,2}\p{Nd}+)*/gu;
/** A year, years from–to, or a month of a year: as fine as time may be told. */
const COARSE_TIME =
  /^(?:(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])|-(?:19|20)\d\d)?|(?:0[1-9]|1[0-2])\.(?:19|20)\d\d)$/;
/** Types whose rules look for a capitalised name. */
const NAMING = new Set<RiskType>(['unit', 'address', 'person']);
const SENTENCE_START = /(?:^|[.!?…]["»”)\]]* +|\n *)["«“([\-–— ]*$/u;

/**
 * Finds what may lead to a person in a narrative that is about to leave: structured identifiers,
 * every number that is no year, and, denying by default, every capitalised word that is neither on
 * the safe list nor a known opener of a sentence. It reads Kyrgyz, Russian and English alike.
 *
 * It cannot see names in small letters, objects, injuries or a story that only one person could
 * tell: the person who approves reads the whole text.
 *
 * @returns spans in text order; one inside another is left out.
 */
export function findResidualRisks(
  raw: string,
  safeWords: SafeWords = DEFAULT_SAFE_WORDS,
): RiskSpan[] {
  const { text, rawSpan } = matchingText(raw);
  const always = new Set(safeWords.always);
  const openers = new Set(Object.values(safeWords.sentenceStart).flat());
  const opensSentence = (word: string, at: number) =>
    openers.has(word.toLowerCase()) &&
    !CAPITAL.test(word.slice(1)) &&
    SENTENCE_START.test(text.slice(Math.max(0, at - 40), at));
  const found: RiskSpan[] = [];
  const add = (at: number, length: number, type: RiskType, rule: string) => {
    if (length > 0) found.push({ ...rawSpan(at, at + length), type, rule });
  };
  for (const { rule, type, pattern } of RISK_RULES) {
    for (const { 0: words, index } of text.matchAll(pattern)) {
      // «The police …»: what a rule took for a name only begins the sentence.
      const first = words.match(/^[\p{L}\p{N}]+/u)?.[0] ?? '';
      const rest = words.slice(first.length);
      const plain =
        NAMING.has(type) && !/[\p{Lu}\p{Nd}]/u.test(rest) && opensSentence(first, index);
      if (!plain) add(index, words.length, type, rule);
    }
  }
  for (const { 0: digits, index } of text.matchAll(NUMBER)) {
    if (!COARSE_TIME.test(digits)) add(index, digits.length, 'quantity', 'number');
  }
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!CAPITAL.test(word) || always.has(word) || opensSentence(word, index)) continue;
    add(index, word.length, 'word', 'capitalised');
  }
  return outermost(found);
}

/** Spans that lie in no other; of equal ones the first found, which is the surer rule. */
function outermost(found: readonly RiskSpan[]): RiskSpan[] {
  const ordered = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: RiskSpan[] = [];
  let reach = -1;
  for (const span of ordered) {
    if (span.end <= reach) continue;
    kept.push(span);
    reach = span.end;
  }
  return kept;
}

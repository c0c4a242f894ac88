import type { FoldedText } from './folded-text.ts';
import type { TextLanguage } from './lexicon.ts';

/** A word of a folded text. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly lower: string;
  /** `all`: two capitals or more and nothing else, which says little about a name. */
  readonly capital: 'none' | 'first' | 'all';
  /** Two capitals or more before a Kyrgyz ending, in small letters: «иим» of «ИИМдин»; '' elsewhere. */
  readonly abbreviation: string;
  /** Whether a sentence may begin here, so that its capital means nothing. */
  readonly opens: boolean;
  /** The end of what stands between this word and the one before it; {@link TAKEN_GAP} for a find. */
  readonly gap: string;
  readonly language: TextLanguage;
}

const WORD = /\p{L}[\p{L}\p{N}]*(?:'[\p{L}]+)?(?:-(?: ?\n ?)?[\p{L}][\p{L}\p{N}]*(?:'s)?)*/gu;
const CAPITAL = /[\p{Lu}\p{Lt}]/u;
const DIGIT = /\p{Nd}/u;
const SMALL = /\p{Ll}/u;
const ABBREVIATED = /^(\p{Lu}{2,8})-?\p{Ll}+$/u;
/** Longer stretches without a space are no words; as much is enough to judge them. */
const LONGEST = 80;
const GAP_SHOWN = 6;
/** Between two words something was found: they are no neighbours. */
export const TAKEN_GAP = '\u0000';

/** Abbreviations whose full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[^\p{L}])(?:\p{L}|ул|пр|пер|мкр|тов|гр|кап|лейт|ст|мл|сер|подп|полк|им|см|стр|пос|ост|п|обл|р-н|тел|моб|др|след|зам|нач|кв|корп|үй|ж-дын|mr|mrs|ms|dr|st|no|insp|capt|lt|sgt|maj|col|gen)$/iu;

/** Divides a text into words. Those in `taken` are left out. */
export function readWords(
  { text, lower }: FoldedText,
  taken: Uint8Array,
  languageAt: (at: number) => TextLanguage,
): Word[] {
  const words: Word[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const end = index + found.length;
    if (taken[index] === 1) continue;
    // «10дордо», «5те»: the suffix of a number.
    if (index > 0 && found.length < 9 && DIGIT.test(text[index - 1]!) && !CAPITAL.test(found))
      continue;
    const gap = isTaken(taken, from, index)
      ? TAKEN_GAP
      : text.slice(Math.max(from, index - GAP_SHOWN), index);
    const capital = capitalOf(found);
    words.push({
      start: index,
      end,
      lower: lower.slice(index, Math.min(end, index + LONGEST)).replaceAll(/[ \n]/g, ''),
      capital,
      abbreviation: ABBREVIATED.exec(found)?.[1]?.toLowerCase() ?? '',
      opens: capital !== 'none' && opensSentence(text, index),
      gap: from === 0 && index === 0 ? '' : gap,
      language: languageAt(index),
    });
    from = end;
  }
  return words;
}

function capitalOf(word: string): Word['capital'] {
  if (!CAPITAL.test(word)) return 'none';
  return word.length > 1 && !SMALL.test(word) ? 'all' : 'first';
}

function isTaken(taken: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (taken[at] === 1) return true;
  return false;
}

function opensSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  if (/^[\s"«»“”„'([{*•·—–-]*$/u.test(before) && at <= 24) return true;
  if (isQuotedName(text, at)) return false;
  const lead = /[\s"«“„'([{*•·—–\p{N}.)-]*$/u.exec(before)![0];
  if (/\n/.test(lead)) return true;
  const head = before.slice(0, before.length - lead.length);
  const last = head.at(-1);
  const spaced = /\s/.test(lead);
  if (last === undefined) return false;
  // «Он сказал: "Стой"» begins a sentence, «кафе "Фаиза"» does not.
  if (/[!?…;]/.test(last) || (last === ':' && spaced)) return spaced;
  if (!lead.includes('.')) return false;
  const numbered = /\d/.test(lead);
  if (numbered) return /[.)] $/.test(lead) || /\d{4}\.? $/.test(lead);
  return spaced && !ABBREVIATION.test(head);
}

/**
 * Whether a quotation begins here that is a name and no speech: «Восток-5», "Faiza". Names are short,
 * have no punctuation and follow no colon.
 */
export function isQuotedName(text: string, at: number): boolean {
  if (!/["«“„]/.test(text[at - 1] ?? '')) return false;
  if (/[:,]\s{0,2}["«“„]$/.test(text.slice(Math.max(0, at - 4), at))) return false;
  return /^[^»"”“„«.!?…,:;\n]{1,40}[»"”“]/.test(text.slice(at, at + 41));
}

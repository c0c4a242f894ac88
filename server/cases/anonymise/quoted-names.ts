import { CONTEXTS } from './contexts.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './words.ts';

const OPENED = /["«“„‘]$/;
const CLOSED = /^\s?["»”“’]/;
/** What is quoted and tells of nobody: what is said, programmes, rights, bodies, brands. */
const KNOWN =
  /^(?:сен[иа]?|силер|сиз|мен[иа]?|мага|биз|ты|вы|тебя|вас|тебе|меня|мне|i|you|we|да|нет|стоп|стой|спасибо|привет|помощь|закон|право|права|дело|ооба|жок|салам|токто|yes|no|stop|hello|help|ok|sorry|thanks?|law|rights?|свобода|здоровье|мыйзам|укук|подозреваемый|свидетель|потерпевший|обвиняемый|наркоман|наркоманка|наркоманы|преступник|вор|дилер|барыга|хулиган|хулиганство|suspect|witness|victim|junkie|addict|drugs?|thief)$/u;

/**
 * What stands in quotation marks by itself, one word or two, the first with a capital («Доктор», "Nail"), or
 * in small letters beside somebody: nobody quotes an everyday word for nothing.
 *
 * @returns the places of such words.
 */
export function findQuotedNames(seen: {
  readonly text: string;
  readonly words: readonly Word[];
  readonly lexicon: Pick<Lexicon, 'isVerbForm'>;
  /** Whether the word at a place is somebody: a name, a rank, a trade. */
  readonly isSomebody: (at: number) => boolean;
}): readonly number[] {
  const { text, words, lexicon, isSomebody } = seen;
  const found: number[] = [];
  const closes = (at: number) => CLOSED.test(text.slice(words[at]!.end, words[at]!.end + 2));
  for (const [at, { start, lower, capital }] of words.entries()) {
    if (!OPENED.test(text.slice(Math.max(0, start - 1), start))) continue;
    const two = words[at + 1]?.gap === ' ' && closes(at + 1);
    if (!closes(at) && !two) continue;
    if (KNOWN.test(lower) || CONTEXTS.functionWords.has(lower) || capital === 'all') continue;
    // He said: "Come".
    const said = /[:,]\s{0,2}["«“„‘]$/.test(text.slice(Math.max(0, start - 4), start));
    if (said && lexicon.isVerbForm(lower)) continue;
    const beside = (at > 0 && isSomebody(at - 1)) || isSomebody(at + (two ? 2 : 1));
    if (capital !== 'first' && (!beside || !closes(at))) continue;
    found.push(at);
    if (two && !CONTEXTS.functionWords.has(words[at + 1]!.lower)) found.push(at + 1);
  }
  return found;
}

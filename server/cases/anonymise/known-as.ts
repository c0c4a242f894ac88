import { CONTEXTS, contextOf } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './words.ts';

/** Whom such notes call by what he is, and by a nickname behind it: «мент сакал», «следак филин». */
const CALLED_BY_TRADE =
  /^(?:мент|опер|следак|полицай|кент|ппсник|гаишник|легавый|старлей|летёха|дружок|бариста|барыга|кореш|корешок|ment|oper|sledak|kent)$/u;
/** What stands behind those words and is nobody: what was taken, when, how. */
const NO_NICKNAME =
  /[^\p{L}]|^(?:телефон|паспорт|сумку|сумка|деньги|бабки|дозу|доза|протокол|бумаги|бумагу|руку|руки|рука|дверь|машину|вещи|карман|карманы|ключи|утром|днём|днем|вечером|ночью|сегодня|вчера|завтра|опять|снова|потом|форма|форме|звание|тоже|сука|гад|тварь|урод|акча|акчамды|жөнүндө|жонундо|тууралуу|болгон|экен|эле|болуп|болчу|келип|деп|деген|кечээ|бүгүн|анан|дагы|again|here|near|outside|came|took|was|is|has|had|and|came|near|by|po)$|(?:[ыиуү]м|[ыиуү]мды|[ыиуү]мди|[йа-я]т|[гк][аеоө]н|[дт][ыиуү]|[ыиуү]п)$/u;
/** A sentence that tells how somebody is called. */
const TELLS_NICKNAME =
  /(?:кличк|кликух|погонял|погремух|прозвищ|прозвал|лакап|так (?:все )?(?:его|её|ее|их|меня) (?:все )?(?:зовут|звали|называют|кличут|прозвали)|ат (?:коюшкан|коюшат)|nickname|(?:everyone|everybody|they|people|we) (?:has |have |all )?call(?:s|ed)? (?:him|her|them))/u;
/** Who gives or tells a nickname, and how: they open such sentences. */
const OPENS_SUCH =
  /^(?:люди|соседи|друзья|ребята|пацаны|клиент\p{L}*|сотрудник\p{L}*|менты|мент|милиц\p{L}*|полиц\p{L}*|кличк\p{L}*|погонял\p{L}*|прозвищ\p{L}*|лакап\p{L}*|имя|имени|фамили\p{L}*|раньше|теперь|женщин\p{L}*|мужчин\p{L}*|девуш\p{L}*|парн\p{L}*|человек\p{L}*|everyone|everybody|people|they|we|nickname|his|her|their|officer|the|friends|кишилер|баары\p{L}*|балдар|эл|жигит\p{L}*|аял\p{L}*|бала\p{L}*|мурун\p{L}*|азыр|кийин|анан|кечээ|ошол|бир\p{L}*|\p{L}+(?:[дт][аеоө]|[ыиуү]п|с[ыиуү]))$/u;

/**
 * Nouns that are nicknames by what is said around them: behind a trade that people are known by, and what
 * a sentence tells of that speaks of a nickname («Чайнику дали кличку», «Куклу (так её зовут)»).
 *
 * @returns the places of such words.
 */
export function findKnownAs(seen: {
  readonly lower: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly lexicon: Pick<Lexicon, 'isVerbForm' | 'isNounForm' | 'isNounAsIs'>;
}): readonly number[] {
  const { lower: text, words, marks, lexicon } = seen;
  const found: number[] = [];
  const mayBe = (at: number) => {
    const word = words[at];
    if (word === undefined || marks[at]!.mark !== 'plain' || word.lower.length < 3) return false;
    if (CONTEXTS.functionWords.has(word.lower) || lexicon.isVerbForm(word.lower)) return false;
    const context = contextOf(word.lower);
    return context === null || !(context.civilRole || context.policeRole || context.rank);
  };
  const tells = TELLS_NICKNAME.test(text);
  for (const [at, { lower, start, gap }] of words.entries()) {
    if (CALLED_BY_TRADE.test(lower) && words[at + 1]?.gap === ' ' && mayBe(at + 1)) {
      if (!NO_NICKNAME.test(words[at + 1]!.lower)) found.push(at + 1);
    }
    // «капкан деген опер»: the noun only ends as participles do.
    const trade = contextOf(words[at + 2]?.lower ?? '')?.policeRole === true;
    if (trade && words[at + 1]!.lower === 'деген' && mayBe(at) && lexicon.isNounAsIs(lower))
      found.push(at);
    if (!tells || !mayBe(at) || OPENS_SUCH.test(lower)) continue;
    if (at > 0 && !/[.!?\n]/.test(gap)) continue;
    const sentence = /^[^.!?\n]{0,200}/u.exec(text.slice(start))![0];
    if (TELLS_NICKNAME.test(sentence)) {
      if (/[a-z]/.test(lower) || lexicon.isNounForm(lower) || words[at]!.language === 'ky')
        found.push(at);
    }
  }
  return found;
}

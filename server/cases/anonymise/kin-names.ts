import { CONTEXTS, contextOf } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import { isPetName } from './kyrgyz-pet-names.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './words.ts';

/** How one is spoken to in Kyrgyz, behind the name, in any case: «мира эже», «боке байкени», "will eje". */
const BEHIND_NAME =
  /^(?:эже(?:ке|й)?|байке|аке|ава|аба|ака|агай|апай|апа|ата|таке|таяке|жезде|жеңе|эне|опа|e[zj]h?e(?:ke)?|baike|bayke|ake|ava|aka|agai|agay|apai|apa)(?:н[ыиуү]н?|г[аое]|д[ае]н?|ны|нын|ni|nin|ge|ga|den|dan|ga)?$/u;
/** And before it: «дядя филин», "uncle frost". */
const BEFORE_NAME =
  /^(?:дяд(?:я|и|е|ю|ей|ь)|т[её]т(?:я|и|е|ю|ей|ь)|баб(?:а|ы|е|у|ой)|бабул(?:я|и|е|ю)|дедушк[аиеу]|uncle|aunt|auntie|aunty|mama|papa|granny|grandpa|grandma)$/u;
/** Before words of kinship: whose, which, how old, and what one says to them. */
const NO_NAME =
  /(?:[ндт][ыиуү]н|[дт][аеоө]н?|[гк][аеоөы]|[аеоөуүыи]п|[йа-я]т|[гк][аеоө]н|[дт][ыиуү]|лыктуу|л[уү][уү])$|^(?:чоң|чон|улуу|кичүү|кичуу|тун|орто|кары|карыган|жаш|бир|эки|үч|ал|бул|тиги|тигил|ошол|кайсы|ар|өз|жаңы|жакшы|жаман|тууган|кошуна|айылдаш|салам|саламатсызбы|рахмат|ооба|жок|кечиресиз|кечир|кайран|бечара|сүйүктүү|урматтуу|кымбаттуу|угуңуз|слушай|слушайте|спасибо|привет|здравствуйте|здрасте|алло|ало|ой|ай|эй|ок|моя|мой|наша|наш|твоя|ваша|его|её|ее|их|старая|старый|добрая|родная|my|your|his|her|our|their|dear|old|the|an?|hi|hello|thanks?|yes|no|ok|салам|дарыгер|врач|юрист|сатуучу|медайым|айдоочу|мугалим|эмне|кантип|качан|кайда|азыр|бүгүн|кечээ|эртең|анан|дагы|эле|гана|ата|апа|эже|байке|аке|ага|эне)$/u;
/** Behind words of kinship: what was done, when and how, and who they are. */
const NO_NAME_BEHIND =
  /(?:s|ly|ed|ing|n't)$|^(?:is|was|has|had|did|said|told|came|went|who|that|and|or|on|in|at|to|from|of|with|for|took|gave|got|knew|saw|left|paid|lost|sat|stood|ran|made|let|kept|heard|felt|met|hit|beat|sold|bought|brought|died|too|also|there|here|now|then|not|will|would|can|could|does|do|year|years|утром|днем|днём|вечером|ночью|лет|года?|раз|дома|дом|рядом|сегодня|вчера|завтра|мальчика|девочки|ребенка|ребёнка|деньги|деньгами|воды|слезы|слёзы)$/u;

/**
 * Whatever word stands where the name stands beside a word of kinship by which people are spoken to.
 *
 * @returns the places of such words.
 */
export function findKinNames(seen: {
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly lexicon: Pick<Lexicon, 'isVerbForm' | 'isNounForm'>;
}): readonly number[] {
  const { words, marks, lexicon } = seen;
  const found: number[] = [];
  const mayBe = (at: number) => {
    const { lower } = words[at]!;
    if (marks[at]!.mark !== 'plain' || lower.length < 2 || CONTEXTS.functionWords.has(lower))
      return false;
    const context = contextOf(lower);
    return context === null || !(context.civilRole || context.policeRole || context.rank);
  };
  for (const [at, { lower }] of words.entries()) {
    if (BEHIND_NAME.test(lower) && words[at]!.gap === ' ' && at > 0 && mayBe(at - 1)) {
      const before = words[at - 1]!.lower;
      const verb = !/[a-z]/.test(before) && lexicon.isVerbForm(before);
      // «чоң ата»: the word says how old; a verb's form is nobody, «мира» is no verb.
      if (isPetName(before) || (!NO_NAME.test(before) && !verb)) found.push(at - 1);
    }
    const next = words[at + 1];
    if (!BEFORE_NAME.test(lower) || next?.gap !== ' ' || !mayBe(at + 1)) continue;
    if (NO_NAME_BEHIND.test(next.lower)) continue;
    const latin = /[a-z]/.test(next.lower);
    if (latin || (lexicon.isNounForm(next.lower) && !lexicon.isVerbForm(next.lower)))
      found.push(at + 1);
  }
  return found;
}

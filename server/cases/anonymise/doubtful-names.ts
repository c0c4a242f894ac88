import { CONTEXTS } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { NameKnowledge } from './names.ts';
import type { Word } from './words.ts';

/** Past tense, first and third person: what somebody did or what was done to somebody. */
const DID = /^\p{L}{2,}(?:[аеёиоуыюя]л[аи]?|[аеёиоуыюя]л[аи]?с[ья]|нес|нёс|вез|вёз|шел|шёл|мог)$/u;
/** Present tense: «пишет», «боится». */
const DOES = /^\p{L}{2,}(?:[еёи]т|[аеуюя]т)(?:ся)?$/u;
/** What things do as well as people, and words that only look like a verb. */
const ANYTHING_DID =
  /^(?:был[аи]?|стал[аи]?|начал\p{L}*|остал\p{L}*|пропал\p{L}*|исчез\p{L}*|был[аи]сь|стоял[аи]?|спал[аи]?|упал[аи]?|угол|стол|стул|пол|села|дела|сила|сил|мыла|было|школ\p{L}*|минут|лет|нет|ответ|свет|совет|билет|кабинет|предмет|пакет|брат|солдат|адвокат|аппарат|институт|маршрут|этот|тот|вот|бюджет|запрет|документ)$/u;
/** What may stand between somebody and what they did. */
const BETWEEN =
  /^(?:сам|сама|лично|потом|тоже|опять|снова|уже|мне|меня|нас|нам|его|ему|ее|её|ей|их|им|не|все|всё|просто|там|тут|сразу)$/u;
/** «к королю», «у жука»: an everyday word is hardly ever so close to what people do. */
const TO_WHOM = /^(?:у|к|ко|с|со|от|против|про|через)$/u;
/** «Второй вроде Света» */
const LIKELY = /^(?:вроде|кажется|похоже|наверно|наверное)$/u;
/** «Спросите Кота» */
const ASK = /^(?:спросите|спроси|позвоните|позвони|найдите|найди|ищите)$/u;
/** What only people do, behind the word for it: «кадыр чалды», «максат менен». */
const KYRGYZ_DEED =
  /^(?:чал|айт|жаз|кел|кет|көр|кор|сура|тур|отур|экөө|экоо|болбосо|менен)(?:[дт][ыиуү]|[гк][аеоө]н|[ыиуү]?п|ат|ет|б[үу]з\p{L}{0,4})?$/u;
/** How one is spoken to, behind the name: «максат эже». */
const SPOKEN_TO = /^(?:эже|эжеке|байке|ака|агай|апай|таке|опа|eje|baike|aka)(?:\p{L}{0,4})$/u;
/** Words for the weather and the season: cold is felt, and nobody is spoken to. */
const WEATHER = /^(?:мороз|снег|зим|весн|туман|гром)/u;
/** Russian everyday words that are given names too: «сказала вере». */
const ANYTHING = '(?:вер|надежд|слав|свет|лен|ленк|люд|том|ген|мишк)';
const GIVEN = new RegExp(`^(?:${ANYTHING}а|любовь|костя)$`, 'u');
const DECLINED = new RegExp(`^(?:${ANYTHING}(?:е|у|ой|ы|и)|любовью?|любови|кост[еию])$`, 'u');
/** Korean and Dungan surnames that are the commonest words of a language: only a full name tells. */
const SHORT = 4;
/** Whose kin: «эркиндин апасы». */
const WHOSE = /[ндт][ыиуү]н$/u;
const KIN_OF =
  /^(?:апа|ата|ая[лд]|күйөө|куйоо|кыз|уул|бала|балдар|ини|ага|эже|сиңди|синди|карындаш|бир тууган|дос|жубай|эне|жолдош)(?:с?[ыиуү]|лары|лери)\p{L}{0,4}$/u;
const AND = /^(?:и|да|жана|менен|с|and|with|мн)$/u;

/**
 * Everyday words that are somebody's name here, for what stands beside them: initials, another name, a
 * father's name, a verb of what people do, kin. In small letters nothing else tells «король» from a king.
 *
 * @returns the places of such words, with the rule that found each.
 */
export function findDoubtfulNames(seen: {
  readonly text: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly names: NameKnowledge;
}): ReadonlyMap<number, string> {
  const { text, words, marks, names } = seen;
  const found = new Map<number, string>();
  const lowerAt = (at: number) => words[at]?.lower ?? '';
  const isBeside = (at: number) => at > 0 && at < words.length && /^ {1,2}$/.test(words[at]!.gap);
  const isName = (at: number) => marks[at]?.mark === 'name' || found.has(at);
  const isPlain = (at: number) => marks[at]?.mark === 'plain';
  const isGivenForm = (lower: string) => names.isGivenAsIs(lower) || DECLINED.test(lower);
  // An English word in small letters: "my son", "she said".
  const isEnglish = (at: number) => words[at]!.capital !== 'first' && /[a-z]/.test(lowerAt(at));
  const mayBeSurname = (at: number) => names.isListedSurname(lowerAt(at)) && !isEnglish(at);
  const isSurname = (at: number) => isPlain(at) && mayBeSurname(at);
  const isGiven = (at: number) => isPlain(at) && isGivenForm(lowerAt(at)) && !isEnglish(at);
  const isInitial = (at: number) =>
    lowerAt(at).length === 1 && text[words[at]!.end] === '.' && words[at]!.language !== 'en';
  const isDeed = (at: number) =>
    (DID.test(lowerAt(at)) || DOES.test(lowerAt(at))) && !ANYTHING_DID.test(lowerAt(at));

  /** Whether what people do stands at `at` or behind one small word. */
  const didBehind = (at: number) =>
    isBeside(at) &&
    (isDeed(at) || (BETWEEN.test(lowerAt(at)) && isBeside(at + 1) && isDeed(at + 1)));
  const didBefore = (at: number) =>
    isBeside(at + 1) &&
    (isDeed(at) || (BETWEEN.test(lowerAt(at)) && isBeside(at) && isDeed(at - 1)));

  for (const [at, { lower, language }] of words.entries()) {
    if (!isPlain(at) || lower.length < 2) continue;
    const surname = isSurname(at);
    const given = isGiven(at) && !CONTEXTS.functionWords.has(lower);
    if (!surname && !given) continue;
    const long = lower.length >= SHORT && !CONTEXTS.functionWords.has(lower);
    if (surname) {
      // «мороз г. подписала», and the frost of «мороз г. Ош».
      const town =
        lowerAt(at + 1) === 'г' &&
        (marks[at + 2]?.mark === 'place' || /^\. ?\d/.test(text.slice(words[at + 1]!.end)));
      const behind = isBeside(at + 1) && isInitial(at + 1) && !town;
      const before = at > 0 && isInitial(at - 1) && /^\. ?$/.test(words[at]!.gap);
      if (behind || before) {
        found.set(at, 'surname-initials');
        continue;
      }
    }
    for (const beside of [at - 1, at + 1]) {
      if (!isBeside(Math.max(at, beside))) continue;
      const patronymic = /^(?:patronymic|child-of)$/.test(marks[beside]?.rule ?? '');
      const unknown = marks[beside]?.mark === 'unknown' && (long || lower === 'ким');
      if (given && (patronymic || (long && words[beside] && mayBeSurname(beside))))
        found.set(at, 'full-name');
      if (surname && (patronymic || unknown || isName(beside) || isGiven(beside))) {
        const sure = marks[beside]!.rule === 'given-name' || isGivenForm(lowerAt(beside));
        if (long || sure) found.set(at, 'full-name');
      }
    }
    if (found.has(at)) continue;
    // «сделала стрижку», «карабай кетти»: what people do stands beside such words as well.
    if (names.isDoubtfulSurname(lower) || names.isVerb(lower)) continue;
    // «ким» asks "who" in Kyrgyz, but not before «деген» ("called") or beside "and somebody".
    if (!long && lower !== 'ким' && lower !== 'бек') continue;
    const likely = LIKELY.test(lowerAt(at - 1)) && isBeside(at);
    const whose =
      DECLINED.test(lower) && /^(?:у|мать|отец|муж|жена|брат|сестра)$/.test(lowerAt(at - 1));
    const asked = surname && ASK.test(lowerAt(at - 1));
    const does =
      language === 'ky' && given && isBeside(at + 1) && KYRGYZ_DEED.test(lowerAt(at + 1));
    const spokenTo = given && isBeside(at + 1) && SPOKEN_TO.test(lowerAt(at + 1));
    if (does || spokenTo || (long && isBeside(at) && (likely || whose || asked))) {
      found.set(at, 'did-something');
    } else if (
      long &&
      (surname || GIVEN.test(lower) || DECLINED.test(lower)) &&
      language !== 'en' &&
      (didBehind(at + 1) || didBefore(at - 1)) &&
      !WEATHER.test(lower)
    ) {
      found.set(at, 'did-something');
    } else if (
      long &&
      surname &&
      TO_WHOM.test(lowerAt(at - 1)) &&
      isBeside(at) &&
      !WEATHER.test(lower)
    ) {
      found.set(at, 'did-something');
    } else if (long && WHOSE.test(lower) && isBeside(at + 1) && KIN_OF.test(lowerAt(at + 1))) {
      found.set(at, 'kin');
    } else if (surname && lowerAt(at + 1) === 'деген' && isBeside(at + 1)) {
      found.set(at, 'did-something');
    } else if (
      (AND.test(lowerAt(at + 1)) && isBeside(at + 1) && isBeside(at + 2) && isName(at + 2)) ||
      (AND.test(lowerAt(at - 1)) && isBeside(at) && isBeside(at - 1) && isName(at - 2))
    ) {
      found.set(at, 'full-name');
    }
  }
  return found;
}

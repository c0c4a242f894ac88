import { CONTEXTS, contextOf } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './words.ts';

/** What only people do to people, or say, in Russian. */
const DEED_RU =
  /^(?:бил[аи]?|избил[аи]?|ударил[аи]?|пинал[аи]?|пнул[аи]?|забрал[аи]?|задержал[аи]?|заш[её]л|зашла|приш[её]л|пришла|подош[её]л|подошла|сказал[аи]?|говорил[аи]?|говорит|орал[аи]?|кричал[аи]?|угрожал[аи]?|угрожает|требовал[аи]?|требует|вымогал[аи]?|отобрал[аи]?|отжал[аи]?|звонил[аи]?|позвонил[аи]?|приходил[аи]?|обещал[аи]?|ржал[аи]?|смеялся|смеялась|курил[аи]?|допрашивал[аи]?|посадил[аи]?|подбросил[аи]?|подписал[аи]?|написал[аи]?|душил[аи]?|пытал[аи]?|шантажировал[аи]?|извинился|извинилась|просил[аи]?)$/u;
/** What is done to people, by those who need no name. */
const SUFFERED_RU =
  /^(?:закрыли|забрали|задержали|избили|били|посадили|увезли|приняли|отпустили|повязали|поймали|допросили|арестовали|выпустили|пытали|крышуют)$/u;
const BETWEEN_RU =
  /^(?:опять|снова|вчера|сегодня|потом|уже|меня|его|её|ее|нас|их|мне|ему|ей|нам|им|сам|сама|тоже|сейчас|тогда|там|тут|не|прямо)$/u;
/** What does such things and is nobody's name: bodies, voices, things that ring. */
const NOBODY_RU =
  /^(?:милици|полици|суд|наряд|патрул|экипаж|отдел|прокуратур|следстви|государств|власт|групп|комисси|телефон|звонок|голос|врем|дожд|снег|ветер|случай|страх|люд|народ|человек|мужчин|женщин|парен|парн|девушк|мальчик|девочк|пацан|ребен|ребён|старик|старух|бабк|дед|гражданин|пациент|сотрудн|работник|начальств|руковод|дежурн|охран|водител|таксист|прохож|понят|кто|что|это|один|одна|никто|незнаком|скор|аптек|больниц|сосед|родствен|родител|хозя|продав|кассир|житель|жител|очевид|подруг|знаком|пострадав|оператор|консультант|социальн|психолог|нарколог|медик|фельдшер|эксперт|учител|директор|завед|помощ|замест|стаж|солдат|боец|бойц|дознав|автор|тот|така?|сам|всё|все|раз|час|день|ноч|утр|вечер)/u;
const NO_EPITHET =
  /^(?:котор|так|люб|друг|втор|треть|трет|перв|последн|один|кажд|молод|старш|дежурн|участков|задержанн|потерпевш|рядов|больн|патрульн|постов|понят|главн|полицейск|следственн|знаком|незнаком|никак|как|ин|сам|эт|т|весь|вс|мо|тво|сво|наш|ваш|судебн|посторонн|неизвестн|пострадавш|арестованн|подозреваем|обвиняем|управляющ|дежурящ|военн|рабоч|заведующ|оперативн|пьян|пожил|бывш|ранен|нов|цел|домо|пост)(?:ый|ий|ой|ого|его)$|(?:нн|вш|ющ|ящ|ущ|ащ)(?:ый|ий|ого|его)$/u;
const ADJECTIVE_RU = /^\p{L}{2,}(?:ый|ий|ой)$/u;
const ADJECTIVE_OF_RU = /^\p{L}{2,}(?:ого|его)$/u;

/** The like in Kyrgyz. */
const DEED_KY =
  /^(?:ур(?:ду|уп|ган|ат|уптур)|кармады|кармаган|кармап|сабады|сабаган|сабап|тепти|тепкен|айтты|айткан|айтып|чалды|чалган|келди|келген|келип|кетти|кеткен|коркутту|кыйкырды|сүйлөдү|сүйлөгөн|сурады|иштейт|иштеген|жазды|жазган|чыкты|кирди|кирген|зашел|зашёл|приш[её]л|тийбейт|тийди|опузалады|опузалаган|күлдү|ажыратты|камады|камаган|отурат|турат|карап|алдады|берген)$/u;
const BETWEEN_KY =
  /^(?:кайра|бүгүн|кечээ|дагы|эле|мени|аны|бизди|мага|бизге|ага|аларды|опять|снова|азыр|эми|анан|өзү|эмес|отдел|отделде|жумушта|кадровдо|акчамды|телефонумду)$/u;
/** Who or what comes, works or says in Kyrgyz and is nobody's name; and what tells when, where, how. */
const NOBODY_KY =
  /^(?:милиция|полиция|мент|опер|сот|прокурор|адам|киши|бала|жигит|кыз|аял|эркек|чал|кемпир|эл|балдар|апа|ата|эже|байке|уул|келин|күйөө|кошуна|дос|тууган|врач|дарыгер|юрист|адвокат|кызматкер|тергөөчү|унаа|машина|автобус|маршрутка|такси|кат|күн|түн|жаз|кыш|күз|жай|суу|жаан|кар|шамал|убакыт|убакты|кез|мезгил|кезек|акча|пул|телефон|үн|ой|эс|жаш|оору|өлүм|ачуу|уйку|ким|эмне|бири|бирөө|бирөөсү|экөө|үчөө|баары|бары|эч|кээ|анан|андан|кийин|мурда|мурун|азыр|бүгүн|кечээ|эртең|эртен|дагы|эле|кайра|бирок|анткени|себеби|демек|ошентип|ошондо|ошол|бул|тиги|тигил|ал|мен|сен|биз|сиз|алар|жок|бар|эмес|ооба|туура|жакшы|жаман|чын|көп|аз|тез|акырын|бат|чогуу|бирге|үй|жол|көчө|отдел|бөлүм|участок|пост|жылы|ай|саат|мүнөт|тең|кошо|гана|болсо|бир|эки|үч|төрт|беш|он|жардам|иш|арыз|кагаз|документ|паспорт|дары|доза|таяк|сөз|кабар|маалымат|суроо|жооп|башкы|жаңы|эски|чоң|кичине|имиш|короче|слушай|точно|жаны|эми|күч|зордук|жалаа|айып|штраф)$/u;
const SUFFIXED_KY =
  /(?:[ндт][ыиуү]н|[дт][аеоө]н?|[гк][аеоө]|[ыиуүаеоө]п|[йа-я]т|[дтн][ыиуү]|[гк][аеоө]н|[ыиуү]н[аеоө]|с[ыиуү]|лар|лер|дар|дер|тар|тер|лор|лөр|[ыиуү]м|ча|че|дай|дей)$/u;
/** «сакалга акча берген»: to whom money goes. */
const GIVES_KY = /^(?:бер|төл|тол|чогул|жыйна)\p{L}{0,16}$/u;

/**
 * Nouns and adjectives that do or suffer what only people do, at the beginning of a phrase: «капкан урду
 * мени», «сухой зашёл прямо», «сапога забрали». In small letters nothing else tells that a tool, a
 * beast or a quality is a nickname. Those who do so without a name are listed.
 *
 * @returns the places of such words.
 */
export function findHumanDeeds(seen: {
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly lexicon: Pick<Lexicon, 'isVerbForm' | 'isNounAsIs' | 'isNounForm'>;
}): readonly number[] {
  const { words, marks, lexicon } = seen;
  const found: number[] = [];
  const lowerAt = (at: number) => words[at]?.lower ?? '';
  const isBeside = (at: number) => words[at]?.gap === ' ';
  const opens = (at: number) => at === 0 || /[,;:.!?\n(«"“—–]|\s-\s/.test(words[at]!.gap);
  const mayBe = (at: number) => {
    const lower = lowerAt(at);
    if (marks[at]?.mark !== 'plain' || lower.length < 3 || /[a-z]/.test(lower)) return false;
    if (CONTEXTS.functionWords.has(lower)) return false;
    const context = contextOf(lower);
    return context === null || !Object.values(context).some((one) => one === true);
  };
  const introduced = (at: number) =>
    opens(at) ||
    (isBeside(at) &&
      /^(?:и|а|но|что|этот|тот|короче|опять|жана|имиш|капец)$/u.test(lowerAt(at - 1)));
  /** Where what is done stands: right behind, or behind one or two small words. */
  const deedBehind = (at: number, deed: RegExp, between: RegExp) => {
    for (let i = at + 1; i <= at + 3 && isBeside(i); i++) {
      if (deed.test(lowerAt(i))) return true;
      if (!between.test(lowerAt(i))) return false;
    }
    return false;
  };
  for (const at of words.keys()) {
    if (!mayBe(at)) continue;
    const lower = lowerAt(at);
    const kyrgyz = words[at]!.language === 'ky';
    if (kyrgyz && !NOBODY_KY.test(lower)) {
      const bare = !SUFFIXED_KY.test(lower) || lexicon.isNounAsIs(lower);
      const pointed = /^(?:тиги|тигил|тиг)$/u.test(lowerAt(at - 1)) && isBeside(at);
      // «X эмес, Y урду»: both.
      const rather = lowerAt(at - 1) === 'эмес';
      if (bare && (introduced(at) || pointed || rather) && deedBehind(at, DEED_KY, BETWEEN_KY))
        found.push(at);
      else if (bare && pointed && BETWEEN_KY.test(lowerAt(at + 1)) && isBeside(at + 1))
        found.push(at);
      const given = /(?:га|ге|го|гө|ка|ке|ко|кө)$/u.test(lower) && lowerAt(at + 1) === 'акча';
      if (given && isBeside(at + 1) && GIVES_KY.test(lowerAt(at + 2))) found.push(at);
    }
    if (NOBODY_RU.test(lower) || !introduced(at)) continue;
    if (ADJECTIVE_RU.test(lower) || ADJECTIVE_OF_RU.test(lower)) {
      if (NO_EPITHET.test(lower)) continue;
      const deed = ADJECTIVE_RU.test(lower) ? DEED_RU : SUFFERED_RU;
      if (deedBehind(at, deed, BETWEEN_RU)) found.push(at);
      continue;
    }
    if (lexicon.isNounAsIs(lower)) {
      if (deedBehind(at, DEED_RU, BETWEEN_RU)) found.push(at);
    } else if (/[ая]$/u.test(lower) && lexicon.isNounAsIs(lower.slice(0, -1))) {
      // «сапога забрали»: in this case only who lives.
      if (deedBehind(at, SUFFERED_RU, BETWEEN_RU)) found.push(at);
    }
  }
  return found;
}

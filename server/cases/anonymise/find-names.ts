import { actsAsName, isAuxiliaryAsName, standsAsName } from './bare-english.ts';
import { CONTEXTS, contextOf } from './contexts.ts';
import { findDoubtfulNames } from './doubtful-names.ts';
import { findCalled } from './find-called.ts';
import { findHomes } from './find-homes.ts';
import type { FoldedText } from './folded-text.ts';
import {
  groupMarks,
  houseBehind,
  type Mark,
  type Marked,
  type NamedFind,
  NUMBER_BEHIND,
} from './group-marks.ts';
import { findHumanDeeds } from './human-deeds.ts';
import type { Judged } from './judge-word.ts';
import { findKinNames } from './kin-names.ts';
import { findKnownAs } from './known-as.ts';
import { findKyrgyzPetNames } from './kyrgyz-pet-names.ts';
import type { Lexicon } from './lexicon.ts';
import { nameKeys } from './name-key.ts';
import type { NameKnowledge } from './names.ts';
import { findPairedNames } from './paired-names.ts';
import type { PlaceKnowledge } from './places.ts';
import { findQuotedNames } from './quoted-names.ts';
import { isQuotedName, type Word } from './words.ts';

const NO_INITIALS =
  /^(?:ф\.? ?и|и\.? ?о|т\.? ?[екдпн]|и\.? ?[ота]|н\.? ?э|г\.? ?р|ж\.? ?[бм]|e\.? ?g|i\.? ?e|u\.? ?[ks]|с\.? ?г|б\.? ?у|к\.? ?ч)$/u;
const NOT_A_FATHER = new Set(
  'эки үч уч төрт улуу кичүү кичуу чоң тун кенже жалгыз бир анын менин биздин алардын сенин өз'.split(
    ' ',
  ),
);
const DISTRICT = /^\p{L}{3,}[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их)$/u;
const NO_DISTRICT =
  /^(?:городс|сельск|соседск|детск|женск|мужск|кыргызск|советск(?!ий)|человеческ|медицинск|юридическ|гражданск|милицейск|полицейск|адвокатск|прокурорск|управленческ|какой|русск|областн)/u;
/** Endings that hardly any everyday word beside a given name has. */
const CLEAR_SURNAME = /^(?=\p{L}{6})\p{L}{2,}(?:[оеё]в|[иау]ев|[сц]к)(?!\p{L}{7})\p{L}*$/u;
/** What a surname may end in after a space that does not belong there. */
const NAME_END = /^\p{L}{0,2}(?:ов|ев|ин|ова|ева|ина|ову|еву|ovа?|ev|ova|eva)$/u;

/** Kyrgyz words for street with the suffix that joins them to a name. */
const NAMED_BEHIND = /^(?:к[өо]ч[өо]с[үу]|проспекти|бульвары|тупиги)/u;
const NO_NAME_BEFORE =
  /^(?:ушул|бул|ошол|чоң|чон|негизги|башкы|борбордук|кайсы|кийинки|биринчи|жаңы|эски)$/u;
const CALLED_AS =
  /^(?:знают|знали|знает|извест(?:ен|на|ны)|зовут|звали|называют|называли|кличут)$/u;

/** «Дружба мейманканасынын»: the suffix says that the place has a name, or an owner. */
const KYRGYZ_PLACE =
  /^(?:айыл|кыштак|мейманкана|кафе|дүкөн|дукон|базар|мектеп|мектеб|клуб|ресторан|дарыкана|чайкана|ашкана|парк|завод|фабрика|бассейн|сауна|мончо|кинотеатр|театр|бекет|аялдама|борбор)(?:сы|си|су|сү|ы|и|у|ү)(?:н[ыиуү]н|н[дт]?[аеоө]н?|на|не|н)?$/u;
/** Owners, and what tells which place or of what kind it is. */
const NOT_OF_A_NAME =
  /(?:[нтд][ыиуү]н|дагы|деги|тагы|теги|лык|лик|дык|дик|тык|тик|дук|лук)$|^(?:эл|бала|балдар|айыл|шаар|район|борбор|соода|азык|азык-түлүк|дары|кийим|мал|сүт|эт|нан|унаа|автобус|орто|башталгыч|музыка|спорт|эски|жаңы|жакынкы|жергиликтүү|түнкү|кичи|кичинекей|калган|баары|көп|бардык|ар|кээ|жардам|тест|дарылоо|ден)$/u;
/** What stands behind «фамилия» and is none. */
const NO_SURNAME =
  /^(?:неизвестн\p{L}*|эсимде|белгисиз|unknown|жок|известна|указана|изменена|скрыта|сказал\p{L}?|назвал\p{L}?|помн\p{L}+|знаю|айткан|билбейм|одного|другого|второго|первого|его|её|билип|билем|айтпады|айткан|дагы|да)$/u;

/** «жүк» without its ү: a load, where it is carried, counted or weighed. */
const LOAD = /^жук(?:ту|тун|тор|торду|тар)?$/u;
const LOADED = /^(?:таш[ыу]|к[өо]т[өо]р|арт|т[үу]ш[үу]р|ж[үу]кт[өо]|болду|болгон|бар|жок|унаа)/u;
const MANY =
  /^(?:бир|эки|[үу]ч|т[өо]рт|беш|алты|жети|сегиз|тогуз|он|жыйырма|отуз|кырк|элүү|элуу|к[өо]п|оор)$/u;

/** Prepositions, and Kyrgyz words that point: no particle stands behind them. */
const BEFORE_NAME =
  /^(?:у|к|ко|от|с|со|про|на|для|за|о|об|тот|этот|наш|бул|тиги|ошол|мистер|mr|ms|mrs)$/u;

const PLAIN: Marked = { mark: 'plain', rule: '' };

/** Finds names, places, streets and police units among the words of a text. */
export function findNames(
  { text, lower }: FoldedText,
  words: readonly Word[],
  known: {
    judge: (word: Word) => Judged;
    lexicon: Lexicon;
    names: NameKnowledge;
    places: PlaceKnowledge;
    /** Keys of names that are known already: the roster and earlier texts of the case. */
    roster: ReadonlySet<string>;
    /** 1 where something was found by its form. */
    taken: Uint8Array;
  },
): NamedFind[] {
  const { judge, lexicon, names, places } = known;
  const judged = words.map(judge);
  const marks: Marked[] = judged.map(({ verdict, rule }) =>
    verdict === 'plain' ? PLAIN : { mark: verdict, rule },
  );
  /** Words that name an officer. */
  const officers = new Set<number>();

  const isBeside = (at: number) =>
    at > 0 && at < words.length && /^[ \n]{1,3}$/.test(words[at]!.gap);
  const isNear = (at: number) => at < words.length && !/[.!?\n\0]/.test(words[at]!.gap);
  const isNamelike = (at: number) => {
    const mark = marks[at]?.mark;
    return mark === 'name' || mark === 'unknown';
  };
  const mayBeName = (at: number) => {
    const word = words[at];
    if (word === undefined || CONTEXTS.functionWords.has(word.lower) || word.lower.length < 2)
      return false;
    return (
      isNamelike(at) ||
      marks[at]!.mark === 'place' ||
      word.capital === 'first' ||
      names.isGiven(word.lower) ||
      names.isListedSurname(word.lower)
    );
  };
  /** «Лейтенант Ким»: a surname, though the word asks "who" in Kyrgyz; «ким экен» does. */
  const isCalled = (at: number) =>
    words[at]!.lower.length > 2 &&
    names.isListedSurname(words[at]!.lower) &&
    !/^(?:экен|эле|болгон|болчу|болду|болот)/.test(words[at + 1]?.lower ?? '');
  /** Whoever the case's own record names is meant, however everyday the word is. */
  const isInRoster = (at: number) =>
    known.roster.size > 0 && nameKeys(words[at]!.lower).some((key) => known.roster.has(key));
  /**
   * «ли», «ма», «ан»: two letters that somebody in the record is called by. The particles among them never
   * begin a phrase and never stand behind a preposition, a role or a name.
   */
  const maybeShortName = (at: number) => {
    const { lower: here, capital, gap } = words[at]!;
    if (here.length > 2) return true;
    if (here.length < 2) return false;
    if (capital !== 'none' || !CONTEXTS.functionWords.has(here)) return true;
    // "In an office": the English article is in every text.
    if (/[a-z]/.test(here)) return false;
    const { lower: before } = words[at - 1] ?? { lower: '' };
    const beside =
      isBeside(at) &&
      (BEFORE_NAME.test(before) ||
        contextOf(before)?.civilRole ||
        contextOf(before)?.policeRole ||
        contextOf(before)?.rank ||
        isNamelike(at - 1));
    return at === 0 || /[,.;:!?\n(]/.test(gap) || beside === true;
  };
  /** «Меня там все зовут дунган, …»: nothing more is said of what one is called. */
  const endsPhrase = (at: number) => /^\s*(?:[,.;)!»"]|$)/.test(text.slice(words[at]!.end));
  const set = (at: number, mark: Mark, rule: string) => {
    marks[at] = { mark, rule };
  };
  const isDistrict = (at: number) => {
    const word = words[at]?.lower ?? '';
    return DISTRICT.test(word) && !NO_DISTRICT.test(word);
  };
  const mayBePlace = (at: number) => {
    const word = words[at];
    if (word === undefined || CONTEXTS.functionWords.has(word.lower) || word.lower.length < 2)
      return false;
    const mark = marks[at]!.mark;
    const capital = word.capital === 'first' && !(word.opens && judged[at]!.ordinary);
    return mark !== 'plain' || capital || places.isPlace(word.lower) || places.isPart(word.lower);
  };
  /** Marks a run of places behind (`step` 1) or before (-1) a word; tells how many. */
  const markPlaces = (
    at: number,
    options: { step: 1 | -1; most: number; mark: Mark; rule: string; first?: boolean },
  ) => {
    const { step, most, mark, rule } = options;
    let count = 0;
    for (let i = at + step; count < most && i >= 0 && i < words.length; i += step) {
      const gap = words[step === 1 ? i : i + 1]!.gap;
      if (!(count === 0 ? /^[ .\n"'«“„№:]{0,4}$/ : /^[ \n]{1,2}$/).test(gap) || /[!?]/.test(gap))
        break;
      if (step === -1 && !/^["'»”]?[ \n]{1,2}["'«“]?$/.test(gap)) break;
      const taken =
        options.first === true && count === 0 && !CONTEXTS.functionWords.has(words[i]!.lower);
      if (!taken && !mayBePlace(i)) break;
      set(i, mark, rule);
      count++;
    }
    return count;
  };

  // Where a quoted name ends, for nicknames and names of places.
  const markQuoted = (at: number, mark: Mark, rule: string) => {
    for (let i = at; i < Math.min(words.length, at + 5); i++) {
      if (i > at && /["»”“]/.test(words[i]!.gap)) return;
      set(i, mark, rule);
    }
  };

  /** Marks a quoted name from its last word back to where it is opened: «Алтын Ордо» кафеси. */
  const markQuotedBefore = (at: number, mark: Mark, rule: string) => {
    let first = at;
    while (first > 0 && at - first < 5 && !/["«“„]$/.test(words[first]!.gap)) first--;
    const opened = /["«“„]$/.test(words[first]?.gap ?? '') || /^["«“„]/.test(text);
    if (opened) for (let i = first; i <= at; i++) set(i, mark, rule);
  };

  for (const [at, word] of words.entries()) {
    const { lower: here } = word;
    const next = at + 1;

    const load =
      LOAD.test(here) &&
      word.capital !== 'first' &&
      ((LOADED.test(words[next]?.lower ?? '') && isBeside(next)) ||
        (MANY.test(words[at - 1]?.lower ?? '') && isBeside(at)));
    if (load) marks[at] = PLAIN;

    if (marks[at]!.mark === 'plain' && isInRoster(at) && maybeShortName(at))
      set(at, 'name', 'roster');

    // A name in quotation marks is one with all its words: «Равный равному».
    if (word.capital === 'first' && marks[at]!.mark !== 'plain' && isQuotedName(text, word.start)) {
      markQuoted(at, marks[at]!.mark, 'quoted-name');
    }

    // «Все знают как инженера», «дед мазай, так его зовут»
    if (here === 'как' && CALLED_AS.test(words[at - 1]?.lower ?? '') && isBeside(next)) {
      const told = words[next]!.lower;
      const somebody = !CONTEXTS.functionWords.has(told) && !lexicon.isVerbForm(told);
      if (somebody) set(next, 'name', 'nickname');
    }
    if (here === 'так' && CALLED_AS.test(words[at + 2]?.lower ?? '') && at > 0) {
      for (let i = at - 1; i >= Math.max(0, at - 2); i--) {
        const nobody = CONTEXTS.functionWords.has(words[i]!.lower);
        if (nobody || lexicon.isVerbForm(words[i]!.lower) || /[.!?]/.test(words[i + 1]!.gap)) break;
        set(i, 'name', 'nickname');
        if (/[,.;:]/.test(words[i]!.gap)) break;
      }
    }

    const context = contextOf(here);
    if (context === null) continue;

    if (context.rank || context.policeRole) {
      let target = next;
      while (target < next + 3 && isNear(target) && CONTEXTS.rankParts.has(words[target]!.lower))
        target++;
      if (
        (isNear(target) || (here.length < 5 && /^\. $/.test(words[target]?.gap ?? ''))) &&
        /^\.?[ ,:"«(-]*$/.test(words[target]!.gap) &&
        mayBeName(target) &&
        !CONTEXTS.ranks.has(words[target]!.lower)
      ) {
        if (!isNamelike(target)) set(target, 'name', 'rank-or-role');
        officers.add(target);
      } else if (
        isBeside(target) &&
        (isCalled(target) || /^(?:ли|ан|ма|ни|юн)$/.test(words[target]!.lower))
      ) {
        set(target, 'name', 'rank-or-role');
        officers.add(target);
      } else if (target < words.length && isNear(target) && words[target]!.lower.length === 1) {
        officers.add(target);
      }
      if (context.rank && marks[at]!.mark !== 'name') set(at, 'rank', 'rank');
    } else if (
      context.civilRole &&
      isNear(next) &&
      mayBeName(next) &&
      !isNamelike(next) &&
      /^[ ,:"«(-]{1,4}$/.test(words[next]!.gap)
    ) {
      const { lower: named } = words[next]!;
      // «Кошуна аял Максат»: the word for woman or man stands between.
      if (!CONTEXTS.civilRoles.has(named)) set(next, 'name', 'role');
    } else if (
      context.civilRole &&
      /^(?:аял|киши|жигит|кыз|бала|келин)$/.test(words[next]?.lower ?? '') &&
      isBeside(next) &&
      isBeside(next + 1) &&
      names.isGivenAsIs(words[next + 1]!.lower)
    ) {
      set(next + 1, 'name', 'role');
    }

    if (/^(?:фамили\p{L}{1,4}|surname)$/u.test(here) && isNear(next) && !isNamelike(next)) {
      const { lower: named, gap } = words[next]!;
      const free =
        (!CONTEXTS.functionWords.has(named) || isCalled(next)) && !NO_SURNAME.test(named);
      if (free && named.length > 1 && /^[ :"«-]{1,3}$/.test(gap)) set(next, 'name', 'surname-said');
    }

    const behindName = here === 'лакап' && words[at - 1]?.lower === 'деген';
    if (context.nickname && !behindName) {
      // «Все зовут его просто атаман»: what everybody calls somebody is no name of a document.
      const byAll = /^(?:все|всё|просто)$/.test(words[at - 1]?.lower ?? '');
      const strong = byAll || !/^(?:зовут|звали|звать|зов|known|goes|зовётся|aka)$/.test(here);
      for (let i = next; i < Math.min(words.length, at + 6); i++) {
        if (/[.!?\n\0]/.test(words[i]!.gap)) break;
        const quoted = /["«“„']/.test(words[i]!.gap);
        const skipped =
          CONTEXTS.functionWords.has(words[i]!.lower) ||
          CONTEXTS.nicknames.has(words[i]!.lower) ||
          /^(?:аты|атын|атка|alias|name|именем|имя)$/.test(words[i]!.lower);
        if (skipped && !quoted) continue;
        if (quoted) markQuoted(i, 'name', 'nickname');
        else if (strong || mayBeName(i) || (i === next && endsPhrase(i)))
          set(i, 'name', 'nickname');
        break;
      }
    }
    // «Кот деген лакап аты менен» stands behind the name, «лакап аты Кот» before it.
    if (here === 'лакап' && words[at - 1]?.lower === 'деген' && at > 1)
      set(at - 2, 'name', 'nickname');
    if (context.calledAfter && words[at - 1]?.lower === 'деп' && at > 1) {
      const strong = /^(?:ко[её]|коюш|аташ|чакыр)/.test(here);
      if (!CONTEXTS.functionWords.has(words[at - 2]!.lower) && (strong || mayBeName(at - 2))) {
        set(at - 2, 'name', 'nickname');
      }
    }

    if (context.childOf && isBeside(at) && marks[at]!.mark !== 'place') {
      const father = words[at - 1]!.lower;
      const owner = /(?:[ндт][ыиуү]н)$/.test(father) && !isNamelike(at - 1);
      if (!owner && !NOT_A_FATHER.has(father) && !CONTEXTS.functionWords.has(father)) {
        if (
          isNamelike(at - 1) ||
          words[at - 1]!.capital !== 'none' ||
          // «манас кызы»: without «-нын» nobody's daughter is meant.
          names.isGivenAsIs(father) ||
          /^(?:уулу|uulu|kyzy|оглы)/.test(here)
        ) {
          if (!isNamelike(at - 1)) set(at - 1, 'name', 'child-of');
          set(at, 'name', 'child-of');
          if (isBeside(next) && mayBeName(next)) set(next, 'name', 'child-of');
        }
      }
    }

    const dotted = text[word.end] === '.';
    // «Г. Асанова» is a person's initial, «г. Ош» a town.
    const initial =
      here.length === 1 &&
      next < words.length &&
      marks[next]!.rule === 'surname' &&
      !places.isPlace(words[next]!.lower);
    if (initial) continue;
    if (context.street && (here.length > 3 || dotted || /^(?:ул|пр|пер)$/.test(here))) {
      const skip = isNear(next) && /^(?:имени|им)$/.test(words[next]?.lower ?? '') ? 1 : 0;
      markPlaces(at + skip, {
        step: 1,
        most: 3,
        mark: 'address',
        rule: 'street',
        first: here.length < 5,
      });
    }
    if (context.streetAfter) {
      // «Гагарин көчөсү»: the suffix says that the street has a name, and that it stands before.
      const first = NAMED_BEHIND.test(here) && !NO_NAME_BEFORE.test(words[at - 1]?.lower ?? '');
      markPlaces(at, { step: -1, most: 3, mark: 'address', rule: 'street', first });
    }
    if (context.placeNoun && (here.length > 3 || dotted)) {
      markPlaces(at, { step: 1, most: 2, mark: 'place', rule: 'place-noun' });
      // «С. Шульга»: it may be an initial.
      const known = places.isPlace(words[next]?.lower ?? '');
      if (here.length === 1 && marks[next]?.mark === 'place' && !known) {
        set(at, 'place', 'place-noun');
      }
    }
    if ((context.placeNounAfter || context.landmark) && /^["»”] $/.test(word.gap)) {
      markQuotedBefore(at - 1, 'place', 'landmark');
    }
    if (context.placeNounAfter && isBeside(at)) {
      if (isDistrict(at - 1)) set(at - 1, 'place', 'place-noun');
      else if (!CONTEXTS.placeNouns.has(words[at - 1]!.lower))
        markPlaces(at, { step: -1, most: 2, mark: 'place', rule: 'place-noun' });
    }
    if (context.landmark && isBeside(next) && lexicon.isNounAsIs(words[next]!.lower)) {
      // «У гостиницы дружба»: a word in no case belongs to none before it.
      if (marks[next]!.mark === 'plain' && words[next]!.gap === ' ') set(next, 'place', 'landmark');
    }
    if (KYRGYZ_PLACE.test(here) && isBeside(at) && marks[at - 1]!.mark === 'plain') {
      const { lower: before } = words[at - 1]!;
      const free = !CONTEXTS.functionWords.has(before) && !NO_NAME_BEFORE.test(before);
      if (free && !NOT_OF_A_NAME.test(before)) set(at - 1, 'place', 'landmark');
    }
    if (context.landmark && next < words.length) {
      if (/^ ["«“„']$/.test(words[next]!.gap)) markQuoted(next, 'place', 'landmark');
      else markPlaces(at, { step: 1, most: 2, mark: 'place', rule: 'landmark' });
    }

    if (context.unit) {
      const before = markUnitBefore(at);
      const number = NUMBER_BEHIND.test(lower.slice(word.end, word.end + 12));
      const behind = markUnitBehind(at);
      // «БШИИБ» is the department of one city.
      const ofCity = /^бш/.test(here);
      if (before || behind || number || ofCity) set(at, 'unit', 'police-unit');
    } else if (context.unitNoun) {
      const police = /(?:милици|полици|внутренних дел|police|rovd|овд)/.test(
        lower.slice(Math.max(0, word.start - 40), word.end + 40),
      );
      const number =
        /^(?: милиции| полиции| внутренних дел)? ?(?:№|#|no\.?|номер)? ?\d{1,3}(?!\d)/.test(
          lower.slice(word.end, word.end + 36),
        );
      if (police && markUnitBefore(at)) set(at, 'unit', 'police-unit');
      if (number && police) set(at, 'unit', 'police-unit');
    }
  }

  /** Whether an adjective tells of no word beside it: «бурый кричал», and neither «бурый мешок». */
  function standsAlone(at: number): boolean {
    const next = words[at + 1];
    if (next === undefined || !isBeside(at + 1) || marks[at + 1]!.mark !== 'plain') return true;
    if (CONTEXTS.functionWords.has(next.lower) || next.lower.length < 3) return true;
    return lexicon.isVerbForm(next.lower);
  }

  function markUnitBefore(at: number): boolean {
    let first = at;
    for (let i = at - 1; i >= Math.max(0, at - 4) && isBeside(i + 1); i--) {
      const { lower: here } = words[i]!;
      const filler =
        /^(?:район\p{L}{0,6}|шаар\p{L}{0,6}|городск\p{L}{2,3}|облуст\p{L}{1,6}|district|city|police|regional|милиция|милициянын)$/u.test(
          here,
        );
      const person =
        marks[i]!.mark === 'name' && i < at - 1 && !places.isPlace(here) && !places.isPart(here);
      if (person) break;
      if (
        filler ||
        isDistrict(i) ||
        (mayBePlace(i) && marks[i]!.mark !== 'rank') ||
        /^(?:биринчи|май)$/.test(here)
      ) {
        if (!filler) first = i;
        continue;
      }
      break;
    }
    // «шаардык ИИБ»: a city has one.
    const city = /^(?:шаардык|облустук|городск|областн)/.test(words[at - 1]?.lower ?? '');
    if (first === at && city && isBeside(at)) first = at - 1;
    for (let i = first; i < at; i++) set(i, 'unit', 'police-unit');
    return first < at;
  }

  function markUnitBehind(at: number): boolean {
    if (!isBeside(at + 1)) return false;
    // «УВД города Ош», «ОВД района Ала-Тоо»
    if (/^(?:город|г|район|р-н|област|обл)\p{L}{0,3}$/u.test(words[at + 1]!.lower)) {
      const { gap } = words[at + 2] ?? { gap: '\n' };
      if (!/^\.? $/.test(gap) || !mayBePlace(at + 2)) return false;
      set(at + 1, 'unit', 'police-unit');
      set(at + 2, 'unit', 'police-unit');
      return true;
    }
    if (!isDistrict(at + 1) && !mayBePlace(at + 1)) return false;
    if (marks[at + 1]!.mark === 'name' && names.isGiven(words[at + 1]!.lower)) return false;
    set(at + 1, 'unit', 'police-unit');
    if (isBeside(at + 2) && /^(?:район|город|г$|области|district)/.test(words[at + 2]!.lower))
      set(at + 2, 'unit', 'police-unit');
    return true;
  }

  // «горького 177/2»: an everyday word that streets are named after.
  for (const [at, { lower: here, end }] of words.entries()) {
    if (marks[at]!.mark !== 'plain' || houseBehind(lower, end, true) === null) continue;
    // «жукеев пудовкин 67/1»: a word of a name of several.
    const part = places.isPart(here) && isNamelike(at - 1) && isBeside(at);
    const street = places.isStreet(here) || part;
    if (!street && !places.isPlace(here)) continue;
    if (houseBehind(lower, end, street) !== null) set(at, 'address', 'street-and-number');
  }

  for (const at of findHomes({ lower, words, marks, isPlace: places.isPlace })) {
    set(at, 'address', 'street-and-number');
  }

  for (const [at, rule] of findDoubtfulNames({ text, words, marks, names })) set(at, 'name', rule);
  // Words that are names as often as not, and adjectives that people are called by.
  for (const [at, word] of words.entries()) {
    if (marks[at]!.mark !== 'plain') continue;
    const { lower: here } = word;
    if (/[a-z]/.test(here)) {
      const told = lexicon.isWordName(here, 'en') && !CONTEXTS.functionWords.has(here);
      const seen = { words, marks, at };
      const somebody = (told && standsAsName(seen)) || actsAsName(seen);
      if (somebody || isAuxiliaryAsName(words, at)) set(at, 'name', 'word-name');
    } else if (lexicon.isEpithet(here) && standsAlone(at)) {
      set(at, 'name', 'nickname');
    }
  }
  for (const at of findKinNames({ words, marks, lexicon })) set(at, 'name', 'kin');
  for (const at of findKnownAs({ lower, words, marks, lexicon })) set(at, 'name', 'nickname');
  for (const at of findHumanDeeds({ words, marks, lexicon })) set(at, 'name', 'did-something');
  for (const at of findKyrgyzPetNames({ words, marks, names, lexicon })) {
    set(at, 'name', 'given-name');
  }
  for (const at of findPairedNames({ text, words, marks, lexicon })) set(at, 'name', 'full-name');
  const isSomebody = (at: number) => {
    const context = contextOf(words[at]?.lower ?? '');
    const role = context !== null && (context.civilRole || context.policeRole || context.rank);
    return role || marks[at]?.mark === 'name';
  };
  for (const at of findQuotedNames({ text, words, lexicon, isSomebody })) {
    if (marks[at]!.mark === 'plain' || marks[at]!.mark === 'rank') set(at, 'name', 'nickname');
  }
  for (const [at, { mark, rule }] of findCalled({ text, words, marks, names })) set(at, mark, rule);

  // «Бейшеналиева Таланта»: beside a surname an everyday word is a given name, and the other way.
  for (const [at, { mark, rule }] of [...marks.entries()]) {
    if (mark !== 'name' && mark !== 'unknown') continue;
    for (const beside of [at - 1, at + 1]) {
      if (marks[beside]?.mark !== 'plain' || !isBeside(Math.max(at, beside))) continue;
      const { lower: here } = words[beside]!;
      const small = words[beside]!.capital === 'none';
      const everyday = names.isEveryday(here) && (small || !names.isGivenAsIs(here));
      // «Кимге акча»: beside an everyday word of the roster only what is a name as it stands.
      const record = rule === 'roster' && judged[at]!.ordinary && !names.isGivenAsIs(here);
      const given = !rule.startsWith('given') && names.isGiven(here) && !everyday && !record;
      const surname = rule === 'given-name' && CLEAR_SURNAME.test(here) && names.isSurname(here);
      // «сооронбаев кайрат», «ма хасан»: beside a sure name even what is mostly another word.
      // "Listen, Vera": in small Latin letters only what no English text says.
      const latin = /[a-z]/.test(here) && judged[beside]!.ordinary && here !== 'ma';
      const sure =
        (rule === 'surname' && CLEAR_SURNAME.test(words[at]!.lower) && names.isGivenAsIs(here)) ||
        (rule === 'given-name' && names.isListedSurname(here) && !latin);
      const named = given || surname || sure;
      if (named && !CONTEXTS.functionWords.has(here)) set(beside, 'name', 'full-name');
    }
  }

  /** Whether a name stands behind two initials or before them. */
  const joinsName = (at: number) => isNamelike(at + 2) || isNamelike(at - 1);

  // Initials, once their neighbours are known.
  for (const [at, word] of words.entries()) {
    if (word.lower.length !== 1 || text[word.end] !== '.') continue;
    const previous = words[at - 1];
    const next = words[at + 1];
    const joinsNext = next !== undefined && /^\. ?$/.test(next.gap);
    const nextInitial = joinsNext && next.lower.length === 1 && text[next.end] === '.';
    const afterInitial =
      previous !== undefined && marks[at - 1]!.mark === 'initial' && /^\. ?$/.test(word.gap);
    const pair = nextInitial ? `${word.lower}.${next.lower}` : '';
    const spelled = /^(?:ф\.и|и\.о)$/.test(pair) && !joinsName(at);
    if (pair !== '' && NO_INITIALS.test(pair) && (word.capital === 'none' || spelled)) continue;
    const byName =
      (joinsNext && isNamelike(at + 1)) ||
      (previous !== undefined && isNamelike(at - 1) && /^ ?$/.test(word.gap));
    const bySurname =
      (joinsNext &&
        isNamelike(at + 1) &&
        (marks[at + 1]!.rule.startsWith('surname') || /^[кртн]$/.test(word.lower))) ||
      (at > 0 && marks[at - 1]!.mark === 'name' && word.gap === ' ');
    // «д. 5», «г. Ош», «с. Маевка»; a capital is one of these before a number or another capital.
    const street =
      (CONTEXTS.streets.has(word.lower) ||
        CONTEXTS.placeNouns.has(word.lower) ||
        /^[дкгсртпн]$/.test(word.lower)) &&
      (word.capital === 'none' || /^\. ?[\p{Lu}\p{N}]/u.test(text.slice(word.end, word.end + 3)));
    const alone =
      word.capital !== 'none' && !word.opens && !(street && !afterInitial && !nextInitial);
    if (byName || afterInitial || (nextInitial && pair !== '') || alone) {
      if (street && word.capital === 'none' && !bySurname && !afterInitial && !nextInitial)
        continue;
      set(at, 'initial', 'initials');
    }
  }

  // «Аса нов»: the rest of a name that a space has cut in two.
  for (let at = 1; at < words.length; at++) {
    if (marks[at]!.mark !== 'plain' || !isNamelike(at - 1) || !isBeside(at)) continue;
    const { lower: rest } = words[at]!;
    const joined = words[at - 1]!.lower + rest;
    if (rest.length < 5 && NAME_END.test(rest) && names.isSurname(joined)) {
      set(at, 'name', 'cut-in-two');
    }
  }

  // «аса…нов», «кады*ров»: signs hide where a name is cut.
  for (let at = 1; at < words.length; at++) {
    if (!/^[…*_·.~|]{1,3}$/.test(words[at]!.gap)) continue;
    for (const [one, other] of [
      [at, at - 1],
      [at - 1, at],
    ] as const) {
      const short = words[one]!.lower.length < 5 && marks[one]!.mark === 'plain';
      if (short && isNamelike(other) && words[other]!.lower.length > 2) {
        set(one, 'name', 'cut-in-two');
      }
    }
  }

  // «А санов»: the first letter of such a name.
  for (let at = 0; at + 1 < words.length; at++) {
    const { lower: here, capital } = words[at]!;
    const cut = here.length === 1 && capital !== 'none' && marks[at]!.mark === 'plain';
    if (
      cut &&
      !words[at]!.opens &&
      words[at + 1]!.gap === ' ' &&
      words[at + 1]!.capital === 'none'
    ) {
      const joined = here + words[at + 1]!.lower;
      if (NAME_END.test(joined.slice(-4)) && names.isSurname(joined) && joined.length > 4) {
        set(at, 'name', 'cut-in-two');
        set(at + 1, 'name', 'cut-in-two');
      }
    }
    if (
      cut &&
      words[at + 1]!.gap === ' ' &&
      words[at + 1]!.capital === 'none' &&
      marks[at + 1]!.mark === 'name'
    ) {
      set(at, 'name', 'cut-in-two');
    }
  }

  propagate();
  return groupMarks({ text, lower, words, marks, officers, names, places, taken: known.taken });

  /** What was a name once is a name wherever it can be seen as one. */
  function propagate(): void {
    const keys = new Set<string>();
    for (const [at, { mark, rule }] of marks.entries()) {
      const capital = mark === 'unknown' && /^(?:capital|quoted)/.test(rule);
      if ((mark !== 'name' && !capital) || rule === 'child-of') continue;
      const { lower: here } = words[at]!;
      // «Лысый», «Лысого» share three letters.
      const least = here.length > 4 ? 3 : 4;
      for (const key of nameKeys(here)) if (key.length >= least) keys.add(key);
    }
    if (keys.size === 0) return;
    for (const [at, word] of words.entries()) {
      if (marks[at]!.mark !== 'plain' || CONTEXTS.functionWords.has(word.lower)) continue;
      // «гончар» in small letters, where «гончар павел» stood before.
      // «сорока» is forty as well.
      const listed =
        names.isListedSurname(word.lower) &&
        !names.isDoubtfulSurname(word.lower) &&
        !/^сорока?$/.test(word.lower);
      const seen = word.capital === 'first' || listed;
      if (!seen || word.lower.length < 4) continue;
      if (nameKeys(word.lower).some((key) => keys.has(key))) set(at, 'name', 'known-elsewhere');
    }
  }
}

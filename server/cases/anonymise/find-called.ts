import { CONTEXTS, contextOf } from './contexts.ts';
import type { Mark, Marked } from './group-marks.ts';
import type { NameKnowledge } from './names.ts';
import { remember } from './remember.ts';
import type { Word } from './words.ts';

/** What looks like an epithet behind a name and tells only how somebody was or what was done to him. */
const STATE =
  /(?:нн|вш|[юуая]щ|[еи]м|[аеи]т)(?:ый|ого|ий|его)$|^(?:пьян|больн|жив|м[её]ртв|гол|босо?|мокр|зл|трезв|голодн|цел|[оа]дин|так|друг|втор|треть|перв|котор|кажд|сам|все|мн|эт|т|ни?ч?к|никак|как|люб|бледн|синн|грязн|довольн|свободн|готов|спокойн|виноват|знаком|сво|мо|тво|наш|ваш|строг|дорог|дол|чист)\p{L}{0,2}(?:ый|ий|ой|ого|его)$|комментари|морфий/u;
/** «Витя лысый», «Костю рыжего»: an adjective behind a given name is what people know him by. */
const EPITHET = /^\p{L}{3,}(?:ый|ий|ого|его|ому|ему)$/u;
/** Those of the body that end like other words: «Бахыт хромой», «Витя домой». */
const EPITHET_OY =
  /^(?:хром|крив|кос|нем|глух|слеп|сед|ряб|худ|больш|молод|лыс|рыж|толст|черн|чёрн|бел|красн|маленьк|длинн|коротк)(?:ой|ая|ую|ому)$/u;
/** «Толян кореец», "Roma gypsy": where he is said to come from, in the place of a surname. */
const PEOPLE_OF =
  /^(?:корее?й?ц|цыган|узбек|таджик|дунган|уйгур|турк|турок|татар|чечен|казах|кыргыз|киргиз|русск|неме?ц|курд|китае?й?ц|афган|gypsy|korean|uzbek|tajik|dungan|uighur|uyghur|turk|tatar|chechen|kazakh|kyrgyz|russian)\p{L}{0,4}$/u;
/** What stands behind a whole name: what he did, or where he was. */
const BEHIND_EPITHET =
  /^(?:возле|рядом|вместе|сейчас|сегодня|вчера|тогда|\p{L}{2,}(?:л[аио]?|л[аио]?с[ья])|говорит|стоит|сидит|знает|видит|ходит|приходит|работает|торгует|просит|жив[её]т|был[аи]?|was|were|is|got|ran|came|said|says|had|has)$/u;
const PEOPLE_SAY = /^(?:everyone|everybody|all|people|friends|we|locals)$/;
const CALL = /^(?:calls?|called)$/;
const WHOM = /^(?:him|her|them|me|his|it)$/;
const OBJECT = /^(?:его|её|ее|их|котор(?:ого|ую|ых))$/u;
const CALLED_RU = /^(?:назыв|обзыв|оклик|величал)\p{L}{1,5}$/u;
/** «Называли наркоманом»: in this case it is an insult, or a trade, and no name. */
const INSTRUMENTAL = /(?:ом|ем|ём|ой|ей|ью|ами|ями|ым|им)$/u;

/** «Көк деген бала»: a person who is called so. */
const KYRGYZ_SOMEBODY =
  /^(?:бала|аял|жигит|мент|опер|кыз|келин|чал|кемпир|кошуна|адам|киши|участковый|сержант|лейтенант|капитан|майор|погоняло\p{L}{0,3}|лакап\p{L}{0,3})(?:[ыиуү]?м|с?[ыиуү])?(?:[нд][ыиуү]н?|[гк][аеоө])?$/u;
/** What was said or done, in Kyrgyz: «барам деген киши» is one who said that he would come. */
const KYRGYZ_SAID =
  /(?:[йа-я]т|[аеоөуүыи]м|[дт][ыиуү]|[гк][аеоө]н|с[ыиуү]ң|б[ыиуү]з|йм[ыиуү]н|[аеоө]йын|[аеоө]лы|б[ыиуү]|[гк]ыла|[гк]иле)$|^(?:кел|кет|бер|бар|ал|жок|эмес|керек|жакшы|жаман|ооба|мас|наркоман|баңги|ошондой|мындай|андай|кандай|эмне)$/u;
/** «Максат экөөбүз»: somebody and I. */
const AND_I = /^(?:экөө|экоо|үчөө|учоо|төртөө)б[үу]з\p{L}{0,4}$/u;
/** «Кечээ экөөбүз»: when, how, and not with whom. */
const WHEN =
  /^(?:анан|кеч[эе]{1,2}|бүгүн|бугун|азыр|эртең|эртен|дагы|бирге|чогуу|баары|бары|кечинде|түнүндө|күндүзү|ошентип|ошентсе|мурда|мурун|эки|андан|ушинтип|акыры|бирок|себеби|демек|кыз|жигит|эл)$/u;
/** Kin and friends of who tells, «досум», «жездемди»: «Элебес досум», «иним Нурсултан». */
const MY_KIN =
  /^(?:жезде|жеңе|женге|таяке|тага|таята|тайэне|дос|курбу|карындаш|сиңди|синди|ини|ин|аке|эже|байке|ата|апа|эне|чоңата|чоңэне|уул|кыз|бала|келин|күйөө|куйоо|аял|жолдош|жигит|кошуна|тууган|бөлө|боло)(?:[ыиуү]?м|[ыиуү]?б[ыиуү]з)(?:[дн][ыиуү]н?|[аеоө]|[дт][аеоө]н?)?$/u;
const KIN_EN =
  /^(?:daughter|son|kid|child|wife|husband|mother|father|mum|mom|dad|sister|brother|friend|neighbou?r|cousin|aunt|uncle|nephew|niece|partner|boyfriend|girlfriend|bf|gf)$/;
const NO_KIN_EN = /^(?:problem|reason|worry|point|truth|thing|person|guy|boy|one|other|who|what)$/;
/** Ranks that are no other English word: not "private", "major", "general". */
const RANK_EN = /^(?:sergeant|sgt|lieutenant|lt|captain|capt|colonel|col)$/;
const BEHIND_NAME_EN =
  /^(?:is|was|has|had|said|says|told|and|n|came|hit|beat|took|asked|wants|wanted|from)$/;
const EPITHET_EN =
  /^(?:big|fat|old|young|little|tall|skinny|lame|limping|blind|deaf|crazy|bald|bearded|one-eyed)$/;
const WHOSE_EN = /^(?:my|his|her|our|their)$/;
/** What only people do, behind an English name that is an everyday word as well. */
const DID_EN =
  /^(?:said|says|told|tells|saw|cried|cries|came|went|asked|asks|works|worked|lives|lived|screamed|wants|wanted|heard|knows|knew|paid|ran|died|called|calls)$/;

/** Words that say something of their neighbours here: all others are passed by. */
const isCue: (lower: string) => boolean = remember(
  (lower) =>
    lower.length < 3 ||
    /^(?:деген|деп|nick(?:name)?)$/.test(lower) ||
    [EPITHET, EPITHET_OY, PEOPLE_OF, CALL, CALLED_RU, AND_I, MY_KIN, EPITHET_EN].some((cue) =>
      cue.test(lower),
    ),
);
/**
 * Names that are told by how somebody is called: an epithet behind a given name, «он же», «которого
 * называли», «көк деген бала», kin of who tells, a letter in the place of a name, somebody who stands
 * alone between commas. In small letters nothing else shows that the everyday word is a name.
 *
 * @returns the places of such words with mark and rule.
 */
export function findCalled(seen: {
  readonly text: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly names: NameKnowledge;
}): ReadonlyMap<number, Marked> {
  const { text, words, marks, names } = seen;
  const found = new Map<number, Marked>();
  const add = (at: number, rule: string, mark: Mark = 'name') => found.set(at, { mark, rule });
  const lowerAt = (at: number) => words[at]?.lower ?? '';
  const isBeside = (at: number) => at > 0 && at < words.length && words[at]!.gap === ' ';
  const isName = (at: number) => marks[at]?.mark === 'name' || found.get(at)?.mark === 'name';
  /** An everyday word that could stand for somebody. */
  const isFree = (at: number) =>
    marks[at]?.mark === 'plain' &&
    lowerAt(at).length > 1 &&
    !CONTEXTS.functionWords.has(lowerAt(at)) &&
    contextOf(lowerAt(at))?.civilRole !== true &&
    contextOf(lowerAt(at))?.policeRole !== true;
  const isGiven = (at: number) =>
    isFree(at) && lowerAt(at).length > 2 && names.isGivenAsIs(lowerAt(at));
  const opensPhrase = (at: number) => at === 0 || /[,;:.!?()\n\0—–]|\s-\s/.test(words[at]!.gap);
  const endsPhrase = (at: number) => /^\s*(?:[,.;:)!?»"\n]|$)/.test(text.slice(words[at]!.end));
  const isRole = (at: number) => {
    const context = contextOf(lowerAt(at));
    return context !== null && (context.civilRole || context.policeRole || context.rank);
  };
  /** «Чоң кара деп»: the first of two words of a nickname. */
  const addWordBefore = (at: number) => {
    const first = at - 1;
    const plain = marks[first]?.mark === 'plain' && !CONTEXTS.functionWords.has(lowerAt(first));
    if (!isBeside(at) || !plain || KYRGYZ_SAID.test(lowerAt(first))) return;
    if (opensPhrase(first) || MY_KIN.test(lowerAt(first - 1))) add(first, 'nickname');
  };

  /** «Костю рыжего возле аптеки», and not «у Кости новый телефон»: no thing follows that it would describe. */
  const standsAlone = (at: number) => {
    const behind = lowerAt(at + 1);
    return endsPhrase(at) || CONTEXTS.functionWords.has(behind) || BEHIND_EPITHET.test(behind);
  };
  /** Words that are somebody's name in this text, and not how he looks. */
  const nicknames = new Set<string>();
  const addCalled = (at: number, rule: string) => {
    add(at, rule);
    nicknames.add(lowerAt(at));
  };

  /** Most words say nothing here, nor do their neighbours. */
  const isQuiet = (at: number, lower: string) => {
    if (isCue(lower) || names.isGivenAsIs(lower)) return false;
    const [before, behind] = [lowerAt(at - 1), lowerAt(at + 1)];
    if (behind === 'is' || behind === 'was' || before === 'же') return false;
    return marks[at - 1]?.rule !== 'child-of' && marks[at - 1]?.mark !== 'rank';
  };

  for (const [at, { lower }] of words.entries()) {
    if (isQuiet(at, lower)) continue;
    // «клиентка н.», «жекшенбеков а,»: a letter in the place of a name.
    if (lower.length === 1 && /\p{L}/u.test(lower) && isBeside(at) && marks[at]!.mark === 'plain') {
      const stop = text[words[at]!.end] ?? '';
      const cut = stop === '.' && isRole(at - 1) && !/^[вскуоияaгд]$/u.test(lower);
      const surname = marks[at - 1]!.rule.startsWith('surname') && /^(?:[,.;]|)$/.test(stop);
      if (cut || surname) add(at, 'initials', 'initial');
      continue;
    }
    const behindName = isName(at - 1) && isBeside(at) && isFree(at);
    if (behindName && names.isGiven(lowerAt(at - 1))) {
      const epithet =
        (EPITHET.test(lower) && !STATE.test(lower)) ||
        EPITHET_OY.test(lower) ||
        PEOPLE_OF.test(lower);
      if (epithet && standsAlone(at)) add(at, 'nickname');
    }
    // «гена косой»: the name is an everyday word, and the two stand for each other.
    if (EPITHET_OY.test(lower) && isBeside(at) && isGiven(at - 1) && standsAlone(at)) {
      add(at - 1, 'nickname');
      add(at, 'nickname');
    }
    // «доолот он же дока»
    const alias = lowerAt(at - 1) === 'же' && /^(?:он|она)$/u.test(lowerAt(at - 2));
    if (alias && isName(at - 3) && isFree(at) && endsPhrase(at)) addCalled(at, 'nickname');

    // «которого все называли шеф», "everyone calls him lame"
    const next = at + 1;
    if (CALLED_RU.test(lower) && isBeside(next) && isFree(next) && endsPhrase(next)) {
      const whom = [at - 1, at - 2, at - 3].some((one) => OBJECT.test(lowerAt(one)));
      if (whom && !INSTRUMENTAL.test(lowerAt(next))) addCalled(next, 'nickname');
    }
    if (CALL.test(lower) && PEOPLE_SAY.test(lowerAt(at - 1)) && WHOM.test(lowerAt(next))) {
      if (isBeside(at + 2) && isFree(at + 2)) addCalled(at + 2, 'nickname');
    }
    // "client nick shorty", "baby is his nick"
    if (/^nick(?:name)?$/.test(lower)) {
      const owned = WHOSE_EN.test(lowerAt(at - 1)) || isRole(at - 1);
      if (owned && isBeside(next) && isFree(next)) addCalled(next, 'nickname');
      const said = lowerAt(at - 2) === 'is' && isFree(at - 3) && opensPhrase(at - 3);
      if (owned && said) addCalled(at - 3, 'nickname');
    }

    if (lower === 'деген' && isBeside(at) && isBeside(next)) {
      const somebody = KYRGYZ_SOMEBODY.test(lowerAt(next)) || MY_KIN.test(lowerAt(next));
      if (somebody && isFree(at - 1) && !KYRGYZ_SAID.test(lowerAt(at - 1)))
        addCalled(at - 1, 'nickname');
      if (somebody && (found.has(at - 1) || isName(at - 1))) addWordBefore(at - 1);
    }
    if (lower === 'деп' && marks[at - 1]?.rule === 'nickname' && isBeside(at))
      addWordBefore(at - 1);
    if (AND_I.test(lower) && isBeside(at) && isFree(at - 1)) {
      const opens = opensPhrase(at - 1) && !WHEN.test(lowerAt(at - 1));
      const somebody = opens && !MY_KIN.test(lowerAt(at - 1)) && !KYRGYZ_SAID.test(lowerAt(at - 1));
      if (isGiven(at - 1) || somebody) add(at - 1, 'kin');
    }
    if (MY_KIN.test(lower)) {
      if (isBeside(at) && isGiven(at - 1)) add(at - 1, 'kin');
      if (isBeside(next) && isGiven(next)) add(next, 'kin');
    }
    // «аты-жөнү сагынбек уулу ниет»: nothing more is said of him.
    if (marks[at - 1]?.rule === 'child-of' && isBeside(at) && isFree(at) && endsPhrase(at)) {
      const named = /^(?:аты(?:-жөнү)?|жөнү|фио)$/u.test(lowerAt(at - 3));
      if (named || names.isGivenAsIs(lower)) add(at, 'child-of');
    }

    // «врач ли,», "lieutenant park is": behind a role, and nothing else is said of it.
    const role = isBeside(at) && isRole(at - 1);
    if (role && lower.length === 2 && names.isListedSurname(lower) && endsPhrase(at)) {
      add(at, 'rank-or-role');
    }
    if (RANK_EN.test(lowerAt(at - 1)) && isBeside(at) && isFree(at)) {
      if (endsPhrase(at) || BEHIND_NAME_EN.test(lowerAt(next))) add(at, 'rank-or-role');
    }
    // "big oleg": by how he looks he is known.
    if (EPITHET_EN.test(lower) && isBeside(next) && isFree(at)) {
      if (isName(next) && names.isGiven(lowerAt(next))) add(at, 'nickname');
    }
    // "rose is my daughter"
    const kin =
      /^(?:is|was)$/.test(lowerAt(next)) &&
      WHOSE_EN.test(lowerAt(at + 2)) &&
      KIN_EN.test(lowerAt(at + 3));
    if (kin && opensPhrase(at) && isFree(at) && !NO_KIN_EN.test(lower))
      addCalled(at, 'did-something');

    if (!isGiven(at)) continue;
    // «гуля, диспетчер», «сыймык, адис жана …»: alone between commas, or the next of a list.
    const listed =
      opensPhrase(at) && isName(at - 1) && /^(?:и|да|жана|менен|мн|and|n)$/.test(lowerAt(next));
    const alone = opensPhrase(at) && endsPhrase(at) && words.length > 1;
    if (listed || alone) add(at, 'full-name');
    // "rose cried"
    const did = DID_EN.test(lowerAt(next)) && isBeside(next);
    const subject = opensPhrase(at) || /^(?:and|n)$/.test(lowerAt(at - 1));
    if (words[at]!.language === 'en' && subject && did) add(at, 'did-something');
  }
  // What is a name once is it wherever it stands: «сорока сдал, все зовут его сорока».
  if (nicknames.size === 0) return found;
  for (const at of words.keys()) {
    if (nicknames.has(lowerAt(at)) && isFree(at)) add(at, 'nickname');
  }
  return found;
}

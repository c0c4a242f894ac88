import type { CalledScene } from './called-scene.ts';
import { CONTEXTS } from './contexts.ts';

/** What looks like an epithet behind a name and tells only how somebody was or what was done to him. */
const STATE =
  /(?:нн|вш|[юуая]щ|[еи]м|[аеи]т)(?:ый|ого|ий|его)$|^(?:пьян|больн|жив|м[её]ртв|гол|босо?|мокр|зл|трезв|голодн|цел|[оа]дин|так|друг|втор|треть|перв|котор|кажд|сам|все|мн|эт|т|ни?ч?к|никак|как|люб|бледн|синн|грязн|довольн|свободн|готов|спокойн|виноват|знаком|сво|мо|тво|наш|ваш|строг|дорог|дол|чист)\p{L}{0,2}(?:ый|ий|ой|ого|его)$|комментари|морфий/u;
/** «Витя новенький», «Костю чёрного»: an adjective behind a given name may be what people know him by. */
const ADJECTIVE = /^\p{L}{3,}(?:ый|ий|ого|его|ому|ему)$/u;
/** Those that end like other words: «Бахыт большой», «Витя домой». */
const ADJECTIVE_OY =
  /^(?:больш|молод|худ|черн|чёрн|бел|красн|маленьк|длинн|коротк)(?:ой|ая|ую)$|^русск\p{L}{0,4}$/u;
/** What nobody says of a thing that follows: «гена косой», «костю рыжего знают все». */
const OF_THE_BODY =
  /^(?:хром|крив|кос|нем|глух|слеп|сед|ряб|лыс|рыж|толст)(?:ый|ий|ой|ая|ую|ого|его|ому|ему|ым|им)$/u;
/** «Толян кореец»: where he is said to come from, in the place of a surname. */
const PEOPLE_OF =
  /^(?:корее?й?ц|цыган|узбек|таджик|дунган|уйгур|турк|турок|татар|чечен|казах|кыргыз|киргиз|неме?ц|курд|китае?й?ц|афган)\p{L}{0,4}$/u;
/** What stands behind a whole name: what he did, or where he was. */
const BEHIND_EPITHET =
  /^(?:возле|рядом|вместе|сейчас|сегодня|вчера|тогда|\p{L}{2,}(?:л[аио]?|л[аио]?с[ья])|говорит|стоит|сидит|знает|видит|ходит|приходит|работает|торгует|просит|жив[её]т|был[аи]?|was|were|is|got|ran|came|said|says|had|has)$/u;
const OBJECT = /^(?:его|её|ее|их|котор(?:ого|ую|ых))$/u;
const CALLED_RU = /^(?:назыв|обзыв|оклик|величал)\p{L}{1,5}$/u;
/** «Называли наркоманом»: in this case it is an insult, or a trade, and no name. */
const INSTRUMENTAL = /(?:ом|ем|ём|ой|ей|ью|ами|ями|ым|им)$/u;
/** «Называли наркоманы», «дурак»: what was said to hurt. */
const INSULT =
  /^(?:наркоман|нарик|дурак|дура|сук|твар|алкаш|бомж|вор|шлюх|проститутк|преступник|животн|скот|мраз|урод)\p{L}{0,3}$/u;
/** Feelings that are women's names as well. */
const FEELING = /^(?:вера|надежда|любовь)$/u;
/** Before a place or a house: «житель г. Ош», «участковый с. Маевка», «д. 5». */
const SHORT_FOR_PLACE = /^[гсдп]$/u;

/** Words that say something of their neighbours to {@link findCalledRussian}. */
export const RUSSIAN_CUES = [ADJECTIVE, ADJECTIVE_OY, OF_THE_BODY, PEOPLE_OF, CALLED_RU];

/**
 * In Russian: an epithet behind a given name, «он же», «которого называли», a letter in the place of a
 * name, somebody between commas or in a list.
 */
export function findCalledRussian(scene: CalledScene, at: number): void {
  const { lowerAt, isBeside, isName, isFree, isGiven, isRole, opensPhrase, endsPhrase } = scene;
  const { marks, names, words } = scene;
  const lower = lowerAt(at);
  const next = at + 1;
  if (lower.length === 1) {
    const named = marks[at]!.mark === 'plain' && isBeside(at) && endsPhrase(at);
    // «жекшенбеков а,», «клиентка н.», and not «житель г. Ош».
    const surname = marks[at - 1]?.rule.startsWith('surname') === true;
    const place =
      SHORT_FOR_PLACE.test(lower) &&
      (marks[next]?.mark === 'place' || /^(?:all|first)$/.test(words[next]?.capital ?? ''));
    const role = isRole(at - 1) && scene.isStopped(at) && !place;
    if (named && (surname || role)) scene.add(at, 'initials', 'initial');
    return;
  }

  /** «Костю чёрного возле аптеки», and not «у Кости новый телефон»: no thing follows that it would describe. */
  const standsAlone = () =>
    endsPhrase(at) ||
    CONTEXTS.functionWords.has(lowerAt(next)) ||
    BEHIND_EPITHET.test(lowerAt(next));
  const ofWhom = OF_THE_BODY.test(lower) || PEOPLE_OF.test(lower);
  const described = (ADJECTIVE.test(lower) && !STATE.test(lower)) || ADJECTIVE_OY.test(lower);
  if (isBeside(at) && isFree(at) && (ofWhom || (described && standsAlone()))) {
    if (isName(at - 1) && names.isGiven(lowerAt(at - 1))) scene.add(at, 'nickname');
    // «гена косой»: the name is an everyday word, and the two stand for each other.
    else if (isGiven(at - 1) && !ADJECTIVE.test(lower)) {
      scene.add(at - 1, 'nickname');
      scene.add(at, 'nickname');
    }
  }
  // «доолот он же дока»
  const alias = lowerAt(at - 1) === 'же' && /^(?:он|она)$/u.test(lowerAt(at - 2));
  if (alias && isName(at - 3) && isFree(at) && endsPhrase(at)) scene.addCalled(at, 'nickname');
  // «которого все называли шеф»
  if (CALLED_RU.test(lower) && isBeside(next) && isFree(next) && endsPhrase(next)) {
    const whom = [at - 1, at - 2, at - 3].some((one) => OBJECT.test(lowerAt(one)));
    const name = !INSTRUMENTAL.test(lowerAt(next)) && !INSULT.test(lowerAt(next));
    if (whom && name) scene.addCalled(next, 'nickname');
  }
  // «врач ли,»: behind a role, and nothing else is said of it.
  const role = isBeside(at) && isRole(at - 1);
  if (role && lower.length === 2 && names.isListedSurname(lower) && endsPhrase(at)) {
    scene.add(at, 'rank-or-role');
  }

  if (!isGiven(at) || !opensPhrase(at)) return;
  // «надежда, что отпустят», «вера, любовь, надежда»
  const feeling = (one: number) => FEELING.test(lowerAt(one));
  const felt =
    feeling(at) && (feeling(at - 1) || feeling(next) || /^чтоб?ы?$/u.test(lowerAt(next)));
  // «гуля, диспетчер», «сыймык, адис жана …»: alone between commas, or the next of a list.
  const listed = isName(at - 1) && /^(?:и|да|жана|менен|мн|and|n)$/.test(lowerAt(next));
  const alone = endsPhrase(at) && words.length > 1 && !felt;
  if (listed || alone) scene.add(at, 'full-name');
}

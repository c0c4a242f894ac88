import { madeWhenAsked } from '../../kernel/made-when-asked.ts';
import { anyCase } from '../registry/any-case.ts';

/** What kind of trace a span is. */
export type RiskType =
  | 'identifier'
  | 'contact'
  | 'plate'
  | 'date'
  | 'person'
  | 'unit'
  | 'address'
  | 'place'
  | 'quantity'
  | 'quote'
  | 'word';

/** A structured find: `pattern` runs over the matching text, Unicode-aware and global. */
export interface RiskRule {
  readonly rule: string;
  readonly type: RiskType;
  readonly pattern: RegExp;
}

// `\b` knows ASCII letters only, so every boundary is spelled out.
const A = '(?<![\\p{L}\\p{N}])';
const Z = '(?![\\p{L}\\p{N}])';
const D = '\\p{Nd}';
// Bounded, so that a hostile text cannot make a rule look at it again and again.
const NAME = "\\p{Lu}[\\p{L}'’]{0,40}(?:-\\p{Lu}?[\\p{L}'’]{1,40}){0,3}";
const INITIALS = '(?:\\p{Lu}\\. ?){1,2}';

const rule = (name: string, type: RiskType, source: string): RiskRule => {
  const pattern = madeWhenAsked(() => new RegExp(source, 'gu'));
  return {
    rule: name,
    type,
    get pattern() {
      return pattern();
    },
  };
};
const any = (source: string) => `(?:${anyCase(source)})`;

const MONTH_RU =
  '(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)\\p{L}{0,4}';
const MONTH_EN =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const NUMERAL =
  '(?:один|одн\\p{L}{1,3}|дв[ае]|двух|тр[иёе]х?|четыр\\p{L}{1,2}|пят[ьи]|шест[ьи]|сем[ьи]|вос[еь]м[ьи]|девят[ьи]|десят[ьи]|\\p{L}*надцат[ьи]|двадцат[ьи]|тридцат[ьи]|сорок\\p{L}?|пятьдесят|сто|двести|триста|тысяч\\p{L}?|полтора|полторы|бир|эки|үч|төрт|беш|алты|жети|сегиз|тогуз|он|жыйырма|отуз|кырк|элүү|жүз|миң|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand)';
const TIME_UNIT =
  '(?:час(?:а|ов|у|ам|ами)?|минут\\p{L}{0,3}|сут(?:ки|ок|кам)|дн(?:я|ей|и)|день|недел\\p{L}{1,3}|саат\\p{L}{0,6}|мүнөт\\p{L}{0,6}|күн\\p{L}{0,6}|сутка\\p{L}{0,4}|hours?|minutes?|days?|weeks?)';
const RANK =
  '(?:(?:рядов|сержант|старшин|прапорщик|лейтенант|капитан|майор|подполковник|полковник|генерал|инспектор|следовател|дознавател|участков|оперуполномоченн|оперативник|начальник|сотрудник|милиционер|полицейск|патрульн|офицер|командир|прокурор|судь|адвокат|юрист|врач|медсестр|кардар|клиент|тергөөчү|участкалык|башчы|кызматкер|дарыгер|соту|captain|major|lieutenant|colonel|sergeant|general|officer|inspector|investigator|detective|policeman|policewoman|chief|commander|prosecutor|judge|doctor|nurse|client)\\p{L}{0,8}|(?:mrs?|ms|dr)\\.?)';
const UNIT =
  '(?:ГУВД|УВД|РУВД|ГРОВД|РОВД|ГОВД|ОВД|МВД|ГОМ|ИВС|СИЗО|УПМ|ОПМ|УОБДД|СБНОН|ОБНОН|ГКНБ|ШИИББ|ШИИБ|РИИБ|ИИББ|ИИБ|ИИМ|УКМК|GOM|ROVD|GUVD|OVD|MVD)';
const STREET =
  '(?:ул\\.?|улиц\\p{L}{1,3}|пр(?:-т|осп)?\\.|проспект\\p{L}{0,3}|бульвар\\p{L}{0,2}|бул\\.|пер\\.|переулок|переулк\\p{L}|мкр\\.?|микрорайон\\p{L}{0,3}|ж/м|жилмассив\\p{L}{0,2}|көчө\\p{L}{0,6}|проспекти\\p{L}{0,8}|конуш\\p{L}{0,6}|street|st\\.|avenue|ave\\.?|boulevard|blvd\\.?|lane|microdistrict)';
/** Letters that Latin and Cyrillic share in form, as plates and documents use them. */
const L = '[A-ZА-ЯЁҢӨҮ]';

/** The structured identifiers, the surer before the wider. */
export const RISK_RULES: readonly RiskRule[] = [
  rule(
    'email',
    'contact',
    `[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,6}`,
  ),
  rule('url', 'contact', any(`(?:https?://|www\\.|t\\.me/|wa\\.me/)[^\\s<>«»"]+`)),
  rule(
    'host',
    'contact',
    any(`${A}(?:[\\p{L}\\p{N}-]{1,63}\\.){1,6}(?:kg|ru|com|org|net|info|me|kz|uz)${Z}`),
  ),
  rule('handle', 'contact', `(?<![\\p{L}\\p{N}])@[\\p{L}\\p{N}_.]{2,}`),
  rule('pin', 'identifier', `(?<!${D})${D}(?:[ -]?${D}){13,}`),
  rule('document', 'identifier', any(`${A}(?:ID|AN|AC|PE|АН|АС|РЕ|ИД|МК)[ №N-]{0,3}${D}{6,8}${Z}`)),
  rule('plate-2015', 'plate', any(`${A}${D}{2} ?(?:KG|КГ) ?${D}{2,4} ?${L}{1,3}${Z}`)),
  rule('plate-1994', 'plate', any(`${A}${L} ?-?${D}{4} ?-?${L}{1,2}${Z}`)),
  rule('plate-soviet', 'plate', any(`${A}${L} ?${D}{2}[ -]?${D}{2} ?${L}{2}${Z}`)),
  rule('plate-other', 'plate', any(`${A}${L} ?${D}{3} ?${L}{2,3}(?: ?${D}{2,3})?${Z}`)),
  rule('date-iso', 'date', `(?<!${D})${D}{4}[-./]${D}{1,2}[-./]${D}{1,2}(?!${D})`),
  rule('date-dotted', 'date', `(?<!${D})${D}{1,2}[-./]${D}{1,2}[-./]${D}{2,4}(?!${D})`),
  rule(
    'date-ru',
    'date',
    any(`${A}${D}{1,2}(?:-?(?:го|е|ое|ого))?(?: ?[-–] ?${D}{1,2})? ${MONTH_RU}${Z}`),
  ),
  rule(
    'date-ky',
    'date',
    any(
      `${A}${D}{1,2}(?: ?[-–] ?${D}{1,2})? ?[-–] ?(?:${MONTH_RU}|янв|фев|мар|апр|авг|сен|окт|ноя|дек)\\.?${Z}`,
    ),
  ),
  rule(
    'date-en',
    'date',
    any(
      `${A}(?:the )?${D}{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH_EN}${Z}|${A}${MONTH_EN}\\.? ${D}{1,2}(?:st|nd|rd|th)?${Z}`,
    ),
  ),
  rule(
    'clock',
    'date',
    any(
      `${A}${D}{1,2}[:.]${D}{2}(?: ?[ap]m)?${Z}|${A}${D}{1,2} ?(?:[ap]\\.?m\\.?)${Z}|${A}саат ${D}{1,2}`,
    ),
  ),
  rule(
    'relative-date',
    'date',
    any(
      `${A}(?:вчера|позавчера|сегодня|кечээ|бүгүн|мурдагы күнү|yesterday|today|понедельник\\p{L}{0,2}|вторник\\p{L}{0,2}|сред[ауы]|четверг\\p{L}?|пятниц\\p{L}{1,2}|суббот\\p{L}{1,2}|воскресень\\p{L}{1,2}|дүйшөмбү\\p{L}{0,4}|шейшемби\\p{L}{0,4}|шаршемби\\p{L}{0,4}|бейшемби\\p{L}{0,4}|жума күнү|ишемби\\p{L}{0,4}|жекшемби\\p{L}{0,4}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)${Z}`,
    ),
  ),
  rule(
    'phone',
    'contact',
    `\\+ ?${D}(?:[ ()-]{0,2}${D}){8,14}|(?<!${D})0[ -]?\\(?${D}{3}\\)?(?:[ -]?${D}){6}(?!${D})`,
  ),
  rule(
    'address-number',
    'address',
    any(
      `${A}(?:д\\.|дом|кв\\.|квартир\\p{L}{1,2}|корпус|house|apartment|apt\\.?|flat) ?№? ?${D}+|${A}${D}+ ?-? ?(?:үй|батир|квартира|мкр|микрорайон|кичи район)\\p{L}{0,4}`,
    ),
  ),
  rule(
    'address-street',
    'address',
    `${A}${any(STREET)} (?:${any('имени|им\\.')} )?(?:${INITIALS})?${NAME}(?: ${NAME})?|${A}\\p{Lu}\\p{L}{2,40}(?:-\\p{L}{1,40})?(?: ${NAME})? ${any(STREET)}${Z}`,
  ),
  rule(
    'unit',
    'unit',
    `${A}(?:${NAME} )?${UNIT}\\p{Ll}{0,6}(?:-\\p{Ll}{1,6})?(?: ?[-№#]? ?${D}+)?(?: ${NAME})?${Z}`,
  ),
  rule(
    'unit-number',
    'unit',
    any(
      `${A}(?:отдел\\p{L}{0,6}|управлени\\p{L}|бөлүм\\p{L}{0,6}|департамент\\p{L}{0,4}|department|station|precinct|unit)(?: милици[ия])? ?(?:№|#|no\\.?|номер)? ?${D}+`,
    ),
  ),
  rule(
    'unit-name',
    'unit',
    `${A}${NAME}(?: ${NAME})? ${any('(?:district |city )?(?:police|department)(?: (?:station|department))?|(?:районд|шаард)\\p{L}{1,4} милиция\\p{L}{0,6}|отдел\\p{L}{0,6} милиции')}${Z}`,
  ),
  // A town has one of each, and whoever is named beside it was a patient there.
  rule(
    'place-of-care',
    'place',
    any(
      `${A}(?:наркологи(?:я|ю|и|ей|яда|ядан|яга|янын|ческ\\p{L}{2,3}|ялык)|наркодиспансер\\p{L}{0,4}|(?:туб|псих|кож|вен|онко)?-?диспансер\\p{L}{0,5}|рцн|рцпз|ргн|ргцн|спид-?центр\\p{L}{0,3}|центр\\p{L}{0,2} спид|тубдиспансер\\p{L}{0,3}|психбольниц\\p{L}{1,2}|психушк\\p{L}{1,2}|дурк[аеиу]|реабилитационн\\p{L}{2,3} центр\\p{L}{0,2}|рехаб\\p{L}{0,2}|narcology|(?:tb |drug |hiv )?dispensary|narcological (?:centre|center|clinic|hospital)|aids (?:centre|center)|rehab)${Z}`,
    ),
  ),
  rule(
    'patronymic',
    'person',
    `${A}${NAME} ${any('уулу|кызы|оглы|uulu|kyzy|ogly')}${Z}|${A}\\p{Lu}\\p{Ll}{1,40}(?:ович|евич|ьич|овн|евн|иничн|ьиничн)(?:а|у|е|ы|ой|ою|ом|ем|и|ам|ами)?${Z}`,
  ),
  rule(
    'rank-name',
    'person',
    `${A}${any(RANK)}(?: \\p{Ll}[\\p{L}-]*){0,2} (?:${INITIALS})?${NAME}(?: ${NAME}){0,2}`,
  ),
  rule('initials-name', 'person', `${A}${INITIALS}${NAME}|${A}${NAME} (?:\\p{Lu}\\.){1,2}`),
  rule(
    'sum',
    'quantity',
    any(
      `${A}(?:${NUMERAL} ){0,3}(?:сом(?:ов|а|у|ом|ду|го|дон|дук|дон)?|рубл\\p{L}{1,3}|доллар\\p{L}{0,5}|евро|тенге|soms?|dollars?|euros?)${Z}`,
    ),
  ),
  rule(
    'spelled-amount',
    'quantity',
    any(`${A}${NUMERAL}(?: с половиной| жарым| and a half)? ${TIME_UNIT}${Z}`),
  ),
  rule('quote', 'quote', `«[^»]{2,400}»|“[^”]{2,400}”|„[^“”]{2,400}[“”]|"[^"]{2,400}"`),
];

import { madeWhenAsked } from '../../kernel/made-when-asked.ts';
import type { FindType } from './find.ts';
import { HOUSE, MEASURE, MONEY, MONTHS } from './numbers-said.ts';

/** A pattern over the lower-case folded text. Group `find`, where there is one, is what is found. */
export interface StructuredRule {
  readonly rule: string;
  readonly type: FindType;
  readonly pattern: RegExp;
  /** An alphabet or a sign that no match can do without. */
  readonly needs?: RegExp;
  /** Looks at what was found; `false` lets it pass. */
  readonly holds?: (found: string) => boolean;
}

// `\b` knows ASCII letters only, so every boundary is spelled out. Every repetition is bounded and
// no two neighbours can take the same characters: no text makes a rule look again and again.
const A = '(?<![\\p{L}\\p{N}])';
const Z = '(?![\\p{L}\\p{N}])';
/** A digit, or a letter that is taken for one inside a number. */
const D = '(?:[0-9]|[oоз](?=[ -]?[0-9])|(?<=[0-9])[oо](?![\\p{L}\\p{N}]))';
const LETTER = '[a-zа-яөүң]';

const CYRILLIC = /\p{Script=Cyrillic}/u;
const LATIN = /[a-z]/;
const NEEDS: Readonly<Record<string, RegExp>> = {
  email: /@|\[at\]|\(at\)|\(собака\)/,
  underscored: /_/,
  'messenger-link': LATIN,
  host: LATIN,
  nick: LATIN,
  'nick-numbered': LATIN,
  'mac-or-imei': LATIN,
  'iban-like': LATIN,
  'date-en': LATIN,
  'date-en-words': LATIN,
  'date-ru-words': CYRILLIC,
  'date-ru': CYRILLIC,
  'date-ky-year': CYRILLIC,
  'date-ky-words': CYRILLIC,
  'date-ky-month-first': CYRILLIC,
  'date-ky-old-month': CYRILLIC,
  'date-of-month': CYRILLIC,
  'house-ky': CYRILLIC,
  microdistrict: CYRILLIC,
  'lettered-number': /\p{L}[-–][0-9]{3}|№ ?[0-9]{2,6}[-–]\p{L}/u,
};

const rule = (
  name: string,
  type: FindType,
  source: string,
  holds?: StructuredRule['holds'],
): StructuredRule => {
  // Those of all rules take a tenth of a second.
  const pattern = madeWhenAsked(() => new RegExp(source, 'gu'));
  return {
    rule: name,
    type,
    get pattern() {
      return pattern();
    },
    ...(NEEDS[name] !== undefined && { needs: NEEDS[name] }),
    ...(holds && { holds }),
  };
};

const digitsOf = (text: string) =>
  text.replaceAll(/[oо]/g, '0').replaceAll('з', '3').replaceAll(/\D/g, '');
const isMostlyDigits = (text: string) =>
  (text.match(/\d/g) ?? []).length * 2 > text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;

/** 1 or 2 for the sex, a date of birth DDMMYYYY, five digits. No check digit was ever published. */
function isPin(found: string): boolean {
  const digits = digitsOf(found);
  if (digits.length !== 14 || !/^[12]/.test(digits)) return false;
  const [day, month, year] = [digits.slice(1, 3), digits.slice(3, 5), digits.slice(5, 9)].map(
    Number,
  );
  return day! >= 1 && day! <= 31 && month! >= 1 && month! <= 12 && year! >= 1900 && year! <= 2100;
}

const MONTHS_EN =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const YEAR_RU = '(?:,? ?(?:19|20)[0-9]{2}(?: ?-?(?:г\\.?|год\\p{L}{0,2}|ж\\.?|жыл\\p{L}{0,5}))?)';
const ORDINAL_RU_STEM =
  '(?:(?:двадцать|тридцать) )?(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|тринадцат|четырнадцат|пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат|тридцат)';
const ORDINAL_RU = `${ORDINAL_RU_STEM}(?:ь?(?:ое|ого|ом|ые|ых|ая|ой|ему?|его)|ье)`;
const ORDINAL_KY =
  '(?:(?:он|жыйырма|отуз) ?)?(?:бир|эк|[үу]ч|т[өо]рт|беш|алты|жет|сегиз|тогуз|он|жыйырма|отуз)(?:[ыиуү]нч[ыиуү]|нч[ыи])';
const ORDINAL_EN =
  '(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)';
const NUMERAL_RU =
  '(?:один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|\\p{L}{2,8}надцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста)';
const NUMERAL =
  '(?:ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|н[өо]л|бир|эки|[үу]ч|т[өо]рт|беш|алты|жети|сегиз|тогуз|он|жыйырма|отуз|кырк|эл[үу]{2}|алтымыш|жетимиш|сексен|токсон|ж[үу]з|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|double)';

/** Makes and models that stand before the digits of a plate, as they are typed. */
const CARS =
  'фит|хонд|тойот|камри|мерс|мерседес|бмв|ауди|дастер|приус|лексус|ниссан|субару|матиз|некси|сонат|стрим|степвагон|спринтер|портер|жигул|девятк|восьм[её]рк|шест[её]рк|пассат|опел|мазд|дэу|нив|газел|уаз|хундай|хендай|киа|прадо|крузак|крузер|виш|одиссей|аккорд|fit|honda|toyota|camry|merc|mercedes|bmw|audi|duster|prius|lexus|nissan|subaru|matiz|nexia|sonata|stream|stepwgn|sprinter|golf|passat|opel|mazda|daewoo|niva|hyundai|kia|prado|cruiser|wish|odyssey|accord';
/** Makes and models that are hardly any other word, in whatever form; with the colour they tell whose car. */
const MAKES =
  '(?:тойот|хонд|камри|королл|рав ?4|прадо|крузак|крузер|ленд ?крузер|хайлендер|виш(?![ен])|приус|ипсум|эстим|альфард|марк ?2|чайзер|креста|спасио|харьер|секвой|фортунер|хайс|стрим(?!ер)|степвагон|степ(?![\\p{L}])|одиссе[йея]|аккорд|цивик|срв|фит(?![\\p{L}])|инсайт|элюзион|мерс(?:едес)?|спринтер|гелик|бмв|бэх|бех[аеиуой]|ауди|пассат|гольф(?![\\p{L}])|фольксваген|опел|вектр|астр[аеу](?![\\p{L}])|зафир|лексус|ниссан|альмер|тиид|кашка[йея]|патрол(?!и)|субару|форестер|аутбэк|легас[ийя]|митсубиси|паджер|делик|лансер|оутлендер|мазд|демио|сузуки|хундай|хенда[йея]|хюнда[йея]|сонат|элантр|акцент(?![ае]? (?:на|в))|солярис|санта ?ф|портер|старекс|киа|спортейдж|оптим[аеуы](?![\\p{L}])|морнинг|дэу|матиз|некси|ласетт|шевроле|каптив|спарк(?![\\p{L}])|рено|логан|дастер|ситроен|пежо|шкод|октави[яиюе]|форд|фокус(?:а|е)? (?:бел|сер|черн|син)|транзит|вольво|порше|кайен|инфинити|жигул|жига|лад[аеуы](?![\\p{L}])|грант[аеуы](?![\\p{L}])|калин[аеуы] (?:бел|сер|черн|син)|приор[аеуы](?![\\p{L}])|нив[аеуы](?![\\p{L}])|волг[аеуи](?![\\p{L}])|москвич|девятк|восьм[её]рк|сем[её]рк|шест[её]рк|уазик|буханк[аеуи] (?:бел|сер|черн|зел)|газел|газик|камаз|зилок|джип|джили|чери|хавал|чанган|зикр|вояж[аеу]? (?:бел|сер|черн)|бид[иы]? |byd|zeekr|toyota|camry|corolla|honda|hyundai|mercedes|merc(?![\\p{L}])|benz|bmw|audi|volkswagen|passat|opel|lexus|nissan|subaru|forester|mitsubishi|pajero|mazda|suzuki|sonata|elantra|daewoo|matiz|nexia|chevrolet|renault|duster|citroen|peugeot|skoda|volvo|porsche|infiniti|zhiguli|lada|niva|uaz|gazelle|stepwgn|prius|prado|highlander|odyssey|sprinter|jeep|kia|tiida|almera|starex|lacetti|octavia|vectra|zafira|demio|delica|outlander|harrier|ipsum|estima|alphard)';
const COLOUR =
  '(?:(?:т[её]мно|светло)[ -]?)?(?:бел|ч[её]рн|сер|син|красн|зел[её]н|голуб|ж[её]лт|бордов|серебр|золот|беж|коричнев|вишн[её]в|тонирован|баклажан|т[её]мн|светл|мокрый асфальт|ак|кара|боз|көк|кок|кызыл|жашыл|сары|күмүш|ала|white|black|gr[ae]y|blue|red|green|silver|gold(?:en)?|yellow|brown|beige|dark|light|tinted)\\p{L}{0,9}';
/** Parts of a city that there is one of, or few, and houses that tell whose patient or whose pupil one is. */
const LANDMARK_WORD =
  '(?:(?:ж\\/?д|авто)?вокзал|филармони|ипподром|аэропорт|тэц(?![\\p{L}])|политех|медакадеми|мединститут|политехник|кнуну?(?![\\p{L}])|кнукну|бгу(?![\\p{L}])|крсу|ауца|цирк(?!уляр|улир|он)|зоопарк|ботсад|ботаническ\\p{L}{2} сад|посольств|консульств|мечет|мечит|чиркөө|синагог|мавзоле|обелиск|кинотеатр|автомойк|мойк(?:а|е|у|и)(?![\\p{L}])|шиномонтаж|пекарн|автосервис|общаг|общежити|интернат|детдом|санатори|пансионат|водохранилищ|нефтебаз|элеватор|мелькомбинат|хлебозавод|мясокомбинат|швейк|наркологи|наркодиспансер|диспансер|психушк|рцн(?![\\p{L}])|рцпз|рцпн|рцпбс|гцпбс|университет|институт(?!\\p{L}{0,2} (?:омбуд|акыйк|граждан|обществ|государ))|академи|техникум|колледж|училищ|гимназ|лице(?:й|я|е|ю|ем)(?![\\p{L}])|театр|стадион|philharmonic|railway station|bus station|airport|circus|mosque|embassy|consulate|university|college|institute|academy|racecourse|bakery|car ?wash|dormitory|hostel|narcology|dispensary)\\p{L}{0,8}';
/** Words for a part of the police that has a number, in one case each: «в отделе 6», and no «отделов». */
const STATION =
  '(?:(?:рай|гор)?отдел(?:а|е|у|ом)?|отделени(?:е|я|ю|и|ем)|опорк[аеиуо]й?|опорн(?:ый|ого|ом|ому|ым)(?: пункт(?:а|е|у|ом)?)?|пункт(?:а|е|у|ом)? (?:милиции|полиции)|таяныч пункт\\p{L}{0,6}|пост(?:а|у|е|ом|ко|то|тон|тун)?|участ(?:ок|ка|ке|ку|ком|огу|огунда|октон|окто|окко|октун)|подразделени(?:е|я|ю|и|ем)|рот(?:а|ы|е|у|ой)|взвод(?:а|е|у|ом)?|батальон(?:а|е|у|ом)?|гом(?:а|е|у|ом|до|дон|го|дун)?|б[өо]л[үу](?:м|к|г)(?:ч[өо])?\\p{L}{0,7}|башкармалы[кг]\\p{L}{0,6}|otdel(?:e|a|u)?|otdeleni[eiya]{1,2}|b[oe]l[uy]m(?:d[oe]|g[oe])?|stations?|units?|post|outpost|checkpoint|precinct|department|dept|division|squad)';
/** Behind a number: who was counted at a station, which is not its number. */
const COUNTED_THERE =
  '(?:сот(?:ок|к)|га(?![\\p{L}])|сотрудник|милиционер|полицейск|опер(?:а|ов)|задержанн|девуш|девоч|девчон|парн|реб[яё]т|наших|клиент|больных|пациент|камер|этаж|дежурн|officer|cop|people|cell|other|girl|guy)';
/** Between the parts of a number that is told in two breaths. */
const NUMERAL_GAP = '[ ,-]{1,2}(?:(?:потом|затем|дальше|далее|анан|кийин|then),? )?';
/** What says that a round number is a sum, before it. */
const SUM_BEFORE =
  '(?<!(?:сумм|деньг|денег|налич|купюр|всего|итого|около|сч[её]т|нашл|наход|получ|зарабо|долж|отда|дал|дат|взя|взыма|забр|забир|отобр|отбир|плат|требов|потреб|прос|стои|цен|штраф|долг|кредит|залог|вымог|перев[её]|снял|снят|обнал|украл|(?<!\\p{L})(?:акча|бер[деи]|алд|алып|ал[аы]|төл|тол[оө]|сура|paid|pay|gave|give|took|take|demand|ask|cost|fine|bribe|worth|sum|stole))\\p{L}{0,8}[ :,-]{1,2}(?:\\p{L}{1,12} ){0,3})';

/** Every kind of number, contact and date, the surer before the wider. */
export const STRUCTURED_RULES: readonly StructuredRule[] = [
  rule(
    'email',
    'email',
    '(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64} ?(?:@|\\[at\\]|\\(at\\)|\\(собака\\)) ?[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,6}',
  ),
  rule('url', 'url', '(?:https?://|www\\.)[^\\s<>«»"]{1,2000}'),
  rule(
    'messenger-link',
    'url',
    `${A}(?:t\\.me|wa\\.me|vk\\.com|ok\\.ru|fb\\.com|instagram\\.com|facebook\\.com|tiktok\\.com)/[^\\s<>«»"]{1,500}`,
  ),
  rule(
    'nick',
    'handle',
    `(?<![\\p{L}\\p{N}@])(?<!@ )(?=[a-z0-9._]{0,64}[0-9_])(?=[a-z0-9._]{0,64}[a-z]{2})[a-z][a-z0-9]{0,31}(?:[._][a-z0-9]{1,31}){1,5}${Z}`,
    (found) => !/^(?:www|no|kv|apt)\./.test(found) && !/\.(?:kg|ru|com|org|net)$/.test(found),
  ),
  rule(
    'nick-numbered',
    'handle',
    `${A}[a-z]{3,24}[0-9]{2,8}${Z}`,
    (found) =>
      !/^(?:covid|iphone|redmi|note|galaxy|samsung|gom|rovd|school|mp|id|kg|an)\d/.test(found),
  ),
  rule(
    'host',
    'url',
    `${A}[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){0,5}\\.(?:kg|ru|com|org|net|info|me|kz|uz)(?:/[^\\s<>«»"]{0,500})?${Z}`,
  ),
  rule('handle', 'handle', '(?<![\\p{L}\\p{N}@])@ ?[\\p{L}\\p{N}_.]{2,64}'),
  rule(
    'nick-in-network',
    'handle',
    `${A}(?:ник|никнейм|логин|инста|инстаграм|телега|telegram|username|insta|instagram|facebook|фейсбук\\p{L}?)\\s{0,2}[:—-]\\s{0,2}(?<find>[\\p{L}\\p{N}_.-]{3,64})`,
  ),
  rule('underscored', 'handle', `${A}[\\p{L}\\p{N}]{2,32}(?:_[\\p{L}\\p{N}]{1,32}){1,6}${Z}`),
  rule('pin', 'pin', `(?<![0-9])[12](?:[ ./-]?${D}){13}(?![0-9])`, isPin),
  rule('long-number', 'pin', `(?<![0-9])[0-9](?:[ ./-]{0,2}${D}){12,40}(?![0-9])`),
  rule('card-or-account', 'number', '(?<![0-9])[0-9]{4}(?:[ -][0-9]{4}){3}(?![0-9])'),
  rule(
    'document',
    'document',
    `${A}(?:id|an|ac|ас|ан|ре|pe|ид|мк|ак|kgz|кgz)[ №#:.n-]{0,4}${D}{6,9}${Z}`,
  ),
  rule(
    'document-named',
    'document',
    `${A}(?:паспорт|удостоверени|свидетельств|военник|загран|passport|licen[cs]e|күбөл[үу]г|id-карт|id card|badge|жетон|нагрудн\\p{L}{1,4} знак)\\p{L}{0,8}(?:[ :,№#.-]{0,4}(?:сери\\p{L}{1,3}|номер\\p{L}{0,3}|no|is|with|number|личности|водительск\\p{L}{2,4}|болгон)){0,3}[ :,№#.-]{0,4}(?<find>[a-zа-я]{0,3}[ №#-]{0,3}[0-9][0-9 -]{2,12}[0-9])`,
  ),
  rule('iban-like', 'number', `${A}[a-z]{2}[0-9]{10,30}${Z}`),
  rule('mac-or-imei', 'number', `${A}[0-9a-f]{2}(?::[0-9a-f]{2}){5}${Z}`),
  rule(
    'plate-2015',
    'plate',
    `${A}[0-9oо]{2}[ -]?(?:kg|кг|кg|kг)[ -]?[0-9]{2,4}[ -]?${LETTER}{1,3}${Z}`,
  ),
  rule(
    'plate-2015-kg-first',
    'plate',
    `${A}(?:kg|кг)[ -]?[0-9]{2}[ -]?[0-9]{2,4}[ -]?${LETTER}{1,3}${Z}`,
  ),
  rule(
    'plate-2015-digits',
    'plate',
    `${A}0[1-9oо]?[ -]?(?:kg|кг)[ -]?[0-9]{2,3}[ -][0-9]{2,3}${Z}`,
  ),
  // «7 7 1 2 KG», «0 9 k g 0 0 9»: a kilogram is never counted digit by digit.
  rule(
    'plate-spaced',
    'plate',
    `(?<![0-9]|(?:вес|весит|весил|весом|масса|салмагы) )[0-9oо](?: [0-9oо]){1,5} ?[kк] ?[gг](?![\\p{L}])(?: ?[0-9](?![0-9])){0,4}(?: ?${LETTER}(?![\\p{L}])){0,3}${Z}`,
  ),
  // «камри серая 5632»: of the number only what everybody remembers.
  rule(
    'plate-of-car',
    'plate',
    `${A}(?:${CARS})\\p{L}{0,3}(?: (?!(?:за|на|по|в|с|и|из|или|около|about|for|at|in)(?![\\p{L}]))[\\p{L}][\\p{L}\\p{N}]{1,11}){0,2} (?:номер\\p{L}{0,3} )?(?<find>(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,4}(?! ?${MEASURE})(?:[ -]?${LETTER}{1,3}(?![\\p{L}]))?)${Z}(?! ?${MEASURE})`,
  ),
  // «в машине 884 АСТ»: three digits and letters are a plate beside a word for a car only.
  rule(
    'plate-of-car',
    'plate',
    `${A}(?:vehicles?|cars?|plates?|машин\\p{L}{0,4}|авто(?:мобил\\p{L}{1,4})?|унаа\\p{L}{0,4}|тачк\\p{L}{1,2})(?: номер\\p{L}{0,3}| number| plate){0,2} (?<find>(?!(?:19|20)[0-9]{2} )[0-9]{3,4} ?(?!${MEASURE})${LETTER}{3})${Z}`,
  ),
  rule('plate-2015-cut', 'plate', `${A}0[1-9oо]?[ -]?(?:kg|кг)[ -]?[0-9]{2,4}${Z}`),
  rule(
    'plate-1994',
    'plate',
    `${A}${LETTER}[ -]?[0-9]{4}[ -]?${LETTER}{1,2}${Z}`,
    (found) => !/\d{4} [жгвсикуя]$/u.test(found) && !/^[вскуоияжa] (?:19|20)/u.test(found),
  ),
  rule(
    'plate-soviet',
    'plate',
    `${A}${LETTER}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?${LETTER}{2}${Z}`,
    (found) => !/^[вскуоия] /u.test(found),
  ),
  rule(
    'plate-russian',
    'plate',
    `${A}${LETTER}[ -]?[0-9]{3}[ -]?${LETTER}{2}(?: ?[0-9]{2,3})?${Z}`,
    (found) => !/^[вскуоияa] \d/u.test(found),
  ),
  rule(
    'plate-named',
    'plate',
    `${A}(?:бортов\\p{L}{2,3}(?: номер\\p{L}{0,3})?|гос\\.? ?-?номер\\p{L}{0,3}|гос\\.? ?знак\\p{L}{0,3}|г/н|госномер\\p{L}{0,3}|номерн\\p{L}{2,3} знак\\p{L}{0,3}|номер\\p{L}{0,3} (?:машин\\p{L}|авто\\p{L}{0,9}|унаа\\p{L}{0,6})|(?:машин|авто|унаа|такси|бус)\\p{L}{0,8}(?: (?:с|под|за))? номер\\p{L}{0,3}|(?:унаанын|машинанын) номери|(?:licen[cs]e |number )?plates?|registration)[ :,№#-]{1,3}(?:номер\\p{L}{0,3} |number |is |reads? )?(?<find>${LETTER}{0,3}[ -]?[0-9]{2,6}(?:[ -]?${LETTER}{1,3}(?![\\p{L}]))?(?:[ -]?[0-9]{1,4})?)`,
  ),
  rule(
    'register-number',
    'number',
    `${A}(?:еруп|ерпп|жук|куп|куи|кусп|журнал\\p{L}{0,3}|протокол\\p{L}{0,4}|дел[оау]|материал\\p{L}{0,2}|талон\\p{L}{0,3}|постановлени\\p{L}{1,2}|иш|case|file|record|report|protocol)\\s?(?:№|no\\.?|#|n)\\s?(?<find>[\\p{L}\\p{N}][\\p{L}\\p{N}/-]{1,30})`,
  ),
  rule(
    'medical-record',
    'number',
    `${A}(?:мед(?:ицинск\\p{L}{2,3} )?-?карт\\p{L}{0,5}|амбулаторн\\p{L}{2,3} карт\\p{L}{0,3}|истори\\p{L}{1,2} болезни|оору(?:нун)? тарых\\p{L}{0,6}|medical (?:card|record|file|chart)|(?:case |medical |patient )history)(?:[ :,]{1,2}(?:№|no|номер\\p{L}{0,4}|number|is|болгон)){0,2}[ :№#.]{0,3}(?<find>(?:\\p{L}[-/ ]?)?[0-9][\\p{N}/-]{1,16})${Z}`,
  ),
  rule('phone', 'phone', `(?<![0-9])\\+ ?${D}(?:[ .()-]{0,3}${D}){8,14}(?![0-9])`),
  rule('phone-996', 'phone', `(?<![0-9])(?:00)?996(?:[ .()-]{0,3}${D}){9}(?![0-9])`),
  rule(
    'phone-trunk',
    'phone',
    `(?<![0-9])[0oо][ .-]?\\(?[0-9oо]{3,5}\\)?(?:[ .-]{0,3}${D}){4,6}(?![0-9])`,
    (found) => isMostlyDigits(found) && digitsOf(found).length >= 9 && digitsOf(found).length <= 11,
  ),
  rule(
    'phone-bare',
    'phone',
    `(?<![0-9])\\(?[2-9][0-9]{2}\\)?(?:[ .-]{1,3}[0-9]{2,3}){2,3}(?![0-9])(?! ?${MONEY})`,
    (found) => digitsOf(found).length === 9,
  ),
  rule(
    'date-iso',
    'date',
    '(?<![0-9])(?:19|20)[0-9]{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])',
  ),
  rule(
    'date-dotted',
    'date',
    `(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01]) ?[-./] ?(?:0?[1-9]|1[0-2]) ?[-./] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])(?: ?(?:г\\.?р?\\.?|года рождения|г|ж\\.?)(?![\\p{L}]))?`,
  ),
  rule(
    'date-american',
    'date',
    '(?<![0-9])(?:0?[1-9]|1[0-2])/(?:[12][0-9]|3[01])/(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])',
  ),
  rule(
    'date-day-month',
    'date',
    `(?<![0-9.])(?:0[1-9]|[12][0-9]|3[01])\\.(?:0[1-9]|1[0-2])(?![0-9.:])`,
  ),
  rule(
    'date-ky-year',
    'date',
    `${A}(?:19|20)[0-9]{2} ?-? ?(?:жыл\\p{L}{0,5}|ж\\.?) ?,?(?:[0-9]{1,2} ?-? ?(?:чы|чи|чу|чү)?(?: ?[-–] ?[0-9]{1,2})? ?[-–]? ?(?:${MONTHS})|(?:${MONTHS}) ?\\p{L}{0,5} [0-9]{1,2}\\p{L}{0,5})`,
  ),
  rule(
    'date-ru',
    'date',
    `${A}[0-9]{1,2}(?: ?-?(?:го|е|ое|ого|му|ом|х|чы|чи|чу|чү))?(?: ?(?:-|,|и|по|на|до) ?[0-9]{1,2}(?:-?(?:го|е|ое))?){0,3} ?-? ?(?:${MONTHS})${YEAR_RU}?(?![\\p{L}])`,
  ),
  rule(
    'date-ru-words',
    'date',
    `${A}(?:${ORDINAL_RU} (?:на|по|и) )?${ORDINAL_RU} (?:${MONTHS})${YEAR_RU}?(?![\\p{L}])`,
  ),
  rule(
    'date-ky-words',
    'date',
    `${A}(?:${ORDINAL_KY} (?:${MONTHS})(?: ${ORDINAL_KY}г[ае])?|(?:январ|феврал|март|апрел|май|июн|июл|август|сентябр|октябр|ноябр|декабр)\\p{L}{0,6}(?:[ындтиуү]{2,3}н) (?:[0-9]{1,2}\\p{L}{0,5}|${ORDINAL_KY}\\p{L}{0,6}))(?![\\p{L}])(?! (?:р?ииб|район|ровд|рувд|көч|коч|проспект|айыл))`,
  ),
  rule(
    'date-ky-month-first',
    'date',
    `${A}(?:январ|феврал|март|апрел|май|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:ь|дын|тын|дин|тин)? ?(?:айынын )?[0-9]{1,2}(?: ?-?(?:ын|ин|ун|үн|сын|син|нда|нде|чы|чи|ында|инде|унда|үндө)\\p{L}{0,3})?(?![\\p{L}0-9])`,
  ),
  rule(
    'date-ky-old-month',
    'date',
    `${A}(?:бирдин айы|үчтүн айы|жалган куран|чын куран|бугу|кулжа|теке|баш оона|аяк оона|тогуздун айы|жетинин айы|бештин айы)(?:нын|нун)? [0-9]{1,2}\\p{L}{0,5}`,
  ),
  rule(
    'date-en',
    'date',
    `${A}(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?(?: ?[-–] ?[0-9]{1,2}(?:st|nd|rd|th)?)?(?: of)? ${MONTHS_EN}(?:\\.?,? ?(?:19|20)[0-9]{2})?${Z}|${A}${MONTHS_EN}\\.? (?:the )?[0-9]{1,2}(?:st|nd|rd|th)?(?:,? ?(?:19|20)[0-9]{2})?${Z}`,
  ),
  rule(
    'date-en-words',
    'date',
    `${A}(?:(?:the )?${ORDINAL_EN} (?:to|and) )?(?:the )?${ORDINAL_EN}(?: of)? ${MONTHS_EN}(?:,? ?(?:19|20)[0-9]{2})?${Z}|${A}${MONTHS_EN} (?:the )?${ORDINAL_EN}${Z}`,
  ),
  rule(
    'date-of-month',
    'date',
    `${A}(?<find>[0-9]{1,2}(?: ?-?го)?|${ORDINAL_RU}) числа${Z}|${A}(?:числ\\p{L}) (?<find2>[0-9]{1,2}(?: ?-?го)?)${Z}|${A}(?<find3>${ORDINAL_KY}|[0-9]{1,2}(?:-?(?:чы|чи|чу|чү))?)[ -]числ[оа]\\p{L}{0,3}${Z}`,
  ),
  rule(
    'birth-year',
    'date',
    `${A}(?<find>(?:19|20)[0-9]{2}) ?-?(?:г\\.? ?р(?:ожд\\p{L}{0,4})?(?:\\.|(?![\\p{L}]))|года рождения|г\\. рождения|год рождения|жылы туулган|ж\\. ?т(?:уулган)?\\.?(?![\\p{L}]))|${A}(?:born(?: in)?|b\\.|туулган жылы|год рождения|year of birth|родил\\p{L}{2,4} в|г\\.?р\\.?:?|year of birth:?) (?<find2>(?:19|20)[0-9]{2})`,
  ),
  rule(
    'clock',
    'time',
    `(?:(?<=(?:(?<!\\p{L})(?:в|около|к|после|до|саат|at)) )(?:[01]?[0-9]|2[0-3])\\.[0-5][0-9](?!\\.?[0-9])(?! ?(?:тыс|млн|сом|руб|кг|г(?!\\p{L})|%)))|(?<![0-9:.])(?:[01]?[0-9]|2[0-3])(?:[:]|[.](?=[0-5][0-9] ?(?:час|ч(?![\\p{L}])|до|-|саат|де|да|дө|дон|ден|дан)))[0-5][0-9](?::[0-5][0-9])?(?: ?[ap]\\.?m\\.?)?(?![0-9:])|${A}[0-9]{1,2} ?[ap]\\.?m\\.?${Z}|${A}[0-9]{1,2} ?(?:ч|час\\p{L}{0,3})\\.? ?[0-9]{1,2} ?мин\\p{L}{0,3}${Z}`,
  ),
  rule('phone-spaced', 'phone', `(?<![0-9])[0-9](?:[ .-][0-9]){5,15}(?![ .-]?[0-9])`),
  rule('phone-nine', 'phone', `(?<![0-9])[2-9][0-9]{8}(?![0-9])`),
  rule('landline', 'phone', `(?<![0-9./-])[0-9]{2,3}-[0-9]{2}-[0-9]{2}(?![0-9/-])`),
  rule(
    'phone-named',
    'phone',
    `${A}(?:тел|телефон|моб|сот|сотк|номер|ном|ватсап|вотсап|whatsapp|phone|call|tel|mobile|number|звонить|позвон|звон|чал|набра|линия)\\p{L}{0,8}\\.?[^\\p{N}\\n]{0,24}?(?<find>[0-9][0-9 ()-]{3,16}[0-9])(?! ?${MONEY})`,
    (found) => digitsOf(found).length >= 5,
  ),
  rule(
    'numbered',
    'number',
    `${A}(?:номер\\p{L}{0,5}|number|history number|no\\.)[ :,№#]{1,3}(?<find>(?:\\p{L}[-/])?[0-9][\\p{N}/-]{2,16})${Z}(?! ?${MONEY})|(?:№|#) ?(?<find2>[0-9]{4,16})${Z}`,
    (found) => !/^[0-9]{9,}$/.test(found),
  ),
  // «номер справки 1127/б», "paper n 3381"
  rule(
    'number-of-paper',
    'number',
    `${A}(?:номер\\p{L}{0,3} (?:справк|заявлени|протокол|дел|карт|удостоверени|жалоб|обращени|расписк|талон|квитанци|чек|приказ|постановлени)\\p{L}{0,4}|(?:справк|расписк|талон|квитанци|больничн|кагаз|paper|certificate|receipt|ticket|protocol)\\p{L}{0,4}(?: (?:номер|номери|no\\.?|n|number)|,? ?(?:№|#)))[ :,]{0,2}(?<find>[0-9][\\p{N}]{1,15}(?:[/-][\\p{L}\\p{N}]{1,6}){0,3})${Z}(?! ?${MEASURE})`,
  ),
  rule(
    'phone-mixed',
    'phone',
    `(?<![0-9])(?:\\+ ?)?[0-9]{1,4}(?:[ ,-]{1,2}(?:${NUMERAL}|[0-9]{1,9})){4,20}${Z}(?! ?${MONEY})`,
    (found) => /\p{L}/u.test(found),
  ),
  rule(
    'phone-in-words',
    'phone',
    `${A}(?:${NUMERAL}(?:[ ,-]{1,2}${NUMERAL}){5,20}|(?:ноль|нуль|н[өо]л|zero)(?:[ ,-]{1,2}${NUMERAL}){3,20})${Z}(?! ?${MEASURE})`,
  ),
  rule(
    'phone-partly-in-words',
    'phone',
    `${A}(?:тел\\p{L}{0,8}|номер\\p{L}{0,3}|phone|number) [^\\n]{0,16}?(?<find>${NUMERAL}(?:${NUMERAL_GAP}(?:${NUMERAL}|[0-9]{1,9})){3,20})${Z}(?! ?${MEASURE})`,
  ),
  // «664 000» may be the end of a telephone number; where nothing says that it is a sum, somebody is asked.
  rule(
    'round-number',
    'number',
    `${SUM_BEFORE}(?<![0-9]|[0-9][ .,-])[1-9][0-9]{2}[ .-]000(?![0-9]|[ .-][0-9])(?! ?${MEASURE}|,? (?:отобр|отобир|забр|забир|взял|взят|украл|требов))`,
  ),
  rule(
    'microdistrict',
    'address',
    `${A}[0-9]{1,2}(?: ?-?(?:й|ый|ой|м|ом|го|чи|чү|чу|чы))? ?-? ?(?:мкр|микрорайон|кичи ?район|микро|лини[яию](?! оборон))\\p{L}{0,6}\\.?(?:[ ,]{1,3}(?:д|дом)?\\.? ?${HOUSE})?|${A}(?:мкр|микрорайон|кичи район)\\p{L}{0,3}\\.? ?(?:№ ?)?[0-9]{1,2}(?![0-9])(?:[ ,]{1,3}(?:д|дом)?\\.? ?${HOUSE})?`,
  ),
  rule('house-ky', 'address', `${A}${HOUSE} ?-? ?(?:үй|уй|батир|подъезд|квартира)\\p{L}{0,8}`),
  rule(
    'house-number-in-words',
    'address',
    `${A}(?:дом|д\\.|үй|к[өо]ч[өо]с[үу]|house|building) ?№? ?(?<find>${NUMERAL}(?: ${NUMERAL}){0,3})${Z}(?! ?(?:${MONEY}|раз|раза|жол))`,
  ),
  // «кабинет 217», «бригада 14»: with the day, the one who sat there.
  rule(
    'room-or-crew',
    'number',
    `${A}(?:кабинет\\p{L}{0,3}|каб|палат\\p{L}{0,3}|бригад\\p{L}{0,5}|позывн\\p{L}{2,4}|экипаж\\p{L}{0,5}|патрул\\p{L}{0,5}|crews?|patrols?|units?|brigade|call ?sign|(?<!(?:microsoft|ms|майкрософт) )office|ward)\\.?[ :,]{1,2}(?:№|#|номер|no\\.?|n|number)? ?(?<find>[0-9]{1,4}(?:[-/][0-9]{1,3})?)${Z}(?! ?${MEASURE})|${A}(?<find2>[0-9]{1,4}) ?-? ?(?:кабинет|бригад|экипаж)`,
  ),
  rule(
    'market-row',
    'place',
    `${A}(?:проход|контейнер|бутик|row|container)\\p{L}{0,3} ?№? ?(?<find>[0-9]{1,4})${Z}|${A}(?<find2>[0-9]{1,4})(?: ?-?(?:й|м|ом|чи|чү|чу|чы))?[ -]?(?:проход|контейнер|бутик|катар)`,
  ),
  rule(
    'house',
    'address',
    `${A}(?:дом|д|кв|квартир|корп|корпус|подъезд|блок|стр|участок(?! (?:№ ?)?[0-9]{1,3} (?:милиц|полиц|сот|га(?![\\p{L}])|сотрудник))|линия|house|apartment|apt|flat|room|building|bldg?|plot|entrance|үй|батир)(?:\\p{L}{0,3})?\\.?,? ?(?:(?:№|номер\\p{L}{0,2}|number|no\\.?) ?)?${HOUSE}${Z}(?:(?<=(?:flat|apt|apartment)\\.? ?[0-9]{1,4}), [0-9]{1,4}(?= \\p{L}))?`,
    (found) => !/^(?:дом|үй)\p{L}+ \d{1,2}$/u.test(found) || /^дом[аеу]? \d/u.test(found),
  ),
  // «ул. 12, участок 340», "at 113 bokonbaev": a street that has a number, and a number before one.
  rule(
    'house',
    'address',
    `${A}(?:ул\\.|улица|street|st\\.) ?(?:№ ?)?[0-9]{1,3}(?=[ ]?(?:[,;]|$))|${A}(?<=(?:^|[^\\p{L}])at )[0-9]{1,4}[a-z]?(?= \\p{L}{5,}[ ]?(?:[,.;]|$))(?! ?${MEASURE})`,
  ),
  rule(
    'house-in-words',
    'address',
    `${A}(?:жив|прожива|прописан|зарегистрирован|снима)\\p{L}{0,4} (?:на|по) (?:ул\\.? |улице )?(?<find>\\p{L}{3,30} ${NUMERAL_RU}(?: ${NUMERAL_RU}){0,3})${Z}`,
  ),
  rule(
    'unit-ordinal',
    'unit',
    `${A}(?:${ORDINAL_RU}|${ORDINAL_KY}|[0-9]{1,2}(?: ?-?(?:й|ый|ой|м|ом|го|ого|чы|чи|чу|чү))?) ?-? ?(?:(?:гом|уом|упм|опм|отделени\\p{L}{1,2} милиции)\\p{L}{0,4}|участк(?:а|у|ом|е)(?! (?:земл|дорог|пут))|участковы\\p{L}{1,3} пункт\\p{L}{0,4})${Z}`,
  ),
  // «в отделе 6», «в 17-м отделении», «11 бөлүмдө», "at station 11": no word of the police beside it.
  rule(
    'police-unit',
    'unit',
    `${A}${STATION}(?:,? (?:милици|полици|police)\\p{L}{0,4})?\\.?[ -]{0,2}(?:(?:№|#|номер\\p{L}{0,3}|number|num|no\\.?|n) ?)?(?:[0-9]{1,4}(?:-?[а-гa-d])?|${NUMERAL})${Z}(?![.:,/-]?[0-9])(?! ?${MEASURE}| ${COUNTED_THERE})`,
  ),
  rule(
    'police-unit',
    'unit',
    `(?<![\\p{L}\\p{N}.:,/-])(?![2-4] (?:отдела|поста|участка|отделения|взвода|батальона)${Z})(?:№ ?)?[0-9]{1,3}(?: ?- ?)?(?:[иыоая]?й|[ое]?му?|[ое]?го|[еяю]|[ео]й|ая|ую|ое|н?ч[ыиуү]|st|nd|rd|th)?(?: ?- ?| )(?:(?:police|рай|гор|милиция|шаардык|райондук)\\p{L}{0,5} )?${STATION}${Z}|${A}(?:${ORDINAL_RU_STEM}\\p{L}{1,4}|${ORDINAL_KY}|${ORDINAL_EN}) (?!(?:пост|post|units|stations|участ)${Z})${STATION}${Z}`,
  ),
  rule(
    'numbered-institution',
    'place',
    `${A}(?:школ|гимнази|лице|больниц|поликлиник|гкб|цсм|фмц|детсад|детск\\p{L}{2,3} сад|роддом|аптек|колони|ик|общежити|гсв|оорукана|мектеп|дарыкана|school|hospital|clinic|pharmacy|colony|kindergarten|dormitory)\\p{L}{0,6}\\.? ?(?:№|#|no\\.?|номер)? ?(?<find>[0-9]{1,3})(?![0-9.,:])(?! ?${MONEY})|${A}(?<find2>(?:№ ?)?[0-9]{1,3})(?: ?-?(?:чи|чү|чу|чы|й|ой|ая|ю|ую))?[ -](?:мектеп|оорукан|дарыкан|үй-бүлөлүк|гимнази|лице|бала бакча|школ|больниц|поликлиник|детсад|детском|садик|общежити|аптек)`,
  ),
  rule(
    'long-digits',
    'number',
    `(?<![0-9])[0-9](?:[ .()/-]?[0-9]){4,40}(?![0-9])(?! ?${MONEY})`,
    (found) =>
      !/^[1-9]\d[05]00$/.test(found) &&
      !/^(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d$/.test(found) &&
      !/^\d{1,3}(?:[ .]000)+$/.test(found),
  ),
  rule(
    'numbered-paper',
    'number',
    `${A}(?:вх|исх|кир|чыг|рег|протокол\\p{L}{0,2}|приказ\\p{L}{0,2})\\.? ?№? ?(?<find>[0-9][\\p{N}/-]{1,20})${Z}|№ ?(?<find2>[0-9][\\p{N}/-]{2,20})${Z}`,
  ),
  // «чёрная тойота камри», «унаасы кара хонда стрим», "a silver honda fit"
  rule(
    'car-make',
    'plate',
    `${A}(?:${COLOUR},? )?${MAKES}\\p{L}{0,4}(?:-\\p{L}{2,8})?(?: ${MAKES}\\p{L}{0,4}| (?:фит|виш|стрим|гольф|аккорд|fit|wish|stream|golf|accord|cruiser|logan|civic|e ?200|w ?\\d{3}|x ?\\d))?(?:,? ${COLOUR})?${Z}`,
  ),
  rule('landmark-word', 'place', `${A}${LANDMARK_WORD}${Z}`),
  // "By number 42a", «у номера 24»: whatever has a number that people say, a house as often as not.
  rule(
    'number-said',
    'number',
    `${A}(?:номер(?:а|е|у|ом|и|инде|деги)?|number|num|no\\.)[ :]{1,2}(?<find>[0-9]{2,4} ?(?:[а-гa-d](?![\\p{L}]))?|[0-9][а-гa-d])${Z}(?![.:/-]?[0-9])(?! ?${MEASURE})|${A}(?:by|at|near|outside|behind|opposite|beside|у|около|возле|напротив|за) (?:номер\\p{L}{0,2}|number|no\\.?) (?<find2>[0-9]{1,4})${Z}(?! ?${MEASURE})`,
  ),
  // «карта 1220», «төш белгиси БШ-0680», «жетон 77»
  rule(
    'number-of-card',
    'number',
    `${A}(?:карт(?:а|ы|е|у|ой|асы|асынын|анын|ам|очка|очки|очку)|card|chart|жетон\\p{L}{0,5}|бляха|бляхи|значок|значка|белгиси\\p{L}{0,4}|t[oö]sh belgi\\p{L}{0,3}|badge|токен\\p{L}{0,3})(?:[ :,№#]{1,3}(?:номер\\p{L}{0,4}|number|no\\.?|num|n|is|was|болгон)){0,2}[ :,№#-]{1,3}(?<find>(?:\\p{L}{1,4}[ /-]{0,2})?[0-9][0-9/-]{1,9}(?:-?\\p{L}{1,3}(?![\\p{L}]))?)${Z}(?! ?${MEASURE})`,
    (found) => !/^(?:за|на|и|по|в|с|из|до|от|for|and|of|in|at|да)[ /-]/.test(found),
  ),
  // «БШ-0680»: letters that are joined to a number.
  rule(
    'lettered-number',
    'number',
    `${A}(?!(?:ст|п|ч|гл|форма)[-–])\\p{L}{1,4}[-–][0-9]{3,8}${Z}(?! ?${MEASURE})|№ ?[0-9]{2,6}[-–]\\p{L}{1,2}${Z}`,
  ),
  // A month by itself: with the case's site it is often the one day that the police know.
  rule(
    'month',
    'date',
    `${A}(?:январ\\p{L}{1,6}|феврал\\p{L}{1,6}|март(?:а|е|у|ом|ы|та|тын|тан|ында)?|апрел\\p{L}{1,6}|ма(?:я|е|ем|йда|йдын|йдан|йында)|июн\\p{L}{1,6}|июл\\p{L}{1,6}|август\\p{L}{0,6}|сентябр\\p{L}{1,6}|октябр(?:ь|я|е|ю|ем|да|дын|дан|ында)(?! (?:шаардык |райондук )?(?:р?ииб|бшииб|шииб|р[уо]вд|овд|увд|гом|б[өо]л[үу]м|отдел|милиц|район|проспект|к[өо]ч[өо]|айыл))|ноябр\\p{L}{1,6}|декабр\\p{L}{1,6}|january|february|april|june|july|august|september|october|november|december|(?<=(?:in|of|since|until|last|early|late|mid|this|next) )(?:march|may))${Z}`,
  ),
  // Whatever number is left: sums, counts, ages, years and articles of law alone are told apart.
  rule(
    'bare-number',
    'number',
    `${SUM_BEFORE}(?<!(?:ст|стать\\p{L}{1,3}|берене\\p{L}{0,5}|пункт\\p{L}{0,4}|п|част\\p{L}{1,3}|ч|article|section|clause|закон\\p{L}{0,3}|кодекс\\p{L}{0,3})\\.? ?(?:№ ?)?)(?<![0-9\\p{L}.:,/-]|[0-9] |(?:microsoft|ms|майкрософт) office )(?:(?!(?:19|20)[0-9]{2}[ -]?(?:г(?![\\p{L}])|год|жыл|ж(?![\\p{L}])))[0-9]{3,12}|[0-9]{1,4}/[0-9]{1,4}[а-г]?)(?![0-9\\p{L}%])(?![ .,:/-][0-9])(?! ?${MEASURE})(?! (?:и|до|or|to|-|же) [0-9]+ ?${MEASURE})(?!,? (?:отобр|отобир|забр|забир|взял|взят|украл|требов|сом|акча|том|шт))`,
    (found) => !/^(?:24\/7|[1-9]0{2,})$/.test(found),
  ),
  rule('coordinates', 'place', '(?<![0-9])[3-4][0-9]\\.[0-9]{3,8}[, ]{1,3}[67][0-9]\\.[0-9]{3,8}'),
];

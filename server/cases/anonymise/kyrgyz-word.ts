import shipped from './kyrgyz-words.json' with { type: 'json' };

/** Kyrgyz stems, written as people write them; every string holds many, divided by spaces. */
export interface KyrgyzStems {
  /** Words that take no suffix, or are listed with it. */
  readonly fixed: readonly string[];
  readonly nominal: readonly string[];
  readonly verbal: readonly string[];
}

const VOWEL = '[аеоуиыэюя]';
// Letters are folded (ө→о, ү→у, ң→н, ё→е) before they come here: many keyboards lack them.
const POSSESSIVE = '(?:[ыиу]м|м|[ыиу]н|н|[сш]?[ыиу]|[ыиу]?б[ыиу]з|[ыиу]?н[ыиу]зд?[аео]?р?)';
const CASE = `(?:[ндт][ыиу]н|н[ае]н|[гк][аео]|[ндт][ыиу]|н|[аео]|на|не|но|н?[дт][аео]н?|[дт][аео]г[ыиу])`;
const PLURAL = '[лдт][аео]р';
const MAKER =
  '(?:[лдт][ыиу]к|ч[ыиу]л?[ыиу]?к?|л[уо][уо]|с[ыиу]з|[дт][аео]й|ч[аео]|л[аео]ш|[лдт]?[аео]н[уо][уо]|к[ыиу]|г[ыиу])';
const NOMINAL = `(?:${MAKER}){0,2}(?:${PLURAL})?(?:${POSSESSIVE})?(?:${CASE})?(?:${PLURAL})?(?:${CASE})?(?:[бп][ыиу])?`;
const VOICE =
  '(?:[ыиу]?л|[ыиу]?н|[ыиу]?ш|[дт][ыиу]р|[гк][ыиу]з|[гк][аео]р|[ыиу]р|т|[ыиу]шт[ыиу]р|кыла|[гк][ыиу]л[аео])';
const PERSON = '(?:м[ыиу]н|м|с[ыиу]н|н|б[ыиу]з|к|с[ыиу]з|н[ыиу]з|т|лар|лер|лор|[ыиу]з)';
const TENSE = `(?:[гк][аео]н(?:${PERSON}|${NOMINAL})?|[гк][аео][мк]|[ыиу]?п(?:т[ыиу]р)?(?:${PERSON})?|[дт][ыиу](?:${PERSON})?|с[аео](?:${PERSON})?|[аеой](?:${PERSON})?(?:б[ыиу])?|[аео]р(?:${NOMINAL})?|[бпм][аео]с(?:${NOMINAL})?(?:т[аео]н)?|[уоы]?[уо]{2}(?:${NOMINAL})?(?:ч[уы](?:${NOMINAL})?)?|м[аео]к(?:ч[уы])?|[гк][ыиу]ч[аео]|[гк][ыиу]л[аео]|[гк][ыиу]н?|ч[уы](?:${NOMINAL})?|с[ыиу]н|[аео]?й[ыиу]?н|[аео]?й[лд]?[ыиу]?(?:к)?|[аео]л[ыиу]|м[аео]й[ыиу]?н?[чс]?[аео]?|г[аео]нч[аео]|[ыиу]ш(?:${NOMINAL})|[ыиу]?м(?:${NOMINAL})|[ыиу]?нд[ыиу](?:${NOMINAL})|[ыиу]?к(?:${NOMINAL})|р)`;
const VERBAL = `(?:${VOICE}){0,3}(?:[бпм][аео])?(?:${TENSE})?(?:б[ыиу])?`;

const BACK = /[аыя]/u;
const FRONT = /[еэи]/u;

/**
 * Whether a tail may follow a stem: behind а and ы there is no е or и, and the other way. Of о and у
 * nothing can be said, for they may stand for ө and ү. So «алинур» is no form of «ал».
 */
function harmonises(stem: string, tail: string): boolean {
  const last = /[аеоуиыэюя](?=[^аеоуиыэюя]*$)/u.exec(stem)?.[0] ?? '';
  if (BACK.test(last)) return !FRONT.test(tail);
  return !FRONT.test(last) || !BACK.test(tail);
}

/**
 * Whether what is written may be one word with suffixes, as far as ө and ү show it: no а or ы stands in
 * one word with them. «Үмүткан» and «Гүлдана» are names, each of two words.
 */
export function isInHarmony(written: string): boolean {
  return !/[өү]\p{L}*[аы]|[аы]\p{L}*[өү]/u.test(written);
}

/** What suffixes begin with behind a voiceless consonant only (-кан, -ка, -пай), and never behind one. */
const HARD = /^[кп][аео]/u;
const SOFT = /^(?:г[аеоыиу]|д[аеоыиу]|б[аео])/u;

/**
 * Whether the first consonant of a tail agrees with the last of the stem: «турдукан» is no form of
 * «турду». What is borrowed may end in voiced consonants that sound voiceless.
 *
 * @param stem - and tail: the folded word in two.
 */
export function assimilates(stem: string, tail: string): boolean {
  // Within the tail, as in «бур-ул-кан».
  if (/[аеоуиылмнрй]к[ае]н/u.test(tail)) return false;
  if (/[аеоуиыэюялмнрй]$/u.test(stem)) return !HARD.test(tail);
  return !/[кпстфхцчшщ]$/u.test(stem) || !SOFT.test(tail);
}

const NOMINAL_TAIL = new RegExp(`^(?:${NOMINAL})$`, 'u');
const VERBAL_TAIL = new RegExp(`^(?:${VERBAL})$`, 'u');
const ENDS_IN_VOWEL = new RegExp(`${VOWEL}$`, 'u');
/** Longer tails are no Kyrgyz suffixes but the rest of another word. */
const LONGEST_TAIL = 16;

/** Letters that keyboards without ө, ү, ң and ё leave out. */
export function foldKyrgyz(word: string): string {
  return word.replaceAll(/[өүңё]/g, (letter) => FOLDED[letter]!);
}
const FOLDED: Readonly<Record<string, string>> = { ө: 'о', ү: 'у', ң: 'н', ё: 'е' };

/**
 * Creates the judge of Kyrgyz words: a stem of the list with a chain of suffixes that harmonise, as far
 * as texts without ө and ү show it, and whose first consonant agrees with the stem's last.
 *
 * @returns whether a folded lower-case word may be an ordinary Kyrgyz one; `written` is it unfolded.
 */
export function createKyrgyzWords(
  stems: KyrgyzStems = shipped,
): (folded: string, written?: string) => boolean {
  const setOf = (lists: readonly string[]) =>
    new Set(lists.flatMap((list) => foldKyrgyz(list).split(' ')));
  const fixed = setOf(stems.fixed);
  const nominal = setOf(stems.nominal);
  const verbal = setOf(stems.verbal);

  return (word, written = word) => {
    if (fixed.has(word) || nominal.has(word) || verbal.has(word)) return true;
    if (!isInHarmony(written)) return false;
    for (let cut = Math.min(LONGEST_TAIL, word.length - 2); cut > 0; cut--) {
      const stem = word.slice(0, word.length - cut);
      const tail = word.slice(word.length - cut);
      if (!harmonises(stem, tail) || !assimilates(stem, tail)) continue;
      if (hasStem(nominal, stem, tail) && NOMINAL_TAIL.test(tail)) return true;
      if (hasStem(fixed, stem, tail) && stem.length > 2 && NOMINAL_TAIL.test(tail)) return true;
      if (hasStem(verbal, stem, tail) && VERBAL_TAIL.test(tail)) return true;
    }
    return false;
  };
}

/** Before a vowel the last п and к of a stem become б and г; a verb loses its last vowel before -уу. */
function hasStem(stems: ReadonlySet<string>, stem: string, tail: string): boolean {
  if (stems.has(stem)) return true;
  const before = tail[0]!;
  if (!/[аеоуиыэ]/u.test(before)) return false;
  if (stem.endsWith('б') && stems.has(`${stem.slice(0, -1)}п`)) return true;
  if (stem.endsWith('г') && stems.has(`${stem.slice(0, -1)}к`)) return true;
  const contracted = /^(?:уу|оо)/u.test(tail) && !ENDS_IN_VOWEL.test(stem);
  return contracted && ['а', 'е', 'о', 'ы', 'у', 'и'].some((vowel) => stems.has(stem + vowel));
}

/** A nominal tail alone: what may follow a borrowed word. */
export function isKyrgyzSuffix(folded: string): boolean {
  return folded.length <= LONGEST_TAIL && NOMINAL_TAIL.test(folded);
}

const CASE_TAIL = new RegExp(
  `^(?:${PLURAL})?(?:[ндт][ыиу]н|[гк][аео]|[ндт][ыиу]|[дт][аео]н?|ч[аео])?$`,
  'u',
);

/**
 * Whether a folded word is a stem in the plural or in a case, and of nobody: «сезимди», and neither
 * «сезими» (somebody's feeling) nor «сезимдүү» (full of it), which are no forms of a name.
 */
export function isKyrgyzFormOf(folded: string, stems: ReadonlySet<string>): boolean {
  for (let cut = 0; cut <= 8 && folded.length - cut > 1; cut++) {
    const stem = folded.slice(0, folded.length - cut);
    const tail = folded.slice(folded.length - cut);
    if (!stems.has(stem) || !CASE_TAIL.test(tail)) continue;
    if (tail === '' || (harmonises(stem, tail) && assimilates(stem, tail))) return true;
  }
  return false;
}

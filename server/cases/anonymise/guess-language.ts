import type { TextLanguage } from './lexicon.ts';

const KYRGYZ = words(
  'жана менен деп деген эле анын аны ага мен менин биз бизди бир болгон болуп үчүн учун эмес бар жок кийин алып ал алар аларды бул ошол ошондо келип кетти келди айтты айткан милициянын кызматкерлери болот экен эмне күнү куну туралуу тууралуу жерде жатат тура койгон кылып кармап кармаган берген турган',
);
const RUSSIAN = words(
  'и в не на что он она его её ее с по как к из у за от то но был была были ему ей мне меня мы они это для так же бы или уже потом когда который после до со при сотрудники сотрудник милиции сказал сказали них',
);
const ENGLISH = words(
  'the and of to in he she was were his her that they with for on at by is had from not as it who an then him them said after police',
);
function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

const KYRGYZ_ENDING =
  /\p{L}{2}(?:[аео]йт|[аео]д[ыи]|б[аеу]ды|б[аео]й|[ыиу]п|ышт[ыи]|кт[аеы]н?|нд[аеоы]н?|лд[ыиу]|рд[ыиу]|б[ыи]з|м[ыи]н)(?!\p{L})/u;

/** As much of a text is looked at as its language needs. */
const LOOKED_AT = 20_000;

/** Guesses the language of a text from its commonest words and letters. Russian when in doubt. */
export function guessLanguage(text: string): TextLanguage {
  const lower = text.slice(0, LOOKED_AT).toLowerCase();
  let [ru, ky, en] = [0, 0, 0];
  for (const [word] of lower.matchAll(/\p{L}{2,}/gu)) {
    if (KYRGYZ.has(word)) ky++;
    if (RUSSIAN.has(word)) ru++;
    if (ENGLISH.has(word)) en++;
    // A name with such a letter may stand in a Russian text; many words do not.
    if (/[өүң]/.test(word)) ky += 0.5;
    if (
      /(?:ган|ген|гон|ышты|ишти|ушту|үштү|ышкан|ишкен|лары|лери|дын|дин|нын|нин|[рлт][дт][ыиу]|уудан|ууга|уунун|гыла|гиле|байт|бойт|бейт|дары|дери|тары)$/u.test(
        word,
      )
    )
      ky += 0.4;
    if (/(?:ать|ить|ого|ему|ами|ые|ый|ся|ает|али|или)$/u.test(word)) ru += 0.4;
  }
  const latin = (lower.match(/[a-z]/g) ?? []).length;
  const cyrillic = (lower.match(/\p{Script=Cyrillic}/gu) ?? []).length;
  if (en > ru && en > ky && latin * 2 > cyrillic) return 'en';
  if (ky > ru) return 'ky';
  if (ru > 0) return 'ru';
  // A short note may have none of these: endings of Kyrgyz verbs and cases that Russian has not.
  if (KYRGYZ_ENDING.test(lower)) return 'ky';
  return latin > cyrillic ? 'en' : 'ru';
}

/** The language of every paragraph; a short one has that of the whole text. */
export function languagesOf(text: string, whole: TextLanguage): (at: number) => TextLanguage {
  const ends: number[] = [];
  const languages: TextLanguage[] = [];
  for (let from = 0; from <= text.length; ) {
    const line = text.indexOf('\n', from);
    const end = line === -1 ? text.length : line;
    ends.push(end);
    languages.push(end - from < 60 ? whole : languageOf(text.slice(from, end), whole));
    from = end + 1;
  }
  let near = 0;
  return (at) => {
    if (near > 0 && at <= ends[near - 1]!) near = 0;
    while (near < ends.length - 1 && at > ends[near]!) near++;
    return languages[near] ?? whole;
  };
}

/** Among Kyrgyz a paragraph is Russian only without any Kyrgyz letter; notes mix both. */
function languageOf(paragraph: string, whole: TextLanguage): TextLanguage {
  const guess = guessLanguage(paragraph);
  return whole === 'ky' && guess === 'ru' && /[өүң]/iu.test(paragraph) ? 'ky' : guess;
}

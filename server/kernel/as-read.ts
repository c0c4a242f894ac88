/** What most texts are made of: letters of our languages, each one character, and no mark upon them. */
const PLAIN = /^[\u0020-\u007e\n\u00a0«»“”„…–—№А-яЁёҢңӨөҮү]*$/u;
/** A letter with the marks that follow it. */
const MARKED = /(\P{M})(\p{M}+)/gu;
/** Marks that stay behind when no letter of theirs stands before them, and soft hyphens. */
const LEFT_OVER = /[\u00ad\p{M}]/gu;
/** Marks of stress. On Cyrillic letters they make none that Kyrgyz or Russian has, as ѝ or ќ. */
const STRESS = /[\u0300\u0301]/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/**
 * A text as it is read, searched for and printed: without soft hyphens, which Word leaves in what is
 * copied from it, and without marks that make no letter, as those of stress. A reader hardly sees
 * them, and words that hold them would be overlooked by whoever looks for words. The letters й and ё
 * are one character each, in whatever order their marks were typed.
 *
 * @see Unicode Standard Annex #15: a mark between a letter and its own keeps them from being composed
 */
export function asRead(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFD')
    .replace(MARKED, (_cluster, letter: string, marks: string) =>
      [...marks.normalize('NFD')].reduce(withMark, letter),
    )
    .normalize('NFC')
    .replace(LEFT_OVER, '');
}

/** The letter with a mark, where the two are one letter; else without it. */
function withMark(letter: string, mark: string): string {
  if (STRESS.test(mark) && CYRILLIC.test(letter)) return letter;
  const composed = (letter + mark).normalize('NFC');
  return [...composed].length === 1 ? composed : letter;
}

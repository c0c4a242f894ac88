/**
 * Any character but those that Noto Serif has in every style (as `fc-query` tells of version 2.x in Debian's
 * fonts-noto-core): Latin, Greek and Cyrillic with their signs, numero sign, quotes, dashes and
 * currencies. No pictographs, arrows or mathematical signs.
 */
const UNPRINTABLE =
  /[^\u0020-\u007e\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03e1\u03f0-\u052f\u1c80-\u1c88\u1e00-\u1eff\u2010-\u2027\u202f-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2100-\u215f\t\n\r]/u;

/**
 * The first character of a text that the font of letters lacks, as `U+1F642`; null where it has all.
 * Chromium would mix in another font for it, or leave it out without a word.
 */
export function unprintable(text: string): string | null {
  const [character] = UNPRINTABLE.exec(text.normalize('NFC')) ?? [];
  if (character === undefined) return null;
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

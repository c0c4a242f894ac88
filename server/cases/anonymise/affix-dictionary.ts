/** Decides whether a lower-case word (ё written as е) is in a dictionary, in any of its forms. */
export type KnowsWord = (word: string) => boolean;

interface Affix {
  readonly flag: string;
  readonly strip: string;
  readonly fits: RegExp | null;
}

/**
 * Reads a dictionary in Hunspell's format (hunspell(5)): words with flags, and the affixes that a
 * flag grants. Only what dictionaries of Russian and English use is read: one prefix and one suffix,
 * no compounds. Capitalised entries are names and count as unknown.
 */
export function readAffixDictionary(files: { aff: string; dic: string }): KnowsWord {
  const suffixes = readAffixes(files.aff, 'SFX');
  const prefixes = readAffixes(files.aff, 'PFX');
  const words = readWords(files.dic);
  const longest = Math.max(0, ...[...suffixes.keys()].map((ending) => ending.length));
  const longestStart = Math.max(0, ...[...prefixes.keys()].map((start) => start.length));

  function withSuffix(word: string, prefixFlag: string): boolean {
    const granted = (flags: string | undefined, flag: string) =>
      flags?.includes(flag) && flags.includes(prefixFlag);
    if (words.get(word)?.includes(prefixFlag) === true) return true;
    for (let length = Math.min(longest, word.length - 1); length >= 0; length--) {
      const kept = word.slice(0, word.length - length);
      for (const { flag, strip, fits } of suffixes.get(word.slice(kept.length)) ?? []) {
        const stem = kept + strip;
        if (granted(words.get(stem), flag) && (fits === null || fits.test(stem))) return true;
      }
    }
    return false;
  }

  return (word) => {
    if (withSuffix(word, '')) return true;
    for (let length = Math.min(longestStart, word.length - 2); length > 0; length--) {
      for (const { flag, strip, fits } of prefixes.get(word.slice(0, length)) ?? []) {
        const stem = strip + word.slice(length);
        if ((fits === null || fits.test(stem)) && withSuffix(stem, flag)) return true;
      }
    }
    return false;
  };
}

const plain = (text: string) => text.replaceAll('ё', 'е');

function readAffixes(aff: string, kind: 'SFX' | 'PFX'): Map<string, Affix[]> {
  const affixes = new Map<string, Affix[]>();
  for (const line of plain(aff).split('\n')) {
    const [type, flag, strip, add, condition] = line.trim().split(/\s+/);
    // A line of four parts opens a group; five make a rule.
    if (type !== kind || condition === undefined) continue;
    const ending = add!.split('/')[0]!.replace(/^0$/, '');
    const pattern = kind === 'SFX' ? `(?:${condition})$` : `^(?:${condition})`;
    const fits = condition === '.' ? null : new RegExp(pattern, 'u');
    const entry = { flag: flag!, strip: strip === '0' ? '' : strip!, fits };
    const known = affixes.get(ending);
    if (known === undefined) affixes.set(ending, [entry]);
    else known.push(entry);
  }
  return affixes;
}

function readWords(dic: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const line of plain(dic).split('\n')) {
    const [word = '', flags = ''] = line.split('/');
    const first = word[0];
    if (first === undefined || first !== first.toLowerCase() || /\d/.test(first)) continue;
    const clean = word.trim();
    words.set(clean, (words.get(clean) ?? '') + flags.trim());
  }
  return words;
}

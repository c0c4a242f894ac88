/** A dictionary of lower-case words (ё written as е) in all their forms. */
export interface AffixDictionary {
  /** Whether it is a word, in any of its forms. */
  knows(word: string): boolean;
  /** The entries that it may be a form of, with no prefix taken off. */
  basesOf(word: string): readonly WordBase[];
}

/** An entry of a dictionary that a word may be a form of. */
export interface WordBase {
  readonly stem: string;
  /** The affixes that the entry takes, one letter each. */
  readonly flags: string;
}

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
export function readAffixDictionary(files: { aff: string; dic: string }): AffixDictionary {
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

  function basesOf(word: string): WordBase[] {
    const bases = new Map<string, string>();
    const whole = words.get(word);
    if (whole !== undefined) bases.set(word, whole);
    for (let length = Math.min(longest, word.length - 1); length >= 0; length--) {
      const kept = word.slice(0, word.length - length);
      for (const { flag, strip, fits } of suffixes.get(word.slice(kept.length)) ?? []) {
        const stem = kept + strip;
        const flags = words.get(stem);
        if (flags?.includes(flag) && (fits === null || fits.test(stem))) bases.set(stem, flags);
      }
    }
    return [...bases].map(([stem, flags]) => ({ stem, flags }));
  }

  function knows(word: string): boolean {
    if (withSuffix(word, '')) return true;
    for (let length = Math.min(longestStart, word.length - 2); length > 0; length--) {
      for (const { flag, strip, fits } of prefixes.get(word.slice(0, length)) ?? []) {
        const stem = strip + word.slice(length);
        if ((fits === null || fits.test(stem)) && withSuffix(stem, flag)) return true;
      }
    }
    return false;
  }

  return { knows, basesOf };
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

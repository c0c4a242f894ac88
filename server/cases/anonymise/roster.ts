import { nameKey, nameKeys } from './name-key.ts';
import type { NameKnowledge } from './names.ts';

/** Pieces of a name that many people share. */
const NO_NAME = /^(?:уулу|кызы|оглы|uulu|kyzy|ogly|von|de|ле|ул|пр|им|ст|дом|кв|г|с|р-н|мкр|д)$/u;
/** «Ли», «Ма», «Ан» are whole surnames; one letter is nobody. */
const LEAST_LENGTH = 2;

/**
 * The keys of everything that a case's own record calls people and places by: names, nicknames,
 * streets, villages. Each is met in all its forms, in either alphabet, and as its pet forms.
 */
export function rosterKeys(entries: readonly string[], names: NameKnowledge): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const entry of entries) {
    for (const [word] of entry
      .normalize('NFC')
      .toLowerCase()
      .matchAll(/[\p{L}'-]+/gu)) {
      if (word.length < LEAST_LENGTH || NO_NAME.test(word)) continue;
      for (const key of [...nameKeys(word), nameKey(word)]) {
        if (key.length < LEAST_LENGTH) continue;
        keys.add(key);
        for (const kin of names.kinOf(key)) keys.add(kin);
      }
    }
  }
  return keys;
}

const RUSSIAN_MALE = ['', 'а', 'у', 'ом', 'е'];
const HARMONY: readonly (readonly [RegExp, string, string])[] = [
  [/[аыя]/u, 'ы', 'а'],
  [/[оё]/u, 'у', 'о'],
  [/[ую]/u, 'у', 'а'],
  [/[эеи]/u, 'и', 'е'],
  [/[өү]/u, 'ү', 'ө'],
];

/**
 * The forms in which a name is met, spelled out for a search of rendered files: Russian cases of
 * both declensions, Kyrgyz cases with harmony, the English possessive. All in small letters.
 */
export function nameForms(name: string): string[] {
  const base = name.normalize('NFC').toLowerCase();
  if (/[a-z]/.test(base)) return [base, `${base}'s`, `${base}s`, `${base}'`];
  return [...new Set([base, ...russianForms(base), ...kyrgyzForms(base)])];
}

function russianForms(base: string): string[] {
  const stem = base.slice(0, -1);
  const forms = (from: string, endings: readonly string[]) =>
    endings.map((ending) => from + ending);
  if (/(?:[оеё]в|[иы]н)$/u.test(base)) return forms(base, ['а', 'у', 'ым', 'е', 'ы', 'ых', 'ыми']);
  if (/(?:[оеё]в|[иы]н)а$/u.test(base)) return forms(stem, ['ой', 'у', 'ою', 'ы', 'е']);
  if (/[сц]кий$/u.test(base))
    return forms(base.slice(0, -2), ['ого', 'ому', 'им', 'ом', 'ие', 'их']);
  if (/[сц]кая$/u.test(base)) return forms(base.slice(0, -2), ['ой', 'ую', 'ою']);
  if (base.endsWith('а')) return forms(stem, ['ы', 'и', 'е', 'у', 'ой', 'ою']);
  if (base.endsWith('я')) return forms(stem, ['и', 'е', 'ю', 'ей', 'ею']);
  if (base.endsWith('й')) return forms(stem, ['я', 'ю', 'ем', 'е', 'и']);
  // Айгуль is declined or not, Эмиль is: both are met.
  if (base.endsWith('ь')) return forms(stem, ['и', 'ью', 'я', 'ю', 'ем', 'е']);
  return /[бвгджзклмнпрстфхцчшщ]$/u.test(base) ? forms(base, RUSSIAN_MALE) : [];
}

function kyrgyzForms(base: string): string[] {
  const last = base.match(/[аоуыэеиөүяюё]/gu)?.at(-1) ?? 'а';
  const [, close, open] = HARMONY.find(([vowels]) => vowels.test(last))!;
  const vowel = /[аоуыэеиөүяюё]$/u.test(base);
  const voiceless = /[кпстфхцчшщ]$/u.test(base);
  const d = voiceless ? 'т' : 'д';
  const n = vowel ? 'н' : d;
  const plural = `${vowel ? 'л' : d}${open}р`;
  const cases = (stem: string, onset: string, hard: boolean) => [
    `${stem}${onset}${close}н`,
    `${stem}${hard ? 'к' : 'г'}${open}`,
    `${stem}${onset}${close}`,
    `${stem}${hard ? 'т' : 'д'}${open}`,
    `${stem}${hard ? 'т' : 'д'}${open}н`,
    `${stem}${hard ? 'т' : 'д'}${open}г${close}`,
  ];
  return [...cases(base, n, voiceless), base + plural, ...cases(base + plural, 'д', false)];
}

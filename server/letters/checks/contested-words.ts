import { z } from 'zod';
import { alikeAsOne } from '../../kernel/look-alikes.ts';
import { LetterError } from '../errors.ts';
import { LANGUAGES, type Language } from '../writing/language.ts';

const stem = z.string().trim().min(3).max(60);

const WORDS_SCHEMA = z.strictObject({
  version: z.literal(1),
  words: z.array(
    z.strictObject({
      lang: z.enum(LANGUAGES),
      /** Beginnings of words, in lower case; every ending counts. */
      stems: z.array(stem).min(1),
      /** Beginnings of the next word with which the words are right: «баңги заттары». */
      unlessBefore: z.array(stem).default([]),
      /** Longer beginnings with which they are right: «баңгизат». */
      unlessBegun: z.array(stem).default([]),
      severity: z.enum(['warn', 'stop']),
      /** What to write. */
      instead: z.string().trim().min(1).max(200),
    }),
  ),
});

/** A word that insults or is disputed, and what to write instead. */
export interface ContestedWord {
  readonly severity: 'warn' | 'stop';
  readonly instead: string;
}

/** The contested words that stand in a text of a language. */
export type FindContestedWords = (text: string, lang: Language) => readonly ContestedWord[];

/**
 * Checks the list of contested words as it was read from its file.
 *
 * @throws {LetterError} `LEGAL_DATA_INVALID`.
 */
export function checkContestedWords(data: unknown): FindContestedWords {
  const parsed = WORDS_SCHEMA.safeParse(data);
  if (!parsed.success) {
    throw new LetterError(
      'LEGAL_DATA_INVALID',
      'The list of contested words cannot be used: mend templates/letters/contested-words.json.',
      { cause: parsed.error },
    );
  }
  const words = parsed.data.words.map((word) => {
    const { lang, severity, instead, stems, unlessBefore, unlessBegun } = word;
    const right =
      unlessBefore.length === 0 ? '' : `(?!\\s+(?:${unlessBefore.map(literal).join('|')}))`;
    const whole = unlessBegun.length === 0 ? '' : `(?!(?:${unlessBegun.map(literal).join('|')}))`;
    const pattern = new RegExp(
      `(?<!\\p{L})${whole}(?:${stems.map(literal).join('|')})\\p{L}*(?!\\p{L})${right}`,
      'u',
    );
    return { lang, severity, instead, pattern };
  });
  return (text, lang) => {
    const read = folded(text, lang);
    return words.filter((word) => word.lang === lang && word.pattern.test(read));
  };
}

/** A text in which letters that look alike are one letter. */
function folded(text: string, lang: Language): string {
  const plain = text.normalize('NFC').replaceAll('\u00ad', '').toLowerCase();
  return lang === 'en' ? plain : alikeAsOne(plain);
}

/** A stem as a pattern of itself, folded like the text it is looked for in. */
function literal(value: string): string {
  const cyrillic = /\p{Script=Cyrillic}/u.test(value);
  return folded(value, cyrillic ? 'ru' : 'en')
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/ /g, '\\s+');
}

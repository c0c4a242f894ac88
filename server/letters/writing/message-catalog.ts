import { IntlMessageFormat } from 'intl-messageformat';
import { LetterError } from '../errors.ts';
import { LANGUAGES, type Language } from './language.ts';

/** Fills the message `key`; numbers take the plural of the language. */
export type Messages = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The texts of every language. */
export type MessageCatalogs = Readonly<Record<Language, Messages>> & {
  /** The Kyrgyz messages by key, unfilled: they count as the original and are confirmed. */
  readonly original: ReadonlyMap<string, string>;
};

/**
 * Compiles the catalogs (ICU messages, nested by topic).
 *
 * @throws {LetterError} `TEMPLATE_INVALID` for a malformed message, or when the catalogs do not have
 *   the same keys.
 * @see https://unicode-org.github.io/icu/userguide/format_parse/messages/
 */
export function compileMessages(catalogs: Readonly<Record<Language, unknown>>): MessageCatalogs {
  const flat = LANGUAGES.map((lang) => [lang, flatten(catalogs[lang], lang)] as const);
  const keys = flat.map(([, messages]) => [...messages.keys()].sort().join('\n'));
  if (new Set(keys).size !== 1) {
    throw new LetterError(
      'TEMPLATE_INVALID',
      'The message catalogs differ in their keys: every text must stand in all three languages.',
    );
  }
  const compiled = Object.fromEntries(
    flat.map(([lang, messages]) => [lang, compile(lang, messages)]),
  ) as Record<Language, Messages>;
  return { ...compiled, original: new Map(flat).get('ky')! };
}

/** What has a meaning in a message of ICU; a text without any of it stands for itself. */
const SYNTAX = /[{}']/;

function compile(lang: Language, texts: ReadonlyMap<string, string>): Messages {
  const formats = new Map<string, Pick<IntlMessageFormat, 'format'>>(
    [...texts].map(([key, text]) => {
      if (!SYNTAX.test(text)) return [key, { format: () => text }];
      try {
        // Angle brackets are text: markup belongs to templates.
        return [key, new IntlMessageFormat(text, lang, undefined, { ignoreTag: true })];
      } catch (cause) {
        throw invalid(key, lang, cause);
      }
    }),
  );
  return (key, values) => {
    const format = formats.get(key);
    if (format === undefined) throw invalid(key, lang);
    try {
      return String(format.format(values));
    } catch (cause) {
      throw invalid(key, lang, cause);
    }
  };
}

function flatten(value: unknown, lang: Language, prefix = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[prefix, value]]);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(prefix, lang);
  }
  const entries = Object.entries(value).flatMap(([key, inner]) => [
    ...flatten(inner, lang, prefix === '' ? key : `${prefix}.${key}`),
  ]);
  return new Map(entries);
}

function invalid(key: string, lang: Language, cause?: unknown): LetterError {
  return new LetterError(
    'TEMPLATE_INVALID',
    `The text ${key || '(top)'} cannot be used in the language ${lang}: mend it in templates/messages.`,
    { cause },
  );
}

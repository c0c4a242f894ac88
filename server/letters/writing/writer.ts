import type { Language, Localized } from './language.ts';
import type { MessageCatalogs, Messages } from './message-catalog.ts';
import { bindSpaces, setParagraph } from './typography.ts';

/** Writes texts in one language, ready for setting. */
export interface Writer {
  readonly lang: Language;
  /** A message of the catalog as it is, for file titles and captions drawn elsewhere. */
  readonly plain: Messages;
  /** A message as a line: bound spaces, no hyphens. */
  readonly line: Messages;
  /** A message as a paragraph. */
  readonly paragraph: Messages;
  /** A finished text as a paragraph. */
  set(text: string): string;
  /** A finished text as a line. */
  bound(text: string): string;
  /** An entered text as a line. */
  own(text: Localized): string;
  /** A number as the language groups its digits. */
  number(value: number): string;
}

/** What a writer finds its messages in. */
interface HasMessages {
  readonly messages: MessageCatalogs;
}

/** How a text becomes a line, and how a paragraph. */
interface Setting {
  bound(text: string): string;
  set(text: string): string;
}

const DIGITS: Readonly<Record<Language, Intl.NumberFormat>> = {
  ky: new Intl.NumberFormat('ky'),
  ru: new Intl.NumberFormat('ru'),
  en: new Intl.NumberFormat('en'),
};

/** Creates the writer of a language. */
export function createWriter(templates: HasMessages, lang: Language): Writer {
  // Gone with the writer: words of accounts are not kept in the memory of the process.
  const remembered = new Map<string, string>();
  return writerOf(templates, lang, {
    bound: bindSpaces,
    set: (text) => setParagraph(text, lang, remembered),
  });
}

/**
 * Creates a writer that leaves texts as they are said, without what only a printed line needs: for
 * whoever compares what is said, which is done for every language of every letter.
 */
export function createPlainWriter(templates: HasMessages, lang: Language): Writer {
  const asItIs = (text: string) => text;
  return writerOf(templates, lang, { bound: asItIs, set: asItIs });
}

function writerOf({ messages }: HasMessages, lang: Language, { bound, set }: Setting): Writer {
  const plain = messages[lang];
  return {
    lang,
    plain,
    line: (key, values) => bound(plain(key, values)),
    paragraph: (key, values) => set(plain(key, values)),
    set,
    bound,
    own: (text) => bound(text[lang]),
    number: (value) => DIGITS[lang].format(value),
  };
}

/** A length of time to the minute; what is shorter says so. */
export function duration(writer: Writer, seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours === 0 && minutes === 0) return writer.line('letter.duration.seconds');
  if (hours === 0) return writer.line('letter.duration.minutes', { minutes });
  if (minutes === 0) return writer.line('letter.duration.wholeHours', { hours });
  return writer.line('letter.duration.hours', { hours, minutes });
}

/** The points of a list closed by semicolons, the last by a full stop. */
export function listed(points: readonly string[]): string[] {
  return points.map((point, i) => point.replace(/[.;]$/, '') + (i < points.length - 1 ? ';' : '.'));
}

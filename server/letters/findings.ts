import { faultAt } from './letter-faults.ts';
import { type Language, type Localized, sayInEvery } from './writing/language.ts';
import type { MessageCatalogs } from './writing/message-catalog.ts';

/** How much a finding weighs. */
export type Severity =
  /** The letter is not printed. */
  | 'stop'
  /** It is printed as a draft and not sealed; on a sample only a warning. */
  | 'seal'
  /** A lawyer must look at it. */
  | 'warn';

/** Something for which appeals are returned, letters answered emptily, or a lawyer's eyes are needed. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** The field that it is about, as `demands[0].text`; empty where it is about the whole letter. */
  readonly field: string;
  /** Field and remedy in one sentence, in every language; never what stands in the field. */
  readonly sentence: Localized;
}

/** What a finding is told with. */
export interface FindingDetails {
  readonly path?: readonly PropertyKey[];
  /** The language of the text that was read. */
  readonly lang?: Language;
  /** A value that is written otherwise in every language, such as a date, is given in each. */
  readonly values?: Readonly<Record<string, string | number | Localized>>;
}

/** Tells a finding by its rule; its words are in the catalogs, under `finding.`. */
export type Tell = (rule: string, severity: Severity, details?: FindingDetails) => Finding;

/** Creates the telling of findings in every language. */
export function createTell(messages: MessageCatalogs): Tell {
  return function tell(rule, severity, { path = [], lang, values = {} } = {}) {
    const key = rule.replace(/-(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
    const say = (reader: Language) => {
      const words = messages[reader](`finding.${key}`, valuesFor(reader, values));
      const of = lang === undefined ? '' : ` (${messages[reader](`finding.languages.${lang}`)})`;
      // Without a field the words begin the sentence.
      const sentence = words.charAt(0).toUpperCase() + words.slice(1);
      return path.length === 0 ? `${sentence}.` : faultAt(path, words + of);
    };
    return {
      rule,
      severity,
      field: fieldOf(path),
      sentence: sayInEvery(say),
    };
  };
}

function valuesFor(reader: Language, values: NonNullable<FindingDetails['values']>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' ? value[reader] : value,
    ]),
  );
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : faultAt(path, '').replace(/: \.$/, '');
}

/** Findings of one weight, as sentences of one language. */
export function sentencesOf(
  findings: readonly Finding[],
  severity: Severity,
  lang: Language,
): string[] {
  return findings.filter((one) => one.severity === severity).map(({ sentence }) => sentence[lang]);
}

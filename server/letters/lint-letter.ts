import type { ContestedWord } from './contested-words.ts';
import { LANGUAGES, type Language } from './language.ts';
import { faultAt } from './letter-faults.ts';
import type { LetterModel } from './letter-model.ts';
import { LINT_RULES } from './lint-rules.ts';
import { localizedTexts } from './localized-texts.ts';

/** Something in the lawyer's own words for which appeals are returned or letters answered emptily. */
export interface LintFinding {
  readonly rule: string;
  /** `stop`: the letter is not printed; `warn`: a lawyer must look at it. */
  readonly severity: 'warn' | 'stop';
  /** Field and remedy in one sentence; never what stands there. */
  readonly sentence: string;
}

const NAMES: Readonly<Record<Language, string>> = { ky: 'Kyrgyz', ru: 'Russian', en: 'English' };

/**
 * Reads what a lawyer typed into a letter, in every language.
 *
 * Names of offices are not read. Approved narratives quote what was said, so there a word is a doubt
 * and never a stop. What the schema demands (reply address, signatory, at least one demand) is not
 * repeated here.
 */
export function lintLetter(
  model: LetterModel,
  contested: readonly ContestedWord[],
): readonly LintFinding[] {
  const { sender: _sender, addressee: _addressee, signatory: _signatory, ...own } = model;
  return localizedTexts(own).flatMap(({ path, text }) =>
    LANGUAGES.flatMap((lang) => {
      const quoted = path[0] === 'narratives';
      const found = [
        ...(quoted ? [] : LINT_RULES)
          .filter((rule) => rule.breaks(text[lang], lang, model))
          .map(({ id, severity, expected }) => ({ id, severity, expected })),
        ...contested
          .filter((word) => word.lang === lang && word.isIn(text[lang]))
          .map(({ severity, instead }) => ({
            id: 'contested-word',
            severity: quoted ? ('warn' as const) : severity,
            expected: `expected words that insult nobody: «${instead}»`,
          })),
      ];
      return found.map(({ id, severity, expected }) => ({
        rule: id,
        severity,
        sentence: faultAt(path, `${expected} (${NAMES[lang]})`),
      }));
    }),
  );
}

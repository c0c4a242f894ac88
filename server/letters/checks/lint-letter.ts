import { createTell, type Finding } from '../findings.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import type { LetterTemplates } from '../ports.ts';
import { LANGUAGES } from '../writing/language.ts';
import { localizedTexts } from '../writing/localized-texts.ts';
import { LINT_RULES } from './lint-rules.ts';
import { filledTexts } from './own-figures.ts';

const FIRST = /\{first\.registered/;

/**
 * Reads what a lawyer typed into a letter, in every language, with its fields filled.
 *
 * Names of offices are not read. Approved narratives quote what was said, so there a word is a doubt
 * and never a stop. What the schema demands (reply address, signatory, at least one demand) is not
 * repeated here.
 */
export function lintLetter(
  model: LetterModel,
  templates: LetterRules & Pick<LetterTemplates, 'contested'>,
): readonly Finding[] {
  const tell = createTell(templates.messages);
  const { sender: _sender, addressee: _addressee, signatory: _signatory, ...own } = model;
  const filled = filledTexts(model, templates);
  return localizedTexts(own).flatMap(({ path, text: typed }) => {
    const text = filled.get(path.join('.')) ?? typed;
    const quoted = path[0] === 'narratives';
    return LANGUAGES.flatMap((lang) => [
      ...(quoted ? [] : LINT_RULES)
        .filter((rule) => rule.breaks(text[lang], lang, model, path[0]!))
        // An earlier letter was registered; its reader said so.
        .filter(({ id }) => id !== 'documented-as-registered' || !FIRST.test(typed[lang]))
        .map(({ id, severity }) => tell(id, severity, { path, lang })),
      ...templates
        .contested(text[lang], lang)
        .map(({ severity, instead }) =>
          tell('contested-word', quoted ? 'warn' : severity, { path, lang, values: { instead } }),
        ),
    ]);
  });
}

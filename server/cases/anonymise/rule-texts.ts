import shipped from './rule-texts.json' with { type: 'json' };

/** Why a place was found, in the three languages. */
export interface RuleText {
  readonly ky: string;
  readonly ru: string;
  readonly en: string;
}

const RULES: Readonly<Record<string, keyof typeof shipped.texts>> = shipped.rules as Readonly<
  Record<string, keyof typeof shipped.texts>
>;

/** The rules that have an explanation. */
export const EXPLAINED_RULES: readonly string[] = Object.keys(shipped.rules);

/** What a rule looks for; a rule that nobody explained says what every place has in common. */
export function explainRule(rule: string): RuleText {
  return shipped.texts[RULES[rule] ?? 'unknown'];
}

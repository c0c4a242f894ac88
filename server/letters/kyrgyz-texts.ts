import type { Sha256 } from '../kernel/digest.ts';
import { standingClauses } from './choose-clauses.ts';
import { usedGrounds } from './choose-grounds.ts';
import { textDigest } from './confirmations.ts';
import type { LetterModel } from './letter-model.ts';
import type { LetterRules } from './ports.ts';

/** A Kyrgyz text of a letter that nobody has confirmed yet. */
export interface UnreadText {
  readonly digest: Sha256;
  /** As it stands in the library or was typed, its fields unfilled. */
  readonly text: string;
}

/**
 * The Kyrgyz texts of a letter that no named reader has confirmed, each once: clauses, grounds and
 * demands, of the library and own ones alike. The Kyrgyz text counts as the original (State Language
 * Law of 2023), and none of it was written by a native lawyer.
 */
export function unreadTexts(model: LetterModel, rules: LetterRules): readonly UnreadText[] {
  const { legal, types, confirmed } = rules;
  const type = types.get(model.type)!;
  const texts = [
    ...(type.title === null ? [] : [type.title.ky]),
    (model.subject ?? type.subject).ky,
    ...standingClauses(model, rules).flatMap(({ text }) => (text === null ? [] : [text.ky])),
    ...[...usedGrounds(model, rules)].flatMap(({ act, article, rule }) => [
      act.ky,
      ...(article === null ? [] : [article.ky]),
      rule.ky,
    ]),
    ...model.demands.map((demand) =>
      typeof demand === 'string' ? legal.demands.get(demand)!.text.ky : demand.text.ky,
    ),
  ];
  return [...new Set(texts)]
    .map((text) => ({ digest: textDigest(text), text }))
    .filter(({ digest }) => !confirmed.kyrgyz.has(digest));
}

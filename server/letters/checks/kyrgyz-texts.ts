import type { Sha256 } from '../../kernel/digest.ts';
import { standingClauses } from '../clauses/choose-clauses.ts';
import { usedGrounds } from '../grounds/choose-grounds.ts';
import { textDigest } from '../grounds/confirmations.ts';
import type { Ground } from '../grounds/legal-data.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { localizedTexts } from '../writing/localized-texts.ts';
import type { MessageCatalogs } from '../writing/message-catalog.ts';

/** A Kyrgyz text of a letter that nobody has confirmed yet. */
export interface UnreadText {
  readonly digest: Sha256;
  /** As it stands in the library or was typed, its fields unfilled. */
  readonly text: string;
}

/** What of the catalogs is printed in letters and annexes; marks stand in drafts alone. */
const PRINTED = /^(?:letter\.(?!mark\.)|annex\.)/;

/** The Kyrgyz texts that no letter has of its own: of library, legal data and catalogs. */
export function knownTexts({
  legal,
  clauseLibrary,
  types,
  messages,
}: LetterRules): readonly string[] {
  return [
    ...[...types.values()].flatMap(({ title, subject }) => [
      ...(title === null ? [] : [title.ky]),
      subject.ky,
    ]),
    ...[...clauseLibrary.clauses.values()].flatMap(({ text }) => (text === null ? [] : [text.ky])),
    ...[...legal.grounds.values()].flatMap(groundTexts),
    ...[...legal.demands.values()].map(({ text }) => text.ky),
    ...catalogTexts(messages),
  ];
}

/**
 * The Kyrgyz texts of a letter that no named reader has confirmed, each once: clauses, grounds and
 * demands, what the catalogs add to them and to the annexes, and all that was entered (places, labels,
 * the addressee) but the narratives, which are approved case by case. The Kyrgyz text counts as the
 * original (State Language Law of 2023), and none of it was written by a native lawyer.
 */
export function unreadTexts(model: LetterModel, rules: LetterRules): readonly UnreadText[] {
  const { legal, types, confirmed, messages } = rules;
  const type = types.get(model.type)!;
  // These are told as they stand in the letter; narratives are read where a case is approved.
  const { subject: _s, clauses: _c, demands: _d, narratives: _n, ...entered } = model;
  const texts = [
    ...(type.title === null ? [] : [type.title.ky]),
    (model.subject ?? type.subject).ky,
    ...standingClauses(model, rules).flatMap(({ text }) => (text === null ? [] : [text.ky])),
    ...[...usedGrounds(model, rules)].flatMap(groundTexts),
    ...model.demands.map((demand) =>
      typeof demand === 'string' ? legal.demands.get(demand)!.text.ky : demand.text.ky,
    ),
    ...catalogTexts(messages),
    ...localizedTexts(entered).map(({ text }) => text.ky),
  ];
  return [...new Set(texts)]
    .map((text) => ({ digest: textDigest(text), text }))
    .filter(({ digest }) => !confirmed.kyrgyz.has(digest));
}

function groundTexts({ act, article, rule }: Ground): string[] {
  return [act.ky, ...(article === null ? [] : [article.ky]), rule.ky];
}

function catalogTexts({ original }: MessageCatalogs): string[] {
  return [...original].flatMap(([key, text]) => (PRINTED.test(key) && text !== '' ? [text] : []));
}

import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { checkedLetter } from '../parse-letter.ts';
import { presentLetter } from '../sheets/present-letter.ts';
import type { Language } from '../writing/language.ts';
import { createWriter } from '../writing/writer.ts';
import { letterFields } from './letter-fields.ts';

/** What became of one part of a letter. */
export interface ChangedPart {
  /** The part: `demands.points`, without the place in a list. */
  readonly part: string;
  /** Texts that only the older version has, in its order. */
  readonly removed: readonly string[];
  /** Texts that only the newer version has, in its order. */
  readonly added: readonly string[];
  /** Whether texts that both have stand in another order. */
  readonly moved: boolean;
}

/**
 * The difference between two versions of a letter, as a reader of one language would see it: by the
 * finished texts, so that a changed figure shows in every sentence that carries it.
 *
 * @throws {LetterError} `MODEL_INVALID` for either version.
 */
export function compareVersions(
  versions: { before: LetterModel; after: LetterModel },
  lang: Language,
  rules: LetterRules,
): readonly ChangedPart[] {
  const [before, after] = [versions.before, versions.after].map((model) =>
    textsByPart(checkedLetter(model, rules), lang, rules),
  ) as [Map<string, string[]>, Map<string, string[]>];
  return differenceOf(before, after);
}

/** The difference between texts by part. */
export function differenceOf(
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): readonly ChangedPart[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((part) => {
    const [old, now] = [before.get(part) ?? [], after.get(part) ?? []];
    const change = { part, removed: without(old, now), added: without(now, old) };
    const kept = [without(old, change.removed), without(now, change.added)];
    const moved = kept[0]!.join('\n') !== kept[1]!.join('\n');
    return change.removed.length + change.added.length > 0 || moved ? [{ ...change, moved }] : [];
  });
}

function textsByPart(
  model: LetterModel,
  lang: Language,
  rules: LetterRules,
): Map<string, string[]> {
  const {
    page: _page,
    parts: body,
    ...head
  } = presentLetter(model, createWriter(rules, lang), rules);
  const parts = new Map<string, string[]>();
  const add = (part: string, text: string) => {
    // A point ends with a semicolon or, as the last, a full stop: that is not its text.
    const plain = text.replaceAll('\u00ad', '').replaceAll('\u00a0', ' ').replace(/[.;]$/, '');
    parts.set(part, [...(parts.get(part) ?? []), plain]);
  };
  for (const { field, text } of letterFields(head)) add(field.replace(/\[\d+\]/g, ''), text);
  for (const { name, heading, blocks } of body) {
    add('order', name);
    if (heading !== null) add(`${name}.heading`, heading);
    for (const { paragraph, points, numbered, tables } of blocks) {
      if (paragraph !== null) add(`${name}.paragraphs`, paragraph.text);
      for (const point of points ?? []) add(`${name}.points`, point.text);
      for (const point of numbered ?? []) add(`${name}.points`, point);
      for (const { text } of letterFields(tables)) add(`${name}.tables`, text);
    }
  }
  return parts;
}

/** `texts` less `taken`, each as often as it stands there. */
function without(texts: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of taken) left.set(text, (left.get(text) ?? 0) + 1);
  return texts.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

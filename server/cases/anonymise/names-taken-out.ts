import { missedNames } from './case-review.ts';
import { foldText } from './folded-text.ts';
import { nameKeys } from './name-key.ts';
import { findNamesLeft } from './names-left.ts';
import type { ReviewStore } from './ports.ts';

/** A case of a pack with the texts that leave of it. */
export interface ToldCase {
  readonly id: string;
  readonly texts: readonly string[];
}

/**
 * Tells whether a text names somebody whose name a review took out.
 *
 * @param given.allowed - what may name people all the same: sender, addressee, signatory.
 */
export type NamesTakenOut = (given: {
  cases: readonly ToldCase[];
  allowed: string;
}) => Promise<(text: string) => boolean>;

/** Labels of people share no key with these: a pet form, or a word nobody knows, proves too little. */
const PEOPLE = new Set(['person', 'officer']);

/**
 * Creates the search of rendered files for names that were taken out of narratives. A name that a
 * person kept for a reason, and one that is also a word of our own texts (Кеңеш), is not looked for.
 *
 * @param deps.ownTexts - every text of letters that comes with Dalil.
 */
export function createNamesTakenOut(deps: {
  reviews: Pick<ReviewStore, 'review'>;
  ownTexts: () => Promise<string>;
}): NamesTakenOut {
  return async function namesTakenOut({ cases, allowed }) {
    const keys = new Set<string>();
    for (const { id, texts } of cases) {
      const kept = await deps.reviews.review(id);
      if (kept === null) continue;
      const people = kept.review.caseNames.people.filter(({ kind }) => PEOPLE.has(kind));
      const named = new Set([
        ...people.flatMap(({ given, surname }) => [...given, ...surname]),
        ...missedNames(kept.review),
      ]);
      for (const key of keysIn(texts.join('\n'), named)) named.delete(key);
      for (const key of named) keys.add(key);
    }
    if (keys.size > 0) {
      const plain = `${allowed}\n${await deps.ownTexts()}`;
      for (const key of keysIn(plain, keys)) keys.delete(key);
    }
    return (text) => keys.size > 0 && findNamesLeft(text, keys).length > 0;
  };
}

/** Those of the keys that a text has a word for. */
function keysIn(text: string, keys: ReadonlySet<string>): string[] {
  return findNamesLeft(text, keys).flatMap(({ start, end }) =>
    nameKeys(foldText(text.slice(start, end)).lower.replaceAll(/[^\p{L}]/gu, '')).filter((key) =>
      keys.has(key),
    ),
  );
}

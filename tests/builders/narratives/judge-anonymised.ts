import type { GoldNarrative } from './fill-template.ts';

/** How well a narrative was covered. */
export interface Judgement {
  /** What of the gold can still be read: the raw words, whole or in part. */
  readonly leaks: readonly { readonly kind: string; readonly words: string }[];
  /** Words of no account to anybody, and those of them that are gone. */
  readonly plainWords: number;
  readonly maskedPlainWords: readonly string[];
}

/** Holds covered stretches of a narrative against its gold: every letter and digit of it counts. */
export function judgeAnonymised(
  narrative: GoldNarrative,
  covered: readonly { readonly start: number; readonly end: number }[],
): Judgement {
  const { text, gold } = narrative;
  const gone = new Uint8Array(text.length);
  for (const { start, end } of covered) gone.fill(1, start, end);
  const known = new Uint8Array(text.length);
  for (const { start, end } of gold) known.fill(1, start, end);
  const leaks = gold
    .filter(({ start, end, identifying }) => {
      if (!identifying) return false;
      for (let at = start; at < end; at++) {
        if (gone[at] === 0 && /[\p{L}\p{N}]/u.test(text[at]!)) return true;
      }
      return false;
    })
    .map(({ start, end, kind }) => ({ kind, words: text.slice(start, end) }));
  const masked: string[] = [];
  let plainWords = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    if (known[index] === 1) continue;
    plainWords++;
    if (gone[index] === 1) masked.push(word);
  }
  return { leaks, plainWords, maskedPlainWords: masked };
}

import { CONTEXTS, contextOf } from './contexts.ts';
import type { Mark, Marked } from './group-marks.ts';
import type { NameKnowledge } from './names.ts';
import type { Word } from './words.ts';

/** A text in which somebody may be told by how he is called, as the rules of each language look at it. */
export interface CalledScene {
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly names: NameKnowledge;
  /** Of the places that were found. */
  readonly found: ReadonlyMap<number, Marked>;
  /** The word at a place in small letters; nothing where there is none. */
  lowerAt(at: number): string;
  /** Whether nothing but a space stands before the word. */
  isBeside(at: number): boolean;
  isName(at: number): boolean;
  /** An everyday word that could stand for somebody. */
  isFree(at: number): boolean;
  /** Such a word that is a given name, too. */
  isGiven(at: number): boolean;
  /** Somebody's trade, office or rank. */
  isRole(at: number): boolean;
  opensPhrase(at: number): boolean;
  endsPhrase(at: number): boolean;
  /** Whether a full stop stands right behind the word. */
  isStopped(at: number): boolean;
  add(at: number, rule: string, mark?: Mark): void;
  /** Adds what is somebody's name in this text, and not how he looks: it is one wherever it stands. */
  addCalled(at: number, rule: string): void;
}

/** Looks at a text. What was taken for a name is in `marks`; nothing is found as yet. */
export function calledScene(seen: {
  readonly text: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly names: NameKnowledge;
}): CalledScene & { readonly called: ReadonlySet<string> } {
  const { text, words, marks, names } = seen;
  const found = new Map<number, Marked>();
  const called = new Set<string>();
  const lowerAt = (at: number) => words[at]?.lower ?? '';
  const isFree = (at: number) => {
    if (marks[at]?.mark !== 'plain' || lowerAt(at).length < 2) return false;
    const context = contextOf(lowerAt(at));
    const role = context !== null && (context.civilRole || context.policeRole);
    return !CONTEXTS.functionWords.has(lowerAt(at)) && !role;
  };
  const add = (at: number, rule: string, mark: Mark = 'name') => {
    found.set(at, { mark, rule });
  };
  return {
    words,
    marks,
    names,
    found,
    called,
    lowerAt,
    isFree,
    add,
    isBeside: (at) => at > 0 && at < words.length && words[at]!.gap === ' ',
    isName: (at) => marks[at]?.mark === 'name' || found.get(at)?.mark === 'name',
    isGiven: (at) => isFree(at) && lowerAt(at).length > 2 && names.isGivenAsIs(lowerAt(at)),
    isRole(at) {
      const context = contextOf(lowerAt(at));
      return context !== null && (context.civilRole || context.policeRole || context.rank);
    },
    opensPhrase: (at) => at === 0 || /[,;:.!?()\n\0—–]|\s-\s/.test(words[at]!.gap),
    endsPhrase: (at) => /^\s*(?:[,.;:)!?»"\n]|$)/.test(text.slice(words[at]!.end)),
    isStopped: (at) => text[words[at]!.end] === '.',
    addCalled(at, rule) {
      add(at, rule);
      called.add(lowerAt(at));
    },
  };
}

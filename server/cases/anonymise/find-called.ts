import { ENGLISH_CUES, findCalledEnglish } from './called-english.ts';
import { findCalledKyrgyz, KYRGYZ_CUES } from './called-kyrgyz.ts';
import { findCalledRussian, RUSSIAN_CUES } from './called-russian.ts';
import { calledScene } from './called-scene.ts';
import type { Marked } from './group-marks.ts';
import { remember } from './remember.ts';

const CUES = [...RUSSIAN_CUES, ...KYRGYZ_CUES, ...ENGLISH_CUES];

/** Words that say something of their neighbours here: all others are passed by. */
const isCue: (lower: string) => boolean = remember(
  (lower) => lower.length < 3 || CUES.some((cue) => cue.test(lower)),
);

/**
 * Names that are told by how somebody is called: an epithet behind a given name, «он же», «көк деген
 * бала», kin of who tells, a letter in the place of a name. In small letters nothing else shows that the
 * everyday word is a name. Texts mix their languages, so that each word is looked at in all three.
 *
 * @returns the places of such words with mark and rule.
 */
export function findCalled(seen: Parameters<typeof calledScene>[0]): ReadonlyMap<number, Marked> {
  const scene = calledScene(seen);
  const { lowerAt, isFree, called, found } = scene;
  const { words, marks, names } = seen;
  /** Most words say nothing here, nor do their neighbours. */
  const isQuiet = (at: number, lower: string) => {
    if (isCue(lower) || names.isGivenAsIs(lower)) return false;
    const [before, behind] = [lowerAt(at - 1), lowerAt(at + 1)];
    if (behind === 'is' || behind === 'was' || before === 'же') return false;
    return marks[at - 1]?.rule !== 'child-of' && marks[at - 1]?.mark !== 'rank';
  };
  for (const [at, { lower }] of words.entries()) {
    if (isQuiet(at, lower)) continue;
    findCalledRussian(scene, at);
    findCalledKyrgyz(scene, at);
    findCalledEnglish(scene, at);
  }
  // What is a name once is it wherever it stands: «сорока сдал, все зовут его сорока».
  for (const at of called.size === 0 ? [] : words.keys()) {
    if (called.has(lowerAt(at)) && isFree(at)) scene.add(at, 'nickname');
  }
  return found;
}

import { CONTEXTS } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { Lexicon } from './lexicon.ts';
import type { NameKnowledge } from './names.ts';
import type { Word } from './words.ts';

/** «жеке», «чоко», «эрике»: how Kyrgyz makes pet names of the first letters of a name. */
const PET =
  /^(?<base>\p{L}{1,3}(?<=[аеиоуыэөү])к[аоеө])(?<ending>н[ыиуү]н?|г[аоеө]|д[аоеө]н|д[аоеө])?$/u;
/** Words that are made so and name nobody: collars, buckets, buckles, kin. */
const NO_PET = /^(?:жака|чака|жука|тике|сака|тока|таке|аке|эке|шака|эрке|ака|үкө|ука|ока|доко)$/u;
/** Behind a pet name in the nominative: a verb, or what joins it to one. «Жеке жашоо» is a noun's own. */
const DEED_BEHIND =
  /(?:[ыиуүаеоө]п|[дт][ыиуү]|[йа-я]т|[гк][аеоө]н|[сч]е|ча|да|де|дагы|эле|үйүнө|менен)$/u;
const WHOSE = /^(?<base>\p{L}{3,})н[ыиуү]н$/u;

/**
 * Pet names in Kyrgyz with an ending, or where a phrase begins, and given names that begin one as owners
 * («Миранын колундагы»).
 *
 * @returns the places of such words.
 */
export function findKyrgyzPetNames(seen: {
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly names: Pick<NameKnowledge, 'isGivenAsIs'>;
  readonly lexicon: Pick<Lexicon, 'isNounAsIs' | 'isNounForm' | 'isKyrgyz'>;
}): readonly number[] {
  const { words, marks, names, lexicon } = seen;
  const found: number[] = [];
  /** «мира»: Kyrgyz borrows nouns in the nominative, and no other case of them takes its endings. */
  const isNoLoan = (base: string) =>
    /[ая]$/u.test(base) &&
    lexicon.isNounForm(base) &&
    !lexicon.isNounAsIs(base) &&
    !lexicon.isKyrgyz(base);
  for (const [at, { lower, gap, language }] of words.entries()) {
    if (language !== 'ky' || marks[at]!.mark !== 'plain') continue;
    if (CONTEXTS.functionWords.has(lower)) continue;
    const opens = at === 0 || /[,;:.!?\n(«"]/.test(gap);
    const next = words[at + 1]?.gap === ' ' ? words[at + 1]!.lower : '';
    const owner = WHOSE.exec(lower)?.groups?.base;
    if (opens && owner !== undefined && (names.isGivenAsIs(owner) || isNoLoan(owner)))
      found.push(at);
    const { base = '', ending } = PET.exec(lower)?.groups ?? {};
    if (base.length < 4 || NO_PET.test(base) || lexicon.isNounAsIs(base)) continue;
    if (ending !== undefined || DEED_BEHIND.test(next)) found.push(at);
  }
  return found;
}

/** Whether a word is made as Kyrgyz pet names are. */
export const isPetName = (lower: string) =>
  lower.length > 3 && PET.test(lower) && !NO_PET.test(lower);

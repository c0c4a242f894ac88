import type { CaseRecord } from '../case.ts';
import { CELL_MINIMUM } from '../figures/fold-cells.ts';
import { attributeCode, type PublicAttribute } from '../present.ts';
import { findSmallClasses, type SmallClass, type ToldFacts } from './find-small-classes.ts';

/** A story, and which coded attributes are told with it besides its month. */
export interface ToldStory {
  readonly id: string;
  readonly attributes: readonly PublicAttribute[];
}

/** A story whose codes fit few of the counted cases. */
export interface StoryOfFew extends SmallClass {
  readonly id: string;
}

/**
 * Finds stories that can be narrowed down to few cases by the codes told with them. The register of
 * the police may hold fewer still: a class that is large here is no proof.
 */
export function storiesOfFew(
  stories: readonly ToldStory[],
  counted: readonly CaseRecord[],
): StoryOfFew[] {
  return stories.flatMap(({ id, attributes }) => {
    const record = counted.find((one) => one.id === id);
    if (record === undefined) return [];
    const all = counted.map((one) => factsOf(one, attributes));
    return findSmallClasses(factsOf(record, attributes), all, CELL_MINIMUM).map((small) => ({
      id,
      ...small,
    }));
  });
}

function factsOf(record: CaseRecord, attributes: readonly PublicAttribute[]): ToldFacts {
  const coded = attributes.map((one) => [one, attributeCode(record, one)] as const);
  return { month: record.month, ...Object.fromEntries(coded) };
}

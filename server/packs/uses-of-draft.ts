import type { CaseUse } from '../cases/consent/consents-hold.ts';
import { shownCases } from './gather-pack.ts';
import type { PackDraft } from './pack-draft.ts';

const CASE_SOURCE = 'case/';

/**
 * What a draft makes of which case: its commitments name the cases that are counted, its recipe those
 * whose story is told and whom the copies show. Of a draft without a recipe only the first is known.
 */
export function usesOfDraft({
  commitments,
  recipe,
}: Pick<PackDraft, 'commitments' | 'recipe'>): CaseUse[] {
  const { narratives = [], copies = [] } = recipe?.order ?? {};
  return [
    ...commitments
      .filter(({ source }) => source.startsWith(CASE_SOURCE))
      .map(({ source }) => useOf(source.slice(CASE_SOURCE.length), 'counted')),
    ...narratives.map(({ case: id }) => useOf(id, 'narrative')),
    ...shownCases(copies),
  ];
}

function useOf(id: string, purpose: CaseUse['purpose']): CaseUse {
  return { case: id, purpose };
}

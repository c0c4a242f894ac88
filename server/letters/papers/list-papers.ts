import type { PaperStore } from '../ports.ts';
import type { Paper } from './papers.ts';

/** An edition of a paper, and what depends on it. */
export interface PaperEdition extends Paper {
  /** Whether it is bound behind letters now, or was replaced. */
  readonly current: boolean;
  /** Sealed packs that it is bound in, by their ids: without it their letters cannot be made again. */
  readonly packs: readonly string[];
  /** Drafts whose letters hold it, by their ids: they are sealed only while it is bound. */
  readonly drafts: readonly string[];
}

/** Every edition of every paper of the organisation. */
export type ListPapers = () => Promise<readonly PaperEdition[]>;

/** Creates the list of the organisation's papers. */
export function createListPapers(deps: {
  papers: Pick<PaperStore, 'all' | 'current'>;
  /** The ids of papers that each draft and sealed pack was made with. */
  papersOfPacks: () => Promise<
    ReadonlyArray<{ pack: string; isSealed: boolean; papers: readonly string[] }>
  >;
}): ListPapers {
  const { papers, papersOfPacks } = deps;
  return async function listPapers() {
    const bound = new Set((await papers.current()).map(({ id }) => id));
    const made = await papersOfPacks();
    const holding = (id: string, sealed: boolean) =>
      made
        .filter((one) => one.isSealed === sealed && one.papers.includes(id))
        .map(({ pack }) => pack);
    return (await papers.all()).map((paper) => ({
      ...paper,
      current: bound.has(paper.id),
      packs: holding(paper.id, true),
      drafts: holding(paper.id, false),
    }));
  };
}

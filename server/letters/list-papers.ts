import type { Paper } from './papers.ts';
import type { PaperStore } from './ports.ts';

/** An edition of a paper, and what depends on it. */
export interface PaperEdition extends Paper {
  /** Whether it is bound behind letters now, or was replaced. */
  readonly current: boolean;
  /** Sealed packs that it is bound in, by their ids: without it their letters cannot be made again. */
  readonly packs: readonly string[];
}

/** Every edition of every paper of the organisation. */
export type ListPapers = () => Promise<readonly PaperEdition[]>;

/** Creates the list of the organisation's papers. */
export function createListPapers(deps: {
  papers: Pick<PaperStore, 'all' | 'current'>;
  /** The ids of papers that each sealed pack was made with. */
  papersOfSealed: () => Promise<ReadonlyArray<{ pack: string; papers: readonly string[] }>>;
}): ListPapers {
  const { papers, papersOfSealed } = deps;
  return async function listPapers() {
    const bound = new Set((await papers.current()).map(({ id }) => id));
    const sealed = await papersOfSealed();
    return (await papers.all()).map((paper) => ({
      ...paper,
      current: bound.has(paper.id),
      packs: sealed.filter((one) => one.papers.includes(paper.id)).map(({ pack }) => pack),
    }));
  };
}

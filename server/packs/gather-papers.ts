import { type BlobStore, readAll } from '../kernel/blobs.ts';
import type { Paper } from '../letters/papers/papers.ts';
import type { PaperStore } from '../letters/ports.ts';
import type { GatheredPaper } from './gather-pack.ts';

/**
 * Creates the gathering of the organisation's papers: those with these ids, or those of today.
 *
 * @throws {LetterError} from the use case: `PAPER_UNKNOWN` for one that was destroyed.
 */
export function createGatherPapers(deps: {
  papers: Pick<PaperStore, 'current' | 'find'>;
  blobs: Pick<BlobStore, 'read'>;
}): (ids?: readonly string[]) => Promise<readonly GatheredPaper[]> {
  const { papers, blobs } = deps;

  async function gathered({ id, role, sheets }: Paper): Promise<GatheredPaper> {
    const scans: Array<GatheredPaper['scans'][number]> = [];
    for (const { id: blob, widthPx, heightPx } of sheets) {
      const jpeg = Buffer.from(await readAll(blobs.read(blob))).toString('base64');
      scans.push({ jpeg, widthPx, heightPx });
    }
    return { id, role, scans };
  }

  return async function gatherPapers(ids) {
    const found =
      ids === undefined
        ? await papers.current()
        : await Promise.all(ids.map((id) => papers.find(id)));
    return await Promise.all(found.map(gathered));
  };
}

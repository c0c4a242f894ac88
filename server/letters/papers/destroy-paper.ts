import type { BlobStore } from '../../kernel/blobs.ts';
import type { PaperStore } from '../ports.ts';

/** Destroys a paper of the organisation; resolves to how many sheets it had. */
export type DestroyPaper = (given: { id: string; by: string }) => Promise<number>;

/**
 * Creates the destroying of papers. The log has it first. The row, which alone names the sheets, goes
 * last: what was broken off in between is found again, and asking once more ends it.
 *
 * @throws {LetterError} from the use case: `PAPER_UNKNOWN`.
 */
export function createDestroyPaper(deps: {
  blobs: Pick<BlobStore, 'destroy'>;
  papers: Pick<PaperStore, 'find' | 'remove'>;
  recordCustody: (event: {
    kind: 'erased';
    role: string;
    detail: { paper: string };
  }) => Promise<unknown>;
}): DestroyPaper {
  const { blobs, papers, recordCustody } = deps;
  return async function destroyPaper({ id, by }) {
    const { sheets } = await papers.find(id);
    await recordCustody({ kind: 'erased', role: by, detail: { paper: id } });
    for (const { id: blob } of sheets) await blobs.destroy(blob);
    await papers.remove(id);
    return sheets.length;
  };
}

import type { BlobStore } from '../../kernel/blobs.ts';
import { newId, type RandomBytes } from '../../kernel/ids.ts';
import { bishkekDate, type Clock } from '../../kernel/time.ts';
import { LetterError } from '../errors.ts';
import type { PaperStore, ReadPaper } from '../ports.ts';
import { type KeptSheet, LARGEST_PAPER_BYTES, type Paper, type PaperRole } from './papers.ts';

/** Takes in a paper of the organisation; from then on it is an annex of every pack's letter. */
export type TakePaper = (given: {
  role: PaperRole;
  bytes: AsyncIterable<Uint8Array>;
  /** Role of who brought it. */
  by: string;
}) => Promise<Paper>;

/**
 * Creates the taking in of papers. Of a file only what its sheets look like is kept: its metadata,
 * name and hidden content never reach the store. An edition that was there before is kept for the
 * packs that were made with it.
 *
 * @throws {LetterError} from the use case: `PAPER_TOO_LARGE` and what reading the file throws;
 *   whatever failed, no sheet remains that nobody could find and destroy.
 */
export function createTakePaper(deps: {
  readPaper: ReadPaper;
  blobs: Pick<BlobStore, 'put' | 'destroy'>;
  papers: Pick<PaperStore, 'add'>;
  recordCustody: (event: {
    kind: 'received';
    role: string;
    detail: { paper: string; of: string; sheets: string[] };
  }) => Promise<unknown>;
  clock: Clock;
  random: RandomBytes;
}): TakePaper {
  const { readPaper, blobs, papers, recordCustody, clock, random } = deps;
  return async function takePaper({ role, bytes, by }) {
    const read = await readPaper(await wholeOf(bytes));
    const sheets: KeptSheet[] = [];
    try {
      for (const { jpeg, widthPx, heightPx } of read) {
        sheets.push({ ...(await blobs.put([jpeg])), widthPx, heightPx });
      }
      const paper: Paper = { id: newId(random), role, addedOn: bishkekDate(clock.now()), sheets };
      const digests = sheets.map(({ sha256 }) => sha256);
      await recordCustody({
        kind: 'received',
        role: by,
        detail: { paper: paper.id, of: role, sheets: digests },
      });
      await papers.add(paper);
      return paper;
    } catch (error) {
      // All are tried, and why it failed is told, not why destroying did.
      await Promise.allSettled(sheets.map(({ id }) => blobs.destroy(id)));
      throw error;
    }
  };
}

async function wholeOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > LARGEST_PAPER_BYTES) {
      throw new LetterError(
        'PAPER_TOO_LARGE',
        'The file is larger than 30 MiB. Scan it in grey at 200 dots an inch, or give the needed sheets only.',
      );
    }
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

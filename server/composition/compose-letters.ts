import type { Vault } from '../adapters/vault/vault.ts';
import type { CustodyLog } from '../custody/custody-log.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { byDigest } from '../letters/grounds/confirmations.ts';
import { createDestroyPaper } from '../letters/papers/destroy-paper.ts';
import { createListPapers } from '../letters/papers/list-papers.ts';
import { createTakePaper } from '../letters/papers/take-paper.ts';
import type { RenderLetter } from '../letters/render-letter.ts';
import { createGatherPapers } from '../packs/gather-papers.ts';
import type { Stores } from './compose-stores.ts';
import type { Letters, Tools } from './compose-tools.ts';

/** What letters need of the vault: what readers confirmed, and the organisation's papers. */
export type LetterParts = ReturnType<typeof composeLetters>;

/** Builds it. */
export function composeLetters(deps: {
  stores: Stores;
  blobs: Vault['blobs'];
  tools: Tools;
  letters: Letters;
  custody: CustodyLog;
  clock: Clock;
  random: RandomBytes;
}) {
  const { stores, blobs, tools, letters, custody, clock, random } = deps;
  const { papers, confirmations } = stores;
  const recordCustody = custody.record;
  const renderLetter: RenderLetter = async (model, lang, options) =>
    letters.renderLetter(model, lang, { confirmed: await confirmations.all(), ...options });
  return {
    letterRules: async () => ({
      ...letters.templates,
      confirmed: byDigest(await confirmations.all()),
    }),
    renderLetter,
    gatherPapers: createGatherPapers({ papers, blobs }),
    takePaper: createTakePaper({
      readPaper: tools.readPaper,
      blobs,
      papers,
      recordCustody,
      clock,
      random,
    }),
    destroyPaper: createDestroyPaper({ blobs, papers, recordCustody }),
    listPapers: createListPapers({ papers, papersOfPacks: stores.packs.papersOfPacks }),
  };
}

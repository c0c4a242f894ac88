import type { PackUses } from '../cases/consent/packs-to-supersede.ts';
import { PackError } from './errors.ts';
import type { PackDraft } from './pack-draft.ts';
import type { PackStore } from './ports.ts';
import { usesOfDraft } from './uses-of-draft.ts';

/** Lists what every pack that was made, and that no later one replaces, makes of which case. */
export type ListPackUses = () => Promise<readonly PackUses[]>;

/** Creates the listing. What was released without a draft was broken off and is no pack. */
export function createListPackUses(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed' | 'isSuperseded'>;
  releases: () => Promise<readonly { readonly pack: string; readonly recipient: string }[]>;
  /** Whether a pack was recorded as sent. */
  wasSent: (pack: string) => Promise<boolean>;
}): ListPackUses {
  const { packs, releases, wasSent } = deps;

  async function isReplaced(id: string): Promise<boolean> {
    const sealed = await packs.sealed(id);
    return sealed !== null && (await packs.isSuperseded(sealed.statementSha256));
  }

  return async function listPackUses() {
    const listed: PackUses[] = [];
    for (const { pack, recipient } of await releases()) {
      const draft = await packs.draft(pack).catch(whereUnknown);
      if (draft === null || (await isReplaced(pack))) continue;
      const use = draft.recipe?.order.use ?? '';
      listed.push({ pack, recipient, use, uses: usesOfDraft(draft), sent: await wasSent(pack) });
    }
    return listed;
  };
}

function whereUnknown(error: unknown): PackDraft | null {
  if (error instanceof PackError && error.code === 'PACK_UNKNOWN') return null;
  throw error;
}

import type { Language } from '../letters/language.ts';
import { PackError } from './errors.ts';
import { type Kit, makeKit } from './make-kit.ts';
import type { PackCustody, PackStore, ReadSealedPack } from './ports.ts';

/** Makes the delivery kit of a sealed pack, for somebody who hands it over. */
export type DeliverPack = (
  id: string,
  languages: readonly Language[],
  role: string,
) => Promise<Kit>;

/**
 * Creates the making of delivery kits. The custody log knows of a kit, with the digest of every file
 * in it, before anybody has it.
 *
 * @throws {PackError} from the use case: `PACK_UNKNOWN`, `PACK_UNSEALED`, `KIT_IMPOSSIBLE`.
 */
export function createDeliverPack(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed'>;
  readSealedPack: ReadSealedPack;
  custody: Pick<PackCustody, 'record'>;
}): DeliverPack {
  const { packs, readSealedPack, custody } = deps;
  return async function deliverPack(id, languages, role) {
    await packs.draft(id);
    const sealed = await packs.sealed(id);
    if (sealed === null) {
      throw new PackError(
        'PACK_UNSEALED',
        'The pack is a draft, so there is nothing to hand over. Seal it first.',
      );
    }
    const kit = await makeKit(await readSealedPack(sealed.blob), languages);
    const files = [...kit.digests].map(([path, digest]) => ({ path, sha256: digest }));
    await custody.record({ kind: 'exported', role, detail: { pack: id, kit: files } });
    return kit;
  };
}

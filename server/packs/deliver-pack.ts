import type { Language } from '../letters/writing/language.ts';
import { PackError } from './errors.ts';
import { type Kit, makeKit } from './make-kit.ts';
import type { PackCustody, PackStore, ReadSealedPack } from './ports.ts';
import type { RefuseEndedConsent } from './refuse-ended-consent.ts';

/** Makes the delivery kit of a sealed pack, for somebody who hands it over. */
export type DeliverPack = (
  id: string,
  languages: readonly Language[],
  role: string,
) => Promise<Kit>;

/**
 * Creates the making of delivery kits. Consent is asked once more, for the day of the kit, and a pack
 * that a later one replaces is not handed over. The custody log knows of a kit, with the digest of
 * every file in it, before anybody has it.
 *
 * @throws {PackError} from the use case: `PACK_UNKNOWN`, `PACK_UNSEALED`, `PACK_SUPERSEDED`,
 *   `CONSENT_ENDED`, `KIT_IMPOSSIBLE`.
 */
export function createDeliverPack(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed' | 'isSuperseded'>;
  refuseEndedConsent: RefuseEndedConsent;
  readSealedPack: ReadSealedPack;
  custody: Pick<PackCustody, 'record'>;
}): DeliverPack {
  const { packs, refuseEndedConsent, readSealedPack, custody } = deps;
  return async function deliverPack(id, languages, role) {
    const draft = await packs.draft(id);
    const sealed = await packs.sealed(id);
    if (sealed === null) {
      throw new PackError(
        'PACK_UNSEALED',
        'The pack is a draft, so there is nothing to hand over. Seal it first.',
      );
    }
    if (await packs.isSuperseded(sealed.statementSha256)) {
      throw new PackError(
        'PACK_SUPERSEDED',
        'A later pack takes the place of this one, so no kit was made of it. Hand over the later one.',
      );
    }
    await refuseEndedConsent(draft);
    const kit = await makeKit(await readSealedPack(sealed.blob), languages);
    const files = [...kit.digests].map(([path, digest]) => ({ path, sha256: digest }));
    await custody.record({ kind: 'exported', role, detail: { pack: id, kit: files } });
    return kit;
  };
}

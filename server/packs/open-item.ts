import type { Sha256 } from '../kernel/digest.ts';
import { PackError } from './errors.ts';
import type { ItemConsent } from './item-consent.ts';
import { formatOpenings, type Opening } from './manifest/commitments.ts';
import type { PackCustody, PackStore } from './ports.ts';

/** A committed item as the organisation names it; the list of them never leaves. */
export interface OpenableItem {
  /** `recording/<id>` or `case/<id>` for what is withheld, the path in the pack for an exhibit. */
  readonly name: string;
  readonly leaf: Sha256;
  readonly withheld: boolean;
  /** False once its salt was destroyed. */
  readonly openable: boolean;
}

/** One opened item. */
export interface OpenedItem {
  readonly leaf: Sha256;
  readonly opening: Opening;
  /** The opening as it is handed over and was hashed, with a line feed. */
  readonly line: string;
}

/** Opens single commitments of sealed packs. */
export interface OpenItem {
  /** @throws {PackError} `PACK_UNKNOWN`, `PACK_UNSEALED`. */
  items(pack: string): Promise<readonly OpenableItem[]>;
  /**
   * What lets a stranger check one item against the sealed commitments, and tells nothing of any
   * other. The custody log knows of it before anybody has it. What is withheld is opened only while
   * whoever it is of agrees.
   *
   * @throws {PackError} `PACK_UNKNOWN`, `PACK_UNSEALED`, `ITEM_UNKNOWN`, `ITEM_UNOPENABLE`,
   *   `CONSENT_ENDED`.
   */
  open(pack: string, name: string, role: string): Promise<OpenedItem>;
  /**
   * Destroys the salt of a withheld item: from then on nobody can open it, we neither. The pack stays
   * as it is. The custody log has it first.
   *
   * @throws {PackError} as `open` does, and `ITEM_DISCLOSED` for what the pack itself opens.
   */
  destroy(pack: string, name: string, role: string): Promise<{ leaf: Sha256 }>;
}

/** Creates the opening of items. */
export function createOpenItem(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed' | 'opening' | 'destroyOpening'>;
  itemConsent: ItemConsent;
  custody: Pick<PackCustody, 'record'>;
}): OpenItem {
  const { packs, itemConsent, custody } = deps;

  async function committed(pack: string) {
    const draft = await packs.draft(pack);
    if ((await packs.sealed(pack)) !== null) {
      const items = draft.commitments.map(({ source, path, leaf }) => ({
        name: path ?? source,
        leaf,
        withheld: path === null,
      }));
      return { draft, items };
    }
    throw new PackError(
      'PACK_UNSEALED',
      'The pack is a draft and commits to nothing yet. Seal it first.',
    );
  }

  async function openable(pack: string, name: string) {
    const { draft, items } = await committed(pack);
    const item = items.find((one) => one.name === name);
    if (item === undefined) {
      throw new PackError(
        'ITEM_UNKNOWN',
        'The pack commits to no item of that name. List its items, and take a name from there.',
      );
    }
    const { leaf, withheld } = item;
    const opening = await packs.opening(pack, leaf);
    if (opening !== null) return { draft, leaf, withheld, opening };
    throw new PackError(
      'ITEM_UNOPENABLE',
      'The salt of this item was destroyed, so nobody can open it any more. The pack itself stays verifiable.',
    );
  }

  return {
    async items(pack) {
      return await Promise.all(
        (await committed(pack)).items.map(async (item) => ({
          ...item,
          openable: (await packs.opening(pack, item.leaf)) !== null,
        })),
      );
    },
    async open(pack, name, role) {
      const { draft, leaf, withheld, opening } = await openable(pack, name);
      if (withheld && !(await itemConsent(draft, name))) throw notAgreed();
      await custody.record({ kind: 'exported', role, detail: { pack, opened: leaf } });
      return { leaf, opening, line: formatOpenings([opening]) };
    },
    async destroy(pack, name, role) {
      const { leaf, withheld } = await openable(pack, name);
      if (!withheld) {
        throw new PackError(
          'ITEM_DISCLOSED',
          'The pack itself opens this item, so destroying its salt here would hide nothing. Take a withheld item.',
        );
      }
      await custody.record({ kind: 'erased', role, detail: { pack, leaf } });
      await packs.destroyOpening(pack, leaf);
      return { leaf };
    },
  };
}

function notAgreed(): PackError {
  return new PackError(
    'CONSENT_ENDED',
    'Whoever this item is of does not agree any more that it is shown, so it stays closed. Ask them again, or destroy what opens it.',
  );
}

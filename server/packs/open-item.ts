import type { Sha256 } from '../kernel/digest.ts';
import { PackError } from './errors.ts';
import type { Opening } from './manifest/commitments.ts';
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

/** Opens single commitments of sealed packs. */
export interface OpenItem {
  /** @throws {PackError} `PACK_UNKNOWN`, `PACK_UNSEALED`. */
  items(pack: string): Promise<readonly OpenableItem[]>;
  /**
   * What lets a stranger check one item against the sealed commitments, and tells nothing of any
   * other. The custody log knows of it before anybody has it.
   *
   * @throws {PackError} `PACK_UNKNOWN`, `PACK_UNSEALED`, `ITEM_UNKNOWN`, `ITEM_UNOPENABLE`.
   */
  open(pack: string, name: string, role: string): Promise<{ leaf: Sha256; opening: Opening }>;
}

/** Creates the opening of items. */
export function createOpenItem(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed' | 'opening'>;
  custody: Pick<PackCustody, 'record'>;
}): OpenItem {
  const { packs, custody } = deps;

  async function committed(pack: string) {
    const { commitments } = await packs.draft(pack);
    if ((await packs.sealed(pack)) !== null) {
      return commitments.map(({ source, path, leaf }) => ({
        name: path ?? source,
        leaf,
        withheld: path === null,
      }));
    }
    throw new PackError(
      'PACK_UNSEALED',
      'The pack is a draft and commits to nothing yet. Seal it first.',
    );
  }

  return {
    async items(pack) {
      return await Promise.all(
        (await committed(pack)).map(async (item) => ({
          ...item,
          openable: (await packs.opening(pack, item.leaf)) !== null,
        })),
      );
    },
    async open(pack, name, role) {
      const item = (await committed(pack)).find((one) => one.name === name);
      if (item === undefined) {
        throw new PackError(
          'ITEM_UNKNOWN',
          'The pack commits to no item of that name. List its items, and take a name from there.',
        );
      }
      const { leaf } = item;
      const opening = await packs.opening(pack, leaf);
      if (opening === null) {
        throw new PackError(
          'ITEM_UNOPENABLE',
          'The salt of this item was destroyed, so nobody can open it any more. The pack itself stays verifiable.',
        );
      }
      await custody.record({ kind: 'exported', role, detail: { pack, opened: leaf } });
      return { leaf, opening };
    },
  };
}

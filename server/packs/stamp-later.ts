import { PackError } from './errors.ts';
import { stampedBytes } from './manifest/stamped-bytes.ts';
import type { GivenTimestamp, PackStore, TimestampAuthority, TimestampStore } from './ports.ts';
import { stampStatement } from './stamp-statement.ts';

/** What one authority gave to a pack. */
export interface PackTimestamp {
  readonly name: string;
  /** In the pack itself, beside it, or nowhere yet. */
  readonly where: 'in-pack' | 'beside' | 'lacking';
}

/** Time stamps that come after sealing. They travel beside the pack, which is never edited. */
export interface StampLater {
  /** @throws {PackError} `PACK_UNKNOWN`, `PACK_UNSEALED`. */
  timestamps(pack: string): Promise<readonly PackTimestamp[]>;
  /** The ones beside the pack. Throws as {@link StampLater.timestamps}. */
  beside(pack: string): Promise<readonly GivenTimestamp[]>;
  /**
   * Asks the authorities that gave none yet, and keeps what they give.
   *
   * @throws {PackError} `TIMESTAMP_REFUSED` when one still gave none; also as above.
   */
  stamp(pack: string, signal?: AbortSignal): Promise<void>;
  /** Sealed packs among the newest, and the names of the authorities that each of them lacks. */
  lacking(): Promise<ReadonlyArray<{ pack: string; authorities: string[] }>>;
}

/** Older packs than so many are not asked for again. */
const NEWEST = 200;

/** Creates the late stamping. */
export function createStampLater(deps: {
  packs: Pick<PackStore, 'sealed' | 'list'>;
  store: TimestampStore;
  authorities: readonly TimestampAuthority[];
}): StampLater {
  const { packs, store, authorities } = deps;

  async function sealedOf(pack: string) {
    const sealed = await packs.sealed(pack);
    if (sealed !== null) return sealed;
    throw new PackError('PACK_UNSEALED', 'The pack is a draft, so there is nothing to stamp yet.');
  }

  async function timestamps(pack: string): Promise<readonly PackTimestamp[]> {
    const { seal } = await sealedOf(pack);
    const late = new Set((await store.list(pack)).map(({ name }) => name));
    // Of packs that were sealed before this was kept nobody knows, so they are left as they are.
    const names = new Set([
      ...(seal?.stampedBy ?? []),
      ...late,
      ...(seal === undefined ? [] : authorities.map(({ name }) => name)),
    ]);
    return [...names].sort().map((name) => {
      if (seal?.stampedBy.includes(name)) return { name, where: 'in-pack' };
      return { name, where: late.has(name) ? 'beside' : 'lacking' };
    });
  }

  async function lackingOf(pack: string): Promise<readonly TimestampAuthority[]> {
    const names = (await timestamps(pack)).filter(({ where }) => where === 'lacking');
    return authorities.filter((one) => names.some(({ name }) => name === one.name));
  }

  return {
    timestamps,
    async beside(pack) {
      await sealedOf(pack);
      return await store.list(pack);
    },
    async stamp(pack, signal) {
      const { statement, seal } = await sealedOf(pack);
      const wanted = await lackingOf(pack);
      if (wanted.length === 0 || seal === undefined) return;
      const signature = Uint8Array.from(atob(seal.signature), (one) => one.charCodeAt(0));
      const stamped = stampedBytes(new TextEncoder().encode(statement), signature);
      const given = await stampStatement(wanted, stamped, signal);
      for (const one of given) await store.add(pack, one);
      if (given.length === wanted.length) return;
      throw new PackError(
        'TIMESTAMP_REFUSED',
        `Of ${wanted.length} time stamp authorities that were asked, ${wanted.length - given.length} gave no time stamp. They are asked again later; check DALIL_TSA_URLS if it lasts.`,
      );
    },
    async lacking() {
      if (authorities.length === 0) return [];
      const listed = (await packs.list(NEWEST)).filter(({ sealed }) => sealed !== null);
      const wanting: Array<{ pack: string; authorities: string[] }> = [];
      for (const { id } of listed) {
        const names = (await lackingOf(id)).map(({ name }) => name);
        if (names.length > 0) wanting.push({ pack: id, authorities: names });
      }
      return wanting;
    },
  };
}

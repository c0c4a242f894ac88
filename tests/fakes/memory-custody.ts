import type { CustodyEntry, CustodyStore } from '../../server/custody/ports.ts';

/** A custody store in memory, whose parts tests may damage. */
export function createMemoryCustody(): CustodyStore & {
  entries: CustodyEntry[];
  nodes: Map<string, Uint8Array>;
  notes: Map<number, string>;
} {
  const entries: CustodyEntry[] = [];
  const nodes = new Map<string, Uint8Array>();
  const notes = new Map<number, string>();
  return {
    entries,
    nodes,
    notes,
    size: async () => entries.length,
    async append(index, entry, finished) {
      if (index !== entries.length) return false;
      entries.push(structuredClone(entry));
      for (const { level, position, hash } of finished) nodes.set(`${level}/${position}`, hash);
      return true;
    },
    leaf: async (index) => entries[index]?.leaf ?? null,
    entry: async (index) => entries[index] ?? null,
    node: async ({ level, position }) => nodes.get(`${level}/${position}`) ?? null,
    async keepCheckpoint(size, note) {
      if (!notes.has(size)) notes.set(size, note);
    },
    checkpoints: async () =>
      [...notes].map(([size, note]) => ({ size, note })).sort((a, b) => a.size - b.size),
  };
}

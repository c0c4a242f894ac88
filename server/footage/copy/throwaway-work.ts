import type { BlobStore } from '../../kernel/blobs.ts';
import type { JsonValue } from '../../kernel/canonical-json.ts';
import type { Sha256 } from '../../kernel/digest.ts';
import type { WorkStore } from '../ports.ts';

/** A store of work that begins empty, so that everything is done anew, and ends empty. */
export function createThrowawayWork(blobs: BlobStore): WorkStore {
  const kept = new Map<Sha256, { facts: JsonValue; blob: string }>();
  const workOf = ({ facts, blob }: { facts: JsonValue; blob: string }) => ({
    facts,
    read: () => blobs.read(blob),
  });
  return {
    async find(name) {
      const work = kept.get(name);
      return work === undefined ? null : workOf(work);
    },
    async keep(name, facts, bytes) {
      const there = kept.get(name);
      if (there !== undefined) return workOf(there);
      const { id: blob } = await blobs.put(bytes);
      const work = { facts, blob };
      kept.set(name, work);
      return workOf(work);
    },
    async forget(name) {
      const there = kept.get(name);
      if (there === undefined) return;
      kept.delete(name);
      await blobs.destroy(there.blob);
    },
    async retain(names) {
      for (const [name, { blob }] of kept) {
        if (names.has(name)) continue;
        kept.delete(name);
        await blobs.destroy(blob);
      }
    },
  };
}

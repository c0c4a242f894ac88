import { PackError } from '../../server/packs/errors.ts';
import type { Opening } from '../../server/packs/manifest/commitments.ts';
import type { PackDraft, SealedPack } from '../../server/packs/pack-draft.ts';
import type { PackStore } from '../../server/packs/ports.ts';

/** A pack store in memory that keeps every promise of the port. */
export function createMemoryPacks(): PackStore {
  const drafts = new Map<string, PackDraft>();
  const requests = new Map<string, string>();
  const openings = new Map<string, Opening>();
  const results = new Map<string, SealedPack>();
  const keyOf = (id: string, leaf: string) => `${id}/${leaf}`;

  function known(id: string): PackDraft {
    const draft = drafts.get(id);
    if (draft === undefined) throw new PackError('PACK_UNKNOWN', 'There is no such pack.');
    return draft;
  }

  return {
    async addDraft(draft, items, request) {
      if (drafts.has(draft.id) || (request !== undefined && requests.has(request))) {
        throw new Error('there is such a draft already');
      }
      const leafOf = new Map(draft.commitments.map(({ source, leaf }) => [source, leaf]));
      drafts.set(draft.id, structuredClone(draft));
      if (request !== undefined) requests.set(request, draft.id);
      for (const { source, salt, item } of items) {
        openings.set(keyOf(draft.id, leafOf.get(source)!), structuredClone({ salt, item }));
      }
    },
    draftFor: async (request) => requests.get(request) ?? null,
    draft: async (id) => structuredClone(known(id)),
    opening: async (id, leaf) => structuredClone(openings.get(keyOf(id, leaf)) ?? null),
    async destroyOpening(id, leaf) {
      known(id);
      openings.delete(keyOf(id, leaf));
    },
    async saveSealed(sealed) {
      results.set(sealed.id, structuredClone(sealed));
    },
    async sealed(id) {
      known(id);
      return structuredClone(results.get(id) ?? null);
    },
    isSuperseded: async (statementSha256) =>
      [...drafts.values()].some(
        ({ id, supersedes }) => results.has(id) && supersedes === statementSha256,
      ),
    papersOfPacks: async () =>
      [...drafts.values()].map(({ id, recipe }) => ({
        pack: id,
        isSealed: results.has(id),
        papers: [...(recipe?.papers ?? [])],
      })),
    async list(limit) {
      const listed = [...drafts.values()].map(({ id, sealedAt }) => ({
        id,
        draftedAtMs: Date.parse(sealedAt),
        sealed: structuredClone(results.get(id) ?? null),
      }));
      const newestFirst = listed.sort(
        (a, b) => b.draftedAtMs - a.draftedAtMs || (a.id < b.id ? -1 : 1),
      );
      return newestFirst.slice(0, limit);
    },
  };
}

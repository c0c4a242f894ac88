import type { RedactAgain } from '../footage/copy/redact-again.ts';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../kernel/digest.ts';
import { CodedError } from '../kernel/errors.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { type BagFile, bagFiles } from './bag-files.ts';
import { PackError } from './errors.ts';
import type { GatheredPack, GatherPack } from './gather-pack.ts';
import { comparePaths } from './manifest/pack-path.ts';
import { mediaPath } from './media-path.ts';
import type { PackDraft, PackFile } from './pack-draft.ts';
import type { PackStore } from './ports.ts';
import type { RenderPack } from './render-pack.ts';

/** Why a file was not judged. */
export type NotReproduced =
  /** The pack was drafted before what it is rebuilt from was kept. */
  | 'no-recipe'
  /** A case or a recording was changed, withdrawn or erased since. */
  | 'sources-changed'
  /** A paper of the organisation that was bound behind the letter was destroyed since. */
  | 'paper-gone'
  /** It came out otherwise, but by other versions of the tools. */
  | 'tools-changed'
  /** What opens an exhibit, or tells whether a source is what it was, was destroyed. */
  | 'salt-destroyed'
  /** The plan or the analysis that a copy was made by is no longer there. */
  | 'plan-gone'
  | 'analysis-gone'
  /** A still of a clip: its time is not kept. */
  | 'still-of-clip'
  /** The tools refused it this time. */
  | 'failed';

/** How one file of a pack came out. */
export interface ReproducedFile {
  readonly path: string;
  readonly result: 'EQUAL' | 'DIFFERENT' | 'NOT CHECKED';
  readonly why: NotReproduced | null;
}

/** Rebuilds a pack and compares. */
export type ReproducePack = (
  pack: string,
  options?: {
    onProgress?: (step: 'render' | 'redact', done: number, total: number) => void;
    signal?: AbortSignal;
  },
) => Promise<readonly ReproducedFile[]>;

type Rebuilt = Sha256 | { readonly why: NotReproduced };

/**
 * Creates the rebuilding of sealed packs: everything but `seal/`, from what the vault holds and the
 * recipe beside the draft. Documents are printed and recordings covered once more. Each file is
 * compared with the digest in the lists of the sealed archive itself.
 *
 * @throws {PackError} from the use case: `PACK_UNKNOWN`, `PACK_UNSEALED`.
 */
export function createReproducePack(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed' | 'opening'>;
  gatherPack: GatherPack;
  renderPack: RenderPack;
  redactAgain: RedactAgain;
  verifyFiles: () => Promise<readonly BagFile[]>;
  /** Digests of everything but `seal/`, as the archive's own lists have them. */
  listsOf: (archive: string) => Promise<ReadonlyMap<string, Sha256>>;
  /** Names the versions of what prints documents. */
  renderer: () => Promise<string>;
  generator: string;
}): ReproducePack {
  const { packs, gatherPack, renderPack, redactAgain, verifyFiles, listsOf } = deps;

  /** What the documents and copies are made from, if it is what it was. */
  async function gatherAgain(
    draft: PackDraft,
  ): Promise<{ gathered: GatheredPack; isCertain: boolean; papersGone: boolean } | NotReproduced> {
    const { recipe, sealedAt } = draft;
    if (recipe === undefined) return 'no-recipe';
    const gatherWith = (papers: readonly string[]) =>
      gatherPack(recipe.order, new Date(sealedAt), {
        numbering: seededRandom(recipe.numbering),
        before: draft.id,
        papers,
      });
    try {
      // Without a paper all can still be judged but what the letter's sheets are in.
      const withPapers = await gatherWith(recipe.papers ?? []).catch((error: unknown) => {
        if (error instanceof CodedError && error.code === 'PAPER_UNKNOWN') return null;
        throw error;
      });
      const gathered = withPapers ?? (await gatherWith([]));
      const same = await sourcesAreTheSame(draft, gathered);
      if (same === false) return 'sources-changed';
      return { gathered, isCertain: same !== null, papersGone: withPapers === null };
    } catch (error) {
      if (error instanceof CodedError) return 'sources-changed';
      throw error;
    }
  }

  /** Null where a salt was destroyed, so that nothing is left to compare with. */
  async function sourcesAreTheSame(
    draft: PackDraft,
    gathered: GatheredPack,
  ): Promise<boolean | null> {
    const now = new Map<string, Sha256>([
      ...gathered.counted.selected.map(
        (record) =>
          [`case/${record.id}`, sha256(canonicalJson(record as unknown as JsonValue))] as const,
      ),
      ...gathered.media.map(
        ({ recording }) => [`recording/${recording.id}`, recording.sha256] as const,
      ),
    ]);
    const withheld = draft.commitments.filter(({ path }) => path === null);
    if (withheld.length !== now.size) return false;
    let isCertain = true;
    for (const { source, leaf } of withheld) {
      const digest = now.get(source);
      if (digest === undefined) return false;
      const opening = await packs.opening(draft.id, leaf);
      if (opening === null) isCertain = false;
      else if (opening.item.sha256 !== digest) return false;
    }
    return isCertain ? true : null;
  }

  return async function reproducePack(id, { onProgress, signal } = {}) {
    const draft = await packs.draft(id);
    const sealed = await packs.sealed(id);
    if (sealed === null) throw unsealed();
    const listed = await listsOf(sealed.blob);
    const again = await gatherAgain(draft);
    const rebuilt = new Map<string, Rebuilt>();
    const sizes = new Map<string, number>();

    if (typeof again === 'string') {
      for (const { path } of draft.files) rebuilt.set(path, { why: again });
    } else {
      await rebuildDocuments(again.gathered);
      if (again.papersGone) leaveOutLetters();
      await rebuildCopies(again.gathered);
      if (!again.isCertain) excuse(draft.files);
    }
    await rebuildBag();
    return [...new Set([...listed.keys(), ...rebuilt.keys()])].sort(comparePaths).map((path) => {
      const made = rebuilt.get(path);
      if (typeof made === 'object') return { path, result: 'NOT CHECKED', why: made.why };
      return { path, result: made === listed.get(path) ? 'EQUAL' : 'DIFFERENT', why: null };
    });

    /** What came out otherwise by other tools says nothing. */
    function set(path: string, digest: Sha256, sameTools: boolean): void {
      const excused = !sameTools && digest !== listed.get(path);
      rebuilt.set(path, excused ? { why: 'tools-changed' } : digest);
    }

    /** What came out otherwise may be of a source that was changed since: nobody can tell any more. */
    function excuse(files: readonly PackFile[]): void {
      for (const { path } of files) {
        const made = rebuilt.get(path);
        const isDifferent = typeof made === 'string' && made !== listed.get(path);
        if (isDifferent) rebuilt.set(path, { why: 'salt-destroyed' });
      }
    }

    /** The letters bind the papers, and the inventories name the letters' digests. */
    function leaveOutLetters(): void {
      for (const { path, role } of draft.files) {
        if (role === 'letter' || role === 'annex') rebuilt.set(path, { why: 'paper-gone' });
      }
    }

    async function rebuildDocuments(from: GatheredPack): Promise<void> {
      const { order, renderer, confirmed } = draft.recipe!;
      const sameTools = (await deps.renderer()) === renderer;
      const { keySha256 } = draft;
      const { files } = await renderPack(order, from, {
        ...(keySha256 === undefined ? {} : { keySha256 }),
        ...(confirmed === undefined ? {} : { confirmed }),
        ...(signal === undefined ? {} : { signal }),
        onRendered: (done, total) => onProgress?.('render', done, total),
      });
      for (const { path, bytes } of files) {
        sizes.set(path, bytes.length);
        set(path, sha256(bytes), sameTools);
      }
    }

    async function rebuildCopies({ media }: GatheredPack): Promise<void> {
      for (const [i, { exhibit, copy, recording }] of media.entries()) {
        onProgress?.('redact', i, media.length);
        const path = mediaPath(exhibit, copy.mediaType);
        const made = await redactAgain(copy, recording, signal);
        if ('why' in made) rebuilt.set(path, { why: made.why });
        else set(path, made.sha256, made.sameTools);
      }
      onProgress?.('redact', media.length, media.length);
    }

    /** Lists and descriptions, of the files as they came out where they were judged. */
    async function rebuildBag(): Promise<void> {
      const openings = await Promise.all(
        draft.commitments
          .filter(({ path }) => path !== null)
          .map(({ leaf }) => packs.opening(id, leaf)),
      );
      const known = openings.filter((opening) => opening !== null);
      const files = draft.files.map((file): PackFile => {
        const made = rebuilt.get(file.path);
        if (typeof made !== 'string') return file;
        return { ...file, sha256: made, sizeBytes: sizes.get(file.path) ?? file.sizeBytes };
      });
      const bag = bagFiles({ ...draft, files }, known, await verifyFiles());
      const sameTools = draft.generator === deps.generator;
      for (const { path, bytes } of bag.files) set(path, sha256(bytes), sameTools);
      if (known.length === openings.length) return;
      for (const path of ['evidence/openings.jsonl', 'tagmanifest-sha256.txt']) {
        rebuilt.set(path, { why: 'salt-destroyed' });
      }
    }
  };
}

function unsealed(): PackError {
  return new PackError(
    'PACK_UNSEALED',
    'The pack is a draft, so there is nothing to compare with. Seal it first.',
  );
}

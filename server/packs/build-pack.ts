import type { CaseRecord } from '../cases/case.ts';
import type { DisclosureControl } from '../cases/disclosure/disclosure-control.ts';
import type { ReceiptFacts } from '../footage/copy/redaction-receipt.ts';
import type { BlobStore } from '../kernel/blobs.ts';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { type Sha256, sha256, toHex } from '../kernel/digest.ts';
import { base32, type RandomBytes } from '../kernel/ids.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { type Clock, isoMonth, isoSeconds } from '../kernel/time.ts';
import type { Localized } from '../letters/writing/language.ts';
import { commitItems, type ItemToCommit } from './commit-items.ts';
import { type FindToldBesideFootage, refusalOfUnreasoned } from './find-told-beside-footage.ts';
import type { GatheredMedia, GatheredPack, GatherPack, LeftOutReason } from './gather-pack.ts';
import { drawDecoys } from './manifest/commitments.ts';
import { mediaPath } from './media-path.ts';
import type { PackDraft, PackFile, SealedPack } from './pack-draft.ts';
import type { PackOrder } from './pack-order.ts';
import type { PackCustody, PackStore } from './ports.ts';
import type { RefuseEndedConsent } from './refuse-ended-consent.ts';
import { refuseUnapproved } from './refuse-unapproved.ts';
import { releaseOfPack } from './release-of-pack.ts';
import type { RenderPack } from './render-pack.ts';
import type { RenderedFile } from './rendered-file.ts';
import type { ScanRendered } from './scan-rendered.ts';
import type { SealPack } from './seal-pack.ts';

/** A sealed pack, and what a lawyer should know of it. */
export interface BuiltPack extends SealedPack {
  readonly notes: PackDraft['notes'];
}

/** How far the building has come. */
export interface BuildProgress {
  readonly step: 'render' | 'seal';
  readonly done: number;
  readonly total: number;
  readonly unit: 'documents' | 'bytes';
}

/** Builds and seals a pack from an order. */
export type BuildPack = (
  order: PackOrder,
  options?: {
    /** Names what asked for it: asked again, after a crash for instance, the same pack is sealed. */
    request?: string;
    onProgress?: (progress: BuildProgress) => void;
    signal?: AbortSignal;
  },
) => Promise<BuiltPack>;

/**
 * Creates the building of packs: gather by consent, render, commit to what is in and what is
 * withheld, keep the draft, seal it. What would tell of few people together with earlier packs is
 * refused before it is rendered, and what goes out is recorded before its draft is kept. The draft and
 * its salts are kept first, so that a seal that was broken off can be made again from them, byte for
 * byte; consent is asked once more before that.
 *
 * @throws {PackError} and what gathering, rendering and sealing throw.
 */
export function createBuildPack(deps: {
  gatherPack: GatherPack;
  renderPack: RenderPack;
  scanRendered: ScanRendered;
  refuseEndedConsent: RefuseEndedConsent;
  sealPack: SealPack;
  packs: PackStore;
  blobs: BlobStore;
  custody: PackCustody;
  disclosure: DisclosureControl;
  toldBesideFootage: FindToldBesideFootage;
  receiptOf: (given: {
    facts: ReceiptFacts;
    path: string;
    inputCommitment: string;
    month: string;
  }) => JsonValue;
  withheldReason: Localized;
  generator: string;
  /** Names the versions of what prints documents. */
  renderer: () => Promise<string>;
  clock: Clock;
  random: RandomBytes;
}): BuildPack {
  const { gatherPack, renderPack, scanRendered, sealPack, packs, blobs } = deps;
  const { custody, disclosure, clock, random } = deps;

  async function keepFiles(files: readonly RenderedFile[]): Promise<PackFile[]> {
    const kept: PackFile[] = [];
    for (const { path, role, mediaType, title, bytes, contentSha256 } of files) {
      const { id: blob, sha256: digest, sizeBytes } = await blobs.put([bytes]);
      const content = contentSha256 === undefined ? {} : { contentSha256 };
      kept.push({ path, role, mediaType, title, sha256: digest, sizeBytes, ...content, blob });
    }
    return kept;
  }

  /** Gathers, renders and commits, and keeps the draft. Returns its id. */
  async function draftPack(
    order: PackOrder,
    { request, onProgress, signal }: NonNullable<Parameters<BuildPack>[1]>,
  ): Promise<string> {
    const sealedAt = isoSeconds(clock.now());
    // To the second, as the pack says it: rebuilt from there, everything is asked for that moment.
    const at = new Date(sealedAt);
    const numbering = toHex(random(NUMBERING_BYTES));
    const id = `EP-${base32(random(16))}`;
    const gathered = await gatherPack(order, at, { numbering: seededRandom(numbering) });
    for (const { copy } of gathered.media) refuseUnapproved(copy);
    const unreasoned = refusalOfUnreasoned(await deps.toldBesideFootage(order));
    if (unreasoned !== null) throw unreasoned;
    const checked = await disclosure.admit(releaseOfPack({ id, at, order, gathered }));
    const rendered = await renderPack(order, gathered, {
      seals: true,
      ...(signal === undefined ? {} : { signal }),
      onRendered: (done, total) => onProgress?.({ step: 'render', done, total, unit: 'documents' }),
    });
    await scanRendered(rendered.files, gathered, order);
    const files = [...(await keepFiles(rendered.files)), ...gathered.media.map(mediaFile)];
    const { salted, commitments } = commitItems(itemsOf(gathered, files), random);
    const leafOf = new Map(commitments.map(({ source, leaf }) => [source, leaf]));
    const { index } = await custody.record({
      kind: 'exported',
      role: 'lawyer',
      detail: {
        pack: id,
        files: files.map((file) => file.sha256),
        // Grounds that were used although nobody has confirmed them, and why.
        overrides: order.letter.overrides.map(({ ground, reason }) => ({ ground, reason })),
      },
    });
    const events = gathered.media.flatMap(({ copy, recording }) => [
      ...recording.custody,
      ...copy.custody,
    ]);
    const excerpt = await custody.excerpt([...events, index]);
    const draft: PackDraft = {
      id,
      sealedAt,
      sample: order.sample,
      supersedes: order.supersedes,
      generator: deps.generator,
      keySha256: rendered.keySha256,
      files,
      receipts: gathered.media.map(({ exhibit, copy, recording }) => ({
        exhibit,
        text: `${canonicalJson(
          deps.receiptOf({
            facts: copy.receiptFacts,
            path: mediaPath(exhibit, copy.mediaType),
            inputCommitment: leafOf.get(sourceOfRecording(recording.id))!,
            month: isoMonth(at),
          }),
        )}\n`,
      })),
      custody: {
        checkpoint: excerpt.checkpoint,
        lines: excerpt.entries.map(({ event, index: at, proof }) => ({
          event: { ...event, detail: event.detail as Sha256 },
          index: at,
          proof: proof.map((hash) => hash as Sha256),
        })),
      },
      commitments,
      decoys: drawDecoys(commitments.length, random),
      withheldReason: deps.withheldReason,
      recipe: {
        order,
        numbering,
        confirmed: rendered.confirmed,
        papers: gathered.papers.map((paper) => paper.id),
        renderer: await deps.renderer(),
      },
      notes: { warnings: rendered.warnings, leftOut: countReasons(gathered.counted.leftOut) },
    };
    await disclosure.record(checked);
    await packs.addDraft(draft, salted, request);
    return id;
  }

  return async function buildPack(order, options = {}) {
    const { request, onProgress, signal } = options;
    const drafted = request === undefined ? null : await packs.draftFor(request);
    const id = drafted ?? (await draftPack(order, options));
    const draft = await packs.draft(id);
    const { notes } = draft;
    const earlier = await packs.sealed(id);
    if (earlier !== null) return { ...earlier, notes };
    await deps.refuseEndedConsent(draft);
    const sealed = await sealPack(id, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done, total) => onProgress?.({ step: 'seal', done, total, unit: 'bytes' }),
    });
    return { ...sealed, notes };
  };
}

const NUMBERING_BYTES = 32;

const sourceOfRecording = (id: string) => `recording/${id}`;

/** Everything a pack commits to: originals and cases that are withheld, exhibits that are shown. */
function itemsOf(gathered: GatheredPack, files: readonly PackFile[]): ItemToCommit[] {
  const originals = new Map(gathered.media.map(({ recording }) => [recording.id, recording]));
  return [
    ...[...originals.values()].map(
      ({ id, sha256: digest, sizeBytes }): ItemToCommit => ({
        source: sourceOfRecording(id),
        item: { class: 'original-media', sha256: digest, bytes: sizeBytes },
        path: null,
      }),
    ),
    ...gathered.counted.selected.map(sourceCase),
    ...files
      .filter(({ role }) => role === 'case' || role === 'media')
      .map(
        ({ path, sha256: digest, sizeBytes }): ItemToCommit => ({
          source: `file/${path}`,
          item: { class: 'exhibit', sha256: digest, bytes: sizeBytes },
          path,
        }),
      ),
  ];
}

/** A counted case as it is kept: it can be shown to a court one by one, and proves it was counted. */
function sourceCase(record: CaseRecord): ItemToCommit {
  const bytes = new TextEncoder().encode(canonicalJson(record as unknown as JsonValue));
  return {
    source: `case/${record.id}`,
    item: { class: 'source-case', sha256: sha256(bytes), bytes: bytes.length },
    path: null,
  };
}

function mediaFile({ exhibit, title, copy }: GatheredMedia): PackFile {
  return {
    path: mediaPath(exhibit, copy.mediaType),
    role: 'media',
    mediaType: copy.mediaType,
    title,
    sha256: copy.sha256,
    sizeBytes: copy.sizeBytes,
    blob: copy.blob,
  };
}

function countReasons(leftOut: GatheredPack['counted']['leftOut']): PackDraft['notes']['leftOut'] {
  const counts = new Map<LeftOutReason, number>();
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import { analysisDigest } from '../analysis/analysis-bytes.ts';
import type { FrameBoxes } from '../analysis/frame-boxes.ts';
import type { WorkStore } from '../ports.ts';
import { findForeground } from './find-foreground.ts';

/** What {@link findForeground} found, and the name under which it is kept. */
export interface KeptForeground {
  readonly foreground: FrameBoxes;
  /** Null where nothing had to be looked for again. */
  readonly name: Sha256 | null;
}

/**
 * The foreground under a plan, from the store where the same was looked for before: an edit of a
 * region that is covered need not decode what is kept once more.
 *
 * @throws {FootageError} as {@link findForeground}.
 */
export async function keptForeground(
  store: WorkStore | null,
  options: Parameters<typeof findForeground>[0],
): Promise<KeptForeground> {
  const { analysis, checked } = options;
  const { plan, range } = checked;
  const same = plan.keep.length === 0 && plan.threshold === analysis.threshold;
  if (store === null || same || plan.mode === 'marked') {
    return { foreground: await findForeground(options), name: null };
  }
  const name = sha256(
    canonicalJson({
      kind: 'dalil-foreground/1',
      analysis: analysisDigest(analysis),
      range: [...range],
      holdFrames: plan.holdFrames,
      threshold: plan.threshold,
      keep: plan.keep as unknown as JsonValue,
    }),
  );
  const kept = await store.find(name);
  if (kept !== null) return { foreground: await decode(kept.read(), analysis), name };
  const foreground = await findForeground(options);
  await store.keep(name, null, encode(foreground));
  return { foreground, name };
}

/** Where the boxes begin, one number more than frames; then the boxes. Little-endian. */
async function* encode({ starts, packed }: FrameBoxes): AsyncGenerator<Uint8Array> {
  for (const { buffer, byteOffset, byteLength } of [starts, packed]) {
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

async function decode(
  source: AsyncIterable<Uint8Array>,
  analysis: FootageAnalysis,
): Promise<FrameBoxes> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  const bytes = new Uint8Array(Buffer.concat(parts));
  const startsBytes = 4 * (analysis.index.ticks.length + 1);
  return {
    starts: new Uint32Array(bytes.slice(0, startsBytes).buffer),
    packed: new Int16Array(bytes.slice(startsBytes).buffer),
  };
}

import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { Annex, LetterModel } from '../letters/letter-model.ts';
import type { GatheredCase, GatheredMedia, GatheredPack } from './gather-pack.ts';
import { letterOfPack } from './letter-of-pack.ts';
import { mediaPath } from './media-path.ts';
import type { PackOrder } from './pack-order.ts';
import type { PackTexts } from './pack-texts.ts';
import { periodOfPack } from './period-of-pack.ts';
import { listedFile, type RenderedFile } from './rendered-file.ts';

/** The letter of a pack as it will be rendered, and the files that its annexes list. */
export type PackLetter = (
  order: PackOrder,
  gathered: GatheredPack,
  /** Digest of the key that the letter names; the signing key's when left out. */
  keySha256?: Sha256,
) => Promise<{
  readonly model: LetterModel;
  readonly files: readonly RenderedFile[];
  readonly keySha256: Sha256;
}>;

/**
 * Creates the writing of a pack's letter, which prints nothing.
 *
 * @throws {PackError} from the use case, as `letterOfPack` does.
 */
export function createPackLetter(deps: {
  texts: Pick<PackTexts, 'annexTitle' | 'caseTitle' | 'presenceKind'>;
  /** Digest of the key that will sign the pack: the letter tells it to readers. */
  keySha256: () => Promise<Sha256>;
}): PackLetter {
  const { texts } = deps;

  return async function packLetter(order, gathered, named) {
    const { summary, recurrence, cases, media, presence } = gathered;
    const files = [...cases.map(caseFile), ...summary.tables.map(tableFile)];
    const keySha256 = named ?? (await deps.keySha256());
    const model = letterOfPack(order, {
      summary,
      recurrence,
      period: periodOfPack(order, gathered),
      cases,
      presence,
      presenceKind: texts.presenceKind,
      annexes: annexesOf(gathered, files),
      redactions: media.map(redactionOf),
      keySha256,
      attached: order.attachFiles === true && files.length > 0,
    });
    return { model, files, keySha256 };
  };

  function annexesOf(
    { media, presence, papers }: GatheredPack,
    files: readonly RenderedFile[],
  ): Annex[] {
    const ofRole = (role: RenderedFile['role']) => files.filter((file) => file.role === role);
    const cases = ofRole('case').map(listedFile);
    const tables = ofRole('statistics').map(listedFile);
    const copies = media.map(({ exhibit, copy }) => ({
      path: mediaPath(exhibit, copy.mediaType),
      sha256: copy.sha256,
      sizeBytes: copy.sizeBytes,
    }));
    const wanted: Array<Pick<Annex, 'role' | 'files' | 'scans'> | null> = [
      { role: 'statistics', files: [] },
      presence === null ? null : { role: 'presence', files: [] },
      cases.length === 0 ? null : { role: 'cases', files: cases },
      copies.length === 0 ? null : { role: 'redaction', files: [] },
      tables.length === 0 ? null : { role: 'tables', files: tables },
      copies.length === 0 ? null : { role: 'media', files: copies },
      { role: 'exhibits', files: [] },
      { role: 'verification', files: [] },
      ...papers.map(({ role, scans }) => ({ role, files: [], scans })),
    ];
    return wanted
      .filter((annex) => annex !== null)
      .map(({ role, files: own, scans }, i) => ({
        number: i + 1,
        role,
        title: texts.annexTitle(role as Exclude<Annex['role'], 'other'>),
        files: own,
        ...(scans === undefined ? {} : { scans }),
      }));
  }

  function caseFile({ published }: GatheredCase): RenderedFile {
    return {
      path: `data/cases/${published.exhibit}.json`,
      role: 'case',
      mediaType: 'application/json',
      title: texts.caseTitle(published.exhibit),
      bytes: new TextEncoder().encode(canonicalJson(published as unknown as JsonValue)),
    };
  }
}

function tableFile({
  name,
  title,
  csvBytes,
}: GatheredPack['summary']['tables'][number]): RenderedFile {
  return {
    path: `data/statistics/${name}.csv`,
    role: 'statistics',
    mediaType: 'text/csv',
    title,
    bytes: csvBytes,
  };
}

/** What the statement on redaction tells of a copy: what its receipt tells. */
function redactionOf({
  exhibit,
  copy,
  recording,
}: GatheredMedia): LetterModel['redactions'][number] {
  const { mode, emptyScene, operations, checks } = copy.receiptFacts;
  return {
    exhibit,
    kind: recording.kind,
    mode,
    emptyScene,
    covered: operations.covered,
    kept: operations.kept,
    passed: checks.filter((check) => check.passed).length,
    made: checks.length,
  };
}

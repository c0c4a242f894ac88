import { isTimestampPath } from '../packs/manifest/pack-files.ts';
import { comparePaths } from '../packs/manifest/pack-path.ts';
import { stampedBytes } from '../packs/manifest/stamped-bytes.ts';
import type { PackContents } from './pack-contents.ts';
import type { JudgedTimestamp, JudgeTimestamp } from './ports.ts';
import type { Report, StepResult } from './report.ts';

/** What an auditor brought to tell the time by. */
export interface BroughtTimestamps {
  /** Certificates of authorities that the auditor trusts, in PEM. */
  readonly tsaRoots?: readonly string[];
  /** Time stamps that came after the pack was sealed and travel beside it, by their names. */
  readonly timestamps?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** What the time stamps say, and the earliest moment that one of a trusted authority proves. */
export interface JudgedTimestamps {
  readonly provenAt: Date | null;
  readonly timestamps: Report['timestamps'];
}

/**
 * Checks the time stamps in the seal, and those that were brought, over statement and signature.
 *
 * Without roots only what they are stamps of is checked, and the step is NOT CHECKED. A stamp that
 * leads to none of the roots says nothing as long as another one leads there: packs have stamps of
 * several authorities, and nobody has to trust them all. What came beside the pack is judged by itself,
 * as openings are: anybody can send a false one along.
 */
export async function checkTimestamps(
  contents: PackContents,
  { tsaRoots, timestamps = [] }: BroughtTimestamps,
  judgeTimestamp: JudgeTimestamp,
): Promise<JudgedTimestamps> {
  const { files, bytes, find, skip } = contents;
  const inSeal = [...files.keys()].filter(isTimestampPath).sort(comparePaths);
  const given = [
    ...inSeal.map((path) => ({ path, token: bytes(path), beside: false })),
    ...timestamps.map(({ name, bytes: token }) => ({ path: name, token, beside: true })),
  ];
  const statement = bytes('seal/statement.txt');
  const signature = bytes('seal/statement.p256.sig');
  const stamped =
    statement === null || signature === null ? null : stampedBytes(statement, signature);
  const judged: Array<{ path: string; beside: boolean; stamp: JudgedTimestamp | null }> = [];
  for (const { path, token, beside } of given) {
    // What cannot be read is found where files are judged.
    if (token === null || stamped === null) continue;
    const stamp = await judgeTimestamp({ token, stamped, roots: tsaRoots ?? null });
    if (!beside) {
      if (stamp === null) find('timestamp-malformed', path);
      else if (stamp.standing === 'other-imprint') find('timestamp-other-statement', path);
      else if (stamp.standing === 'wrong') find('timestamp-wrong', path);
    }
    if (stamp !== null || beside) judged.push({ path, beside, stamp });
  }
  const moments = judged.flatMap(({ stamp }) =>
    stamp?.standing === 'trusted' ? [stamp.genTime.getTime()] : [],
  );
  if (moments.length === 0) {
    skip('timestamp');
    for (const { path, beside, stamp } of judged) {
      if (!beside && stamp?.standing === 'untrusted') find('timestamp-untrusted', path);
    }
  }
  return {
    provenAt: moments.length === 0 ? null : new Date(Math.min(...moments)),
    timestamps: judged.map(({ path, beside, stamp }) => ({
      path,
      at: stamp?.genTime.toISOString() ?? null,
      beside,
      result: resultOf(stamp?.standing, moments.length > 0),
    })),
  };
}

function resultOf(
  standing: JudgedTimestamp['standing'] | undefined,
  anotherIsTrusted: boolean,
): StepResult {
  if (standing === 'trusted') return 'PASS';
  if (standing === 'unchecked') return 'NOT CHECKED';
  return standing === 'untrusted' && anotherIsTrusted ? 'NOT CHECKED' : 'FAIL';
}

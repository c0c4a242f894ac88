import { isTimestampPath } from '../packs/manifest/pack-files.ts';
import { comparePaths } from '../packs/manifest/pack-path.ts';
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
 * several authorities, and nobody has to trust them all.
 */
export async function checkTimestamps(
  contents: PackContents,
  { tsaRoots, timestamps = [] }: BroughtTimestamps,
  judgeTimestamp: JudgeTimestamp,
): Promise<JudgedTimestamps> {
  const { files, bytes, find, skip } = contents;
  const inSeal = [...files.keys()].filter(isTimestampPath).sort(comparePaths);
  const given = [
    ...inSeal.map((path) => ({ path, token: bytes(path) })),
    ...timestamps.map(({ name, bytes: token }) => ({ path: name, token })),
  ];
  const stamped = stampedBytes(bytes('seal/statement.txt'), bytes('seal/statement.p256.sig'));
  const judged: Array<{ path: string; stamp: JudgedTimestamp }> = [];
  for (const { path, token } of given) {
    // What cannot be read is found where files are judged.
    if (token === null || stamped === null) continue;
    const stamp = await judgeTimestamp({ token, stamped, roots: tsaRoots ?? null });
    if (stamp === null) find('timestamp-malformed', path);
    else if (stamp.standing === 'other-imprint') find('timestamp-other-statement', path);
    else if (stamp.standing === 'wrong') find('timestamp-wrong', path);
    if (stamp !== null) judged.push({ path, stamp });
  }
  const trusted = judged.filter(({ stamp }) => stamp.standing === 'trusted');
  if (trusted.length === 0) {
    skip('timestamp');
    for (const { path, stamp } of judged) {
      if (stamp.standing === 'untrusted') find('timestamp-untrusted', path);
    }
  }
  const earliest = Math.min(...trusted.map(({ stamp }) => stamp.genTime.getTime()));
  return {
    provenAt: trusted.length === 0 ? null : new Date(earliest),
    timestamps: judged.map(({ path, stamp }) => ({
      path,
      at: stamp.genTime.toISOString(),
      result: resultOf(stamp, trusted.length > 0),
    })),
  };
}

function resultOf({ standing }: JudgedTimestamp, anotherIsTrusted: boolean): StepResult {
  if (standing === 'trusted') return 'PASS';
  if (standing === 'unchecked') return 'NOT CHECKED';
  return standing === 'untrusted' && anotherIsTrusted ? 'NOT CHECKED' : 'FAIL';
}

/** What authorities stamp: the statement, and its signature behind it. */
function stampedBytes(
  statement: Uint8Array | null,
  signature: Uint8Array | null,
): Uint8Array | null {
  if (statement === null || signature === null) return null;
  const both = new Uint8Array(statement.length + signature.length);
  both.set(statement);
  both.set(signature, statement.length);
  return both;
}

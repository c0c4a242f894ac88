import { isBoundedText } from '../../kernel/bounded-text.ts';
import { isSha256, type Sha256, sha256 } from '../../kernel/digest.ts';
import { PACK_ID } from './pack-path.ts';

/** What is signed: everything else follows from its digests. */
export interface Statement {
  readonly pack: string;
  /** UTC to the second, `2026-11-23T10:15:00Z`. */
  readonly sealedAt: string;
  readonly tagmanifestSha256: Sha256;
  readonly commitmentRoot: Sha256;
  /** Digest of the statement of the pack that this one replaces. */
  readonly supersedes: Sha256 | null;
  /** Digest of the public key that signs, SPKI in DER. */
  readonly signerSha256: Sha256;
}

const HEADING = 'dalil-evidence-pack/v1';
/** More than its seven lines have. */
const MOST_BYTES = 1_000;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** The text of `seal/statement.txt`: ASCII, lines ended by LF, in this order. */
export function formatStatement(statement: Statement): string {
  return [
    HEADING,
    `pack ${statement.pack}`,
    `sealed-at ${statement.sealedAt}`,
    `tagmanifest-sha256 ${statement.tagmanifestSha256}`,
    `commitment-root ${statement.commitmentRoot}`,
    `supersedes ${statement.supersedes ?? '-'}`,
    `signer p256 ${statement.signerSha256}`,
    '',
  ].join('\n');
}

/** Reads a statement that may come from anybody; null unless {@link formatStatement} wrote it. */
export function parseStatement(text: string): Statement | null {
  if (!isBoundedText(text, MOST_BYTES)) return null;
  const lines = text.split('\n');
  const after = (line: number, name: string) => {
    const found = lines[line] ?? '';
    return found.startsWith(`${name} `) ? found.slice(name.length + 1) : '';
  };
  const pack = after(1, 'pack');
  const sealedAt = after(2, 'sealed-at');
  const tagmanifestSha256 = after(3, 'tagmanifest-sha256');
  const commitmentRoot = after(4, 'commitment-root');
  const supersedes = after(5, 'supersedes');
  const signerSha256 = after(6, 'signer p256');
  if (!PACK_ID.test(pack) || !isMoment(sealedAt)) return null;
  if (!isSha256(tagmanifestSha256) || !isSha256(commitmentRoot)) return null;
  if (!isSha256(signerSha256) || !(supersedes === '-' || isSha256(supersedes))) return null;
  const statement: Statement = {
    pack,
    sealedAt,
    tagmanifestSha256,
    commitmentRoot,
    supersedes: supersedes === '-' ? null : supersedes,
    signerSha256,
  };
  return formatStatement(statement) === text ? statement : null;
}

/** The digest by which others name a statement. */
export function statementDigest(statement: Statement): Sha256 {
  return sha256(formatStatement(statement));
}

/** Whether `text` is a moment in UTC to the second, `2026-11-23T10:15:00Z`, that there is. */
export function isMoment(text: string): boolean {
  if (!TIME.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && `${new Date(time).toISOString().slice(0, 19)}Z` === text;
}

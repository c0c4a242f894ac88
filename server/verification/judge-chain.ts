import { type Sha256, sha256 } from '../kernel/digest.ts';
import { parseStatement } from '../packs/manifest/statement.ts';
import { VerificationError } from './errors.ts';
import type { ChainLink, Report, SupersededChain } from './report.ts';

/** An earlier pack that was judged, or the text of its statement alone. */
export type Earlier = { readonly report: Report } | { readonly statement: string };

/**
 * Follows what a pack replaces through the earlier packs at hand. Each statement names the digest of
 * the one before it, so nobody can put another in its place.
 *
 * @throws {VerificationError} `STATEMENT_UNREADABLE` for a text that is no statement.
 */
export function judgeChain(report: Report, earlier: readonly Earlier[]): SupersededChain {
  const atHand = new Map<Sha256, ChainLink>();
  for (const one of earlier) {
    const link = linkOf(one);
    const there = atHand.get(link.statementSha256);
    // A pack tells more than its statement alone.
    if (there === undefined || there.verdict === null) atHand.set(link.statementSha256, link);
  }
  const links: ChainLink[] = [];
  let next = report.supersedes;
  let sealedAt = report.sealedAt ?? '';
  while (next !== null) {
    const link = atHand.get(next);
    if (link === undefined) break;
    atHand.delete(next);
    const inOrder = link.sealedAt <= sealedAt;
    links.push({
      statementSha256: link.statementSha256,
      pack: link.pack,
      sealedAt: link.sealedAt,
      signerSha256: link.signerSha256,
      supersedes: link.supersedes,
      verdict: link.verdict,
      inOrder,
    });
    next = link.supersedes;
    sealedAt = link.sealedAt;
  }
  return { links, missing: next, foreign: [...atHand.keys()].sort() };
}

/** Whether nothing that was brought speaks against the chain. */
export function chainHolds({ links, foreign }: SupersededChain): boolean {
  return foreign.length === 0 && links.every((link) => link.inOrder && link.verdict !== 'invalid');
}

function linkOf(earlier: Earlier): ChainLink {
  if ('report' in earlier) {
    const { statementSha256, pack, sealedAt, signerSha256, supersedes, verdict } = earlier.report;
    if (statementSha256 === null || pack === null || sealedAt === null || signerSha256 === null) {
      throw unreadable();
    }
    return { statementSha256, pack, sealedAt, signerSha256, supersedes, verdict, inOrder: true };
  }
  const statement = parseStatement(earlier.statement);
  if (statement === null) throw unreadable();
  const { pack, sealedAt, signerSha256, supersedes } = statement;
  const statementSha256 = sha256(earlier.statement);
  return {
    statementSha256,
    pack,
    sealedAt,
    signerSha256,
    supersedes,
    verdict: null,
    inOrder: true,
  };
}

function unreadable(): VerificationError {
  return new VerificationError(
    'STATEMENT_UNREADABLE',
    'An earlier pack has no readable statement. Bring its archive, or its seal/statement.txt as it was.',
  );
}

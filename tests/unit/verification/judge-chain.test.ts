import { expect, test } from 'vitest';
import type { Sha256 } from '../../../server/kernel/digest.ts';
import { formatStatement, parseStatement } from '../../../server/packs/manifest/statement.ts';
import { chainHolds, judgeChain } from '../../../server/verification/judge-chain.ts';
import { presentChain } from '../../../server/verification/present-report.ts';
import { judge } from '../../builders/judged-pack.ts';
import { REPORT_TEXT } from '../../builders/report-text.ts';
import { aSealedPack, type SealedForTest } from '../../builders/sealed-pack.ts';
import { superseding } from '../../builders/superseding-pack.ts';

/** A pack that replaces a statement, as its own key signs it. */
async function replacing(pack: SealedForTest, supersedes: Sha256, sealedAt = '') {
  const zip = await superseding(pack, supersedes);
  const report = await judge(zip, pack.signer.publicKeyPem);
  return sealedAt === '' ? report : { ...report, sealedAt };
}

test('earlier packs are followed by their statements, whole or as texts', async () => {
  const [first, second, third] = await Promise.all([1, 2, 3].map((seed) => aSealedPack({ seed })));
  const one = await judge(first!.zip);
  const two = await replacing(second!, one.statementSha256!);
  const three = await replacing(third!, two.statementSha256!);
  expect([two.verdict, three.verdict]).toEqual(['valid', 'valid']);

  const all = judgeChain(three, [{ statement: first!.sealed.statement }, { report: two }]);
  expect(all.links.map(({ pack, verdict }) => [pack, verdict])).toEqual([
    [second!.id, 'valid'],
    [first!.id, null],
  ]);
  expect([all.missing, all.foreign, chainHolds(all)]).toEqual([null, [], true]);
  expect(presentChain(all, REPORT_TEXT.en)).toMatch(
    /: VALID\n.*only its statement is at hand\n.*first/,
  );

  const broken = judgeChain(three, [{ report: two }]);
  expect([broken.links.length, broken.missing, chainHolds(broken)]).toEqual([
    1,
    one.statementSha256,
    true,
  ]);
  expect(presentChain(broken, REPORT_TEXT.en)).toContain('NOT at hand: NOT CHECKED');

  const foreign = judgeChain(one, [{ report: two }]);
  expect([foreign.links, foreign.foreign]).toEqual([[], [two.statementSha256]]);
  expect(chainHolds(foreign)).toBe(false);
});

test('what is replaced was sealed before, and holds', async () => {
  const [first, second] = await Promise.all([1, 2].map((seed) => aSealedPack({ seed })));
  const one = await judge(first!.zip);
  const early = await replacing(second!, one.statementSha256!, '2020-01-01T00:00:00Z');
  expect(chainHolds(judgeChain(early, [{ report: one }]))).toBe(false);
  const two = await replacing(second!, one.statementSha256!);
  const damaged = { ...one, verdict: 'invalid' as const };
  expect(chainHolds(judgeChain(two, [{ report: damaged }]))).toBe(false);
});

test('a text that was changed is another statement, and half a one is none', async () => {
  const first = await aSealedPack({ seed: 1 });
  const two = await replacing(
    await aSealedPack({ seed: 2 }),
    (await judge(first.zip)).statementSha256!,
  );
  const statement = parseStatement(first.sealed.statement)!;
  const changed = formatStatement({ ...statement, sealedAt: '2026-11-22T10:15:00Z' });
  expect(chainHolds(judgeChain(two, [{ statement: changed }]))).toBe(false);
  expect(() => judgeChain(two, [{ statement: changed.slice(0, -1) }])).toThrow(
    expect.objectContaining({ code: 'STATEMENT_UNREADABLE' }),
  );
});

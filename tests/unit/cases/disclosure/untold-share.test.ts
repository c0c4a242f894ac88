import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { publishedCells } from '../../../../server/cases/disclosure/published-cells.ts';
import { untoldShare } from '../../../../server/cases/disclosure/untold-share.ts';
import { summariseCases } from '../../../../server/cases/figures/summarise-cases.ts';
import { aCase } from '../../../builders/case.ts';

test('a case of two acts is untold once when both are rare, and not when one is shown', () => {
  const many = (count: number, acts: string[]) =>
    Array.from({ length: count }, () => aCase({ acts }));
  // Two rare acts in the same six cases; one rare beside a common one in six others.
  const cases = [
    ...many(40, ['threat']),
    ...many(40, ['extortion']),
    ...many(6, ['humiliation', 'coerced-informing']),
    ...many(6, ['threat', 'planting-threat']),
  ];
  const summary = summariseCases(cases, lists);
  const cells = publishedCells(summary, cases, lists);
  const table = summary.tables.find(({ name }) => name === 'law-enforcement-act')!;
  const shown = new Set(table.rows.map(({ code }) => code).filter((code) => code !== 'other'));
  const untold = cases.filter(({ acts }) => !acts.some((act) => shown.has(act))).length;
  expect(untold).toBeGreaterThan(0);
  expect(untoldShare(table, cells)).toBe(untold / cases.length);
});

import type { CaseRecord } from '../case.ts';
import { type CodeLists, type Labels, type ListName, labelOf } from '../codes/code-lists.ts';
import { CELL_MINIMUM, type Cell, foldPartition, OTHER } from './fold-cells.ts';

/** Law enforcement where any perpetrator is; otherwise the group of the first one. */
export function perpetratorGroup(record: CaseRecord, lists: CodeLists): string {
  const named = record.perpetrators.map((code) =>
    lists.perpetrator.find((one) => one.code === code),
  );
  const flagged = named.find((one) => one?.lawEnforcement === true);
  return (flagged ?? named[0])?.group ?? OTHER;
}

/** `2021-03` → `2021-h1`. */
export function halfYear(record: CaseRecord): string {
  return `${record.month.slice(0, 4)}-${record.month.slice(5) <= '06' ? 'h1' : 'h2'}`;
}

/** Minutes after which a person brought to a station must have a record of detention. */
const THREE_HOURS_MINUTES = 180;

/** How long the person was held: to the minute it would be recognised, so three answers only. */
export function heldFor({ durationMinutes }: CaseRecord): 'over-3h' | 'up-to-3h' | 'unknown' {
  if (durationMinutes === null) return 'unknown';
  return durationMinutes > THREE_HOURS_MINUTES ? 'over-3h' : 'up-to-3h';
}

/** Counts by code, in the order of the list; codes outside it follow in their own order. */
export function countBy(
  cases: readonly CaseRecord[],
  codeOf: (record: CaseRecord) => string,
  order: readonly { readonly code: string }[],
): Cell[] {
  const counts = new Map<string, number>(order.map((item) => [item.code, 0]));
  for (const code of cases.map(codeOf).sort()) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, value]) => ({ code, count: value }));
}

/**
 * Cases by the group they concern, each once. Law enforcement is shown whole or not at all, for its
 * total is published by itself: the others are folded among themselves. Empty when it cannot be.
 */
export function perpetratorCells(cases: readonly CaseRecord[], lists: CodeLists): Cell[] {
  const flagged = lists.perpetrator.find((one) => one.lawEnforcement === true)?.group;
  const cells = countBy(cases, (record) => perpetratorGroup(record, lists), lists.perpetratorGroup);
  const concerned = cells.filter((cell) => cell.code === flagged);
  const others = cells.filter((cell) => cell.code !== flagged && cell.count > 0);
  const rest = others.reduce((sum, cell) => sum + cell.count, 0);
  if (rest < CELL_MINIMUM || concerned.some((cell) => cell.count < CELL_MINIMUM)) return [];
  const folded = foldPartition(others, CELL_MINIMUM);
  return [...concerned, ...(folded.length > 0 ? folded : [{ code: OTHER, count: rest }])];
}

/** Near-site counts by the rows of the oblast table: what is folded there stays folded here. */
export function splitByNear(cases: readonly CaseRecord[], rows: readonly { code: string }[]) {
  const shown = new Set(rows.map((row) => row.code));
  return rows.map(({ code }) => {
    const here = cases.filter((one) => (shown.has(one.oblast) ? one.oblast : OTHER) === code);
    const near = here.filter((one) => one.nearOstSite === 'yes').length;
    return { code, with: near, without: here.length - near };
  });
}

/** The labels of a list's codes, of half-years with their year, and of `other` in any list. */
export function labelsOf(lists: CodeLists, list: ListName): (code: string) => Labels {
  return (code) => {
    if (list === 'halfYear' && code !== OTHER) {
      const pattern = labelOf(lists, 'halfYear', code.slice(5));
      const fill = (text: string) => text.replace('{year}', code.slice(0, 4));
      return { ky: fill(pattern.ky), ru: fill(pattern.ru), en: fill(pattern.en) };
    }
    const own = lists[list].some((item) => item.code === code);
    return own || code !== OTHER
      ? labelOf(lists, list, code)
      : labelOf(lists, 'perpetratorGroup', OTHER);
  };
}

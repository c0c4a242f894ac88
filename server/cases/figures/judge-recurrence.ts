import { z } from 'zod';
import { DATE } from '../dates.ts';
import { OTHER } from './fold-cells.ts';
import shipped from './recurrence-rule.json' with { type: 'json' };
import type { StatisticRow, StatisticTable } from './statistic-table.ts';
import type { CasesSummary } from './summarise-cases.ts';

const RULE_SCHEMA = z.strictObject({
  version: z.literal(1),
  /** The day from which it holds. */
  since: DATE,
  /** So many cases must stand behind each period, area and act that is counted. */
  casesEach: z.int().min(11),
  monthsInARow: z.int().min(1),
  areas: z.int().min(1),
  acts: z.int().min(1),
});

/** When documented cases may be called recurring: dated data that a lawyer may edit. */
export type RecurrenceRule = z.infer<typeof RULE_SCHEMA>;

/** The rule that comes with Dalil. */
export const DEFAULT_RECURRENCE_RULE: RecurrenceRule = RULE_SCHEMA.parse(shipped);

/** What published figures say by the rule; it is shown with the figures it rests on. */
export interface Recurrence {
  readonly rule: RecurrenceRule;
  /** The longest unbroken time in which every published period has enough cases. */
  readonly monthsInARow: number;
  readonly areas: number;
  readonly acts: number;
  readonly met: boolean;
}

/**
 * Judges whether the cases that concern law enforcement recur. It reads published rows and nothing
 * else, so it tells nothing that the tables do not.
 *
 * @returns null where time, area or acts are not told.
 */
export function judgeRecurrence(
  { tables }: Pick<CasesSummary, 'tables'>,
  rule: RecurrenceRule = DEFAULT_RECURRENCE_RULE,
): Recurrence | null {
  const told = (levels: readonly string[]) =>
    tables.find(({ name, level }) => name === `law-enforcement-${level}` && levels.includes(level));
  const time = told(Object.keys(MONTHS_OF));
  const area = told(['district', 'oblast']);
  const act = told(['act', 'act-group']);
  if (time === undefined || area === undefined || act === undefined) return null;
  const enough = ({ rows }: StatisticTable): readonly StatisticRow[] =>
    rows.filter(({ code, count }) => code !== OTHER && count >= rule.casesEach);
  const found = {
    monthsInARow: longestRun(enough(time), MONTHS_OF[time.level]!),
    areas: enough(area).length,
    acts: enough(act).length,
  };
  const met =
    found.monthsInARow >= rule.monthsInARow && found.areas >= rule.areas && found.acts >= rule.acts;
  return { rule, ...found, met };
}

/** How many months one period of a level has. */
const MONTHS_OF: Readonly<Record<string, number>> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
};

function longestRun(rows: readonly StatisticRow[], months: number): number {
  const starts = rows.map(({ code }) => firstMonth(code, months)).sort((a, b) => a - b);
  let longest = 0;
  let run = 0;
  starts.forEach((start, i) => {
    run = i > 0 && start === starts[i - 1]! + months ? run + months : months;
    longest = Math.max(longest, run);
  });
  return longest;
}

/** Months since year 0: `2021`, `2021-h2`, `2021-q3`, `2021-05`. */
function firstMonth(code: string, months: number): number {
  const place = Number(code.slice(5).replace(/\D/, '') || 1);
  return 12 * Number(code.slice(0, 4)) + months * (place - 1);
}

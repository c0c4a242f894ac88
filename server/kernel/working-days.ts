/** One day of the calendar on which offices are closed, beside Saturdays and Sundays. */
export interface Holiday {
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The last of `count` working days after a day, which itself is not counted: the term of 10 working
 * days of what came in on Friday, 24 April 2026 begins on Monday and ends on 18 May. Holidays that
 * fall on a weekend move nothing (Labour Code of 2025).
 *
 * @param from - `YYYY-MM-DD`.
 * @param count - one or more.
 * @returns `YYYY-MM-DD`.
 */
export function workingDaysAfter(
  from: string,
  count: number,
  holidays: readonly Holiday[],
): string {
  const closed = new Set(holidays.map(({ date }) => date));
  let day = from;
  for (let left = count; left > 0; ) {
    day = nextDay(day);
    if (isWeekday(day) && !closed.has(day)) left--;
  }
  return day;
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function isWeekday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

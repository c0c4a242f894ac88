import { z } from 'zod';

/** A day of the calendar, `YYYY-MM-DD`. */
export const DATE = z.string().refine(isDate, 'is no day of the calendar');
/** A month, `YYYY-MM`. */
export const MONTH = z.string().refine(isMonth, 'is no month');

/** Whether `text` is an existing day written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-\d{2}$/.test(text)) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)].map(Number);
  // Every fourth year, but of full centuries only every fourth.
  const leaps = year! % 4 === 0 && (year! % 100 !== 0 || year! % 400 === 0);
  const last = month === 2 ? (leaps ? 29 : 28) : [4, 6, 9, 11].includes(month!) ? 30 : 31;
  return day! >= 1 && day! <= last;
}

/** Whether `text` is a month written `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text);
}

/**
 * Reads a day or a month as people and spreadsheets write them here: `2021-02-14`, `2021-02`,
 * `14.02.2021`, `02.2021`. Returns the ISO form, or null.
 */
export function readDay(text: string): string | null {
  const dotted = /^(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = dotted
    ? [dotted[3], dotted[2], dotted[1]]
        .filter((part) => part !== undefined)
        .map((part) => part.padStart(2, '0'))
        .join('-')
    : text;
  return isDate(iso) || isMonth(iso) ? iso : null;
}

import { z } from 'zod';

/** A day of the calendar, `YYYY-MM-DD`. */
export const DATE = z.string().refine(isDate, 'is no day of the calendar');
/** A month, `YYYY-MM`. */
export const MONTH = z.string().refine(isMonth, 'is no month');

/** Whether `text` is an existing day written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
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

import { type Consent, type ConsentLevel, hasBasis } from '../consent/consent.ts';
import { isDate, readDay } from '../dates.ts';
import type { RowCells } from './row-cells.ts';

/** A consent as a row gives it, and whether it claimed more than it can show. */
export interface ImportedConsent {
  readonly consent: Consent;
  /** True: a level was claimed, but not who took it and when, so it counts as C0. */
  readonly loweredToC0: boolean;
}

/** Reads the consent columns of a row for the narrative or for media. */
export function importConsent(
  cells: RowCells,
  about: 'narrative' | 'media',
  today: string,
): ImportedConsent {
  const name = `consent_${about}`;
  const claimed = (cells.code(name) ?? 'C0') as ConsentLevel;
  const stated: Consent = {
    level: claimed,
    recipient: cells.code(`${name}_recipient`),
    purpose: cells.code(`${name}_purpose`),
    language: cells.code(`${name}_language`) as Consent['language'],
    takenBy: cells.code(`${name}_taken_by`),
    takenOn: day(cells, `${name}_taken_on`),
    expiresOn: day(cells, `${name}_expires_on`),
  };
  if (stated.takenOn !== null && stated.takenOn > today) {
    cells.refuse(
      `${name}_taken_on`,
      'malformed-value',
      `${name}_taken_on lies in the future. Give the day on which it was taken.`,
    );
  }
  if (!hasBasis(stated)) {
    return { consent: { ...stated, level: 'C0' }, loweredToC0: claimed !== 'C0' };
  }
  if (claimed >= 'C2' && (stated.recipient === null || stated.purpose === null)) {
    const missing = stated.recipient === null ? `${name}_recipient` : `${name}_purpose`;
    cells.refuse(
      missing,
      'missing-value',
      `${missing} is empty, but ${claimed} is given to one named body for one purpose. Fill it in, or put C1.`,
    );
  }
  return { consent: stated, loweredToC0: false };
}

function day(cells: RowCells, column: string): string | null {
  const text = cells.text(column);
  if (text === '') return null;
  const read = readDay(text);
  if (read !== null && isDate(read)) return read;
  cells.refuse(column, 'malformed-value', `${column} must be a day, written 2021-02-14.`);
  return null;
}

import type { CellFault } from '../ports.ts';

/**
 * What of an event of a DHIS2 tracker is read. Where it happened, who entered it and whose event it is
 * (geometry, users, notes, tracked entity) are not among it and are never looked at.
 *
 * @see https://docs.dhis2.org/en/develop/using-the-api/dhis-core-version-master/tracker.html
 */
export const EVENT_FIELDS = [
  'event',
  'status',
  'program',
  'programStage',
  'orgUnit',
  'attributeOptionCombo',
  'occurredAt',
] as const;
/** One of the fields of an event that are read. */
export type EventField = (typeof EVENT_FIELDS)[number];

/** The same field in the API before version 2.41. */
export const OLDER_NAMES: Readonly<Record<string, EventField>> = { eventDate: 'occurredAt' };

/** States of an event that has not happened. */
const NOT_HAPPENED = new Set(['SCHEDULE', 'OVERDUE', 'SKIPPED']);

/** One event: its own fields and its values by data element. */
export interface Dhis2Event {
  readonly fields: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, string>;
  /** Data elements for which two different values were given. */
  readonly torn: ReadonlySet<string>;
  readonly deleted: boolean;
}

/** Turns events into rows and counts those that are left out. */
export interface EventRows {
  /** The cells of an event, or null where it is left out. */
  cellsOf(event: Dhis2Event): { cells: string[]; faults: Map<number, CellFault> } | null;
  notices(): string[];
}

/** Starts turning events into rows with these columns: fields of an event or data elements. */
export function startEventRows(columns: readonly string[], timeZone: string): EventRows {
  const dayOf = createDayOf(timeZone);
  const known = new Set<string>([...columns, ...EVENT_FIELDS]);
  const unread = new Set<string>();
  let deleted = 0;
  let planned = 0;
  return {
    cellsOf(event) {
      if (event.deleted) deleted++;
      else if (NOT_HAPPENED.has(event.fields.get('status') ?? '')) planned++;
      if (event.deleted || NOT_HAPPENED.has(event.fields.get('status') ?? '')) return null;
      for (const element of event.values.keys()) if (!known.has(element)) unread.add(element);
      const faults = new Map<number, CellFault>();
      const cells = columns.map((column, i) => {
        if (event.torn.has(column)) {
          faults.set(i, 'two-values');
          return '';
        }
        const value = event.fields.get(column) ?? event.values.get(column) ?? '';
        return column === 'occurredAt' ? dayOf(value) : value;
      });
      return { cells, faults };
    },
    notices() {
      const notices: string[] = [];
      if (deleted > 0) notices.push(`${deleted} events are deleted in the registry; left out.`);
      if (planned > 0) notices.push(`${planned} events have not happened yet; left out.`);
      if (unread.size > 0) {
        notices.push(`${unread.size} data elements are not in the mapping; they were not read.`);
      }
      return notices;
    },
  };
}

/**
 * The day of a moment. The JSON of DHIS2 gives it in the registry's own time and without a zone: that is
 * the day as it was entered. Its CSV gives the same moment in UTC, often the evening before: that is
 * told in `timeZone`. What is no moment is passed on as it is, to be refused by row and column.
 */
function createDayOf(timeZone: string): (moment: string) => string {
  const calendar = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (moment) => {
    const parts = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.exec(moment);
    if (parts === null) return moment;
    if (parts[2] === undefined) return parts[1]!;
    const time = Date.parse(moment.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(time) ? moment : calendar.format(time);
  };
}

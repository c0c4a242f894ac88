import { secondsOf } from './presence-time.ts';

/** One thing to mend in a table. It never quotes a cell. */
export interface PresenceProblem {
  /** As a spreadsheet counts, the header being row 1; null where the whole file is meant. */
  readonly row: number | null;
  readonly column: string | null;
  /** What is wrong and what is allowed. */
  readonly message: string;
}

/** Reads the cells of one row by column; every fault becomes a problem, never a throw. */
export interface PresenceRow {
  text(column: string): string;
  /** One of the allowed words; null where the cell has none of them, which is a problem. */
  oneOf<Word extends string>(column: string, allowed: readonly Word[]): Word | null;
  /** The row's `date`, `from` and `to` as local times; null where one of them is faulty. */
  span(): { from: string; to: string } | null;
  refuse(column: string, message: string): void;
}

/** Opens one row. */
export function openPresenceRow(given: {
  row: number;
  cells: readonly string[];
  places: ReadonlyMap<string, number>;
  add: (problem: PresenceProblem) => void;
}): PresenceRow {
  const { row, cells, places, add } = given;
  const refuse = (column: string, message: string) => add({ row, column, message });
  const text = (column: string) => (cells[places.get(column) ?? -1] ?? '').trim();

  function time(column: 'from' | 'to'): { text: string; nextDay: boolean } | null {
    const found = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text(column));
    const [hours, minutes, secs = '00'] = found?.slice(1) ?? [];
    const written = `${hours?.padStart(2, '0')}:${minutes}:${secs}`;
    if (column === 'to' && written === '24:00:00') return { text: '00:00:00', nextDay: true };
    if (found !== null && secondsOf(`2000-01-01T${written}`) !== null) {
      return { text: written, nextDay: false };
    }
    refuse(column, `${column} must be a time of day, written 08:05 or 08:05:30.`);
    return null;
  }

  return {
    text,
    refuse,
    oneOf(column, allowed) {
      const value = text(column).toLowerCase();
      const word = allowed.find((one) => one === value);
      if (word !== undefined) return word;
      const why = value === '' ? 'is empty' : 'has a value that is not in its list';
      refuse(column, `${column} ${why}. Allowed: ${allowed.join(', ')}.`);
      return null;
    },
    span() {
      const date = isoDate(text('date'));
      if (date === null) refuse('date', 'date must be a day, written 2021-11-05 or 05.11.2021.');
      const [from, to] = [time('from'), time('to')];
      if (date === null || from === null || to === null) return null;
      const start = `${date}T${from.text}`;
      const end = to.nextDay ? `${dayAfter(date)}T${to.text}` : `${date}T${to.text}`;
      if (start < end) return { from: start, to: end };
      refuse('to', 'to must be later than from. A stay over midnight needs two rows.');
      return null;
    },
  };
}

function isoDate(text: string): string | null {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = dotted
    ? `${dotted[3]}-${dotted[2]!.padStart(2, '0')}-${dotted[1]!.padStart(2, '0')}`
    : text;
  const known = secondsOf(`${iso}T00:00:00`) !== null;
  return known && iso >= '2000' && iso < '2100' ? iso : null;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

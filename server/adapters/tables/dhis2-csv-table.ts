import { CasesError } from '../../cases/errors.ts';
import {
  type Dhis2Event,
  EVENT_FIELDS,
  OLDER_NAMES,
  startEventRows,
} from '../../cases/import/dhis2-event.ts';
import type { Table, TableRow, TableWish } from '../../cases/ports.ts';

/** Events of one file: one more than an import takes, so that it can say so. */
const EVENT_LIMIT = 100_001;
/** Characters of all values that are kept until the end of the file. */
const TEXT_LIMIT = 64 * 1_048_576;

interface OpenEvent {
  readonly row: number;
  readonly fields: Map<string, string>;
  readonly values: Map<string, string>;
  readonly torn: Set<string>;
  deleted: boolean;
}

/** Whether the header is that of a DHIS2 export with one row a value. */
export function isDhis2Header(header: readonly string[]): boolean {
  return ['event', 'dataElement', 'value'].every((name) => header.includes(name));
}

/**
 * Reads the CSV of a DHIS2 tracker, which has one row for every value of an event. The rows of an event
 * need not stand together, so only at the end of the file an event is whole: what is wanted of all of
 * them is in memory until then, within a limit. A row is that of the event's first value.
 */
export async function readDhis2Csv(
  table: Table,
  { columns, timeZone = 'Asia/Bishkek' }: TableWish,
): Promise<Table> {
  const wanted = columns === undefined ? null : new Set(columns);
  const { events, elements } = await gather(table, wanted);
  const header = columns ?? [...EVENT_FIELDS, ...elements];
  const rows = startEventRows(header, timeZone);
  return {
    kind: 'dhis2',
    encoding: table.encoding,
    header,
    notices: () => [...table.notices(), ...rows.notices()],
    rows: (async function* (): AsyncGenerator<TableRow> {
      for (const event of events) {
        const read = rows.cellsOf(event);
        if (read !== null) yield { row: event.row, ...read };
      }
    })(),
  };
}

async function gather(table: Table, wanted: ReadonlySet<string> | null) {
  const { header } = table;
  const at = (name: string) => header.indexOf(name);
  const [eventAt, elementAt, valueAt, deletedAt] = [
    at('event'),
    at('dataElement'),
    at('value'),
    at('deleted'),
  ];
  const places = header.flatMap((name, place) => {
    const field = OLDER_NAMES[name] ?? EVENT_FIELDS.find((one) => one === name);
    return field === undefined ? [] : [{ field, place }];
  });
  const events = new Map<string, OpenEvent>();
  const elements = new Set<string>();
  let length = 0;
  for await (const { row, cells } of table.rows) {
    if (cells.length === 1 && cells[0] === '') continue;
    const id = cells[eventAt] ?? '';
    if (cells.length !== header.length || id === '') throw brokenRow(row);
    let event = events.get(id);
    if (event === undefined) {
      if (events.size === EVENT_LIMIT) break;
      const fields = new Map(places.map(({ field, place }) => [field, cells[place]!]));
      event = { row, fields, values: new Map(), torn: new Set(), deleted: false };
      events.set(id, event);
    }
    if (cells[deletedAt] === 'true') event.deleted = true;
    const element = cells[elementAt]!;
    const value = cells[valueAt]!;
    if (element === '' || value === '') continue;
    elements.add(element);
    // What nobody wants is not kept, only that it was there.
    const kept = wanted === null || wanted.has(element) ? value : '';
    if ((event.values.get(element) ?? kept) !== kept) event.torn.add(element);
    event.values.set(element, kept);
    length += kept.length;
    if (length > TEXT_LIMIT) throw tooMuchText();
  }
  const whole: (Dhis2Event & { row: number })[] = [...events.values()];
  return { events: whole, elements };
}

function brokenRow(row: number): CasesError {
  return new CasesError(
    'TABLE_UNREADABLE',
    `Row ${row} of the DHIS2 export has no event, or other cells than its header. Export it again from the registry.`,
  );
}

function tooMuchText(): CasesError {
  return new CasesError(
    'TABLE_UNREADABLE',
    'The DHIS2 export holds more text than one import takes. Export it by half-year, or as JSON.',
  );
}

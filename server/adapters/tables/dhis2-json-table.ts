import { z } from 'zod';
import { CasesError } from '../../cases/errors.ts';
import {
  type Dhis2Event,
  EVENT_FIELDS,
  OLDER_NAMES,
  startEventRows,
} from '../../cases/import/dhis2-event.ts';
import type { Table, TableRow, TableWish } from '../../cases/ports.ts';
import { jsonElements } from './json-elements.ts';

/** Events that are looked at for the names of data elements when no columns are wished for. */
const LOOKED_AT = 1_000;

const scalar = z.union([z.string(), z.number(), z.boolean()]).nullish();
/** Only what is read is named; everything else is dropped by the schema. */
const EVENT = z.object({
  event: scalar,
  status: scalar,
  program: scalar,
  programStage: scalar,
  orgUnit: scalar,
  attributeOptionCombo: scalar,
  occurredAt: scalar,
  eventDate: scalar,
  deleted: z.boolean().nullish(),
  dataValues: z.array(z.object({ dataElement: z.string(), value: scalar })).nullish(),
});

/**
 * Reads events of a DHIS2 tracker as JSON: of `/api/tracker/events` (`events`, in some versions
 * `instances`) and of the older `/api/events`. A row is the number of the event in the file.
 */
export async function readDhis2Json(
  source: AsyncIterable<Uint8Array>,
  { columns, timeZone = 'Asia/Bishkek' }: TableWish,
): Promise<Table> {
  const events = readEvents(source);
  const early: { row: number; event: Dhis2Event }[] = [];
  let header = columns;
  if (header === undefined) {
    const elements = new Set<string>();
    while (early.length < LOOKED_AT) {
      const next = await events.next();
      if (next.done) break;
      early.push(next.value);
      for (const element of next.value.event.values.keys()) elements.add(element);
    }
    header = [...EVENT_FIELDS, ...elements];
  }
  const rows = startEventRows(header, timeZone);
  return {
    kind: 'dhis2',
    encoding: 'utf-8',
    header,
    notices: rows.notices,
    rows: (async function* (): AsyncGenerator<TableRow> {
      for (const { row, event } of early.splice(0)) {
        const read = rows.cellsOf(event);
        if (read !== null) yield { row, ...read };
      }
      for await (const { row, event } of events) {
        const read = rows.cellsOf(event);
        if (read !== null) yield { row, ...read };
      }
    })(),
  };
}

async function* readEvents(source: AsyncIterable<Uint8Array>) {
  let row = 0;
  for await (const element of jsonElements(source, ['events', 'instances'])) {
    row++;
    const parsed = EVENT.safeParse(element);
    if (!parsed.success) {
      throw new CasesError(
        'TABLE_UNREADABLE',
        `Event ${row} of the file is not of the form that DHIS2 gives. Export it again from the registry.`,
      );
    }
    yield { row, event: eventOf(parsed.data) };
  }
}

function eventOf(given: z.infer<typeof EVENT>): Dhis2Event {
  const fields = new Map<string, string>();
  for (const [older, name] of Object.entries(OLDER_NAMES)) {
    if (given[older as 'eventDate'] != null) fields.set(name, String(given[older as 'eventDate']));
  }
  for (const name of EVENT_FIELDS) if (given[name] != null) fields.set(name, String(given[name]));
  const values = new Map<string, string>();
  const torn = new Set<string>();
  for (const { dataElement, value } of given.dataValues ?? []) {
    if (value == null) continue;
    const text = String(value);
    if ((values.get(dataElement) ?? text) !== text) torn.add(dataElement);
    values.set(dataElement, text);
  }
  return { fields, values, torn, deleted: given.deleted === true };
}

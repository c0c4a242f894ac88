/** An event as a test describes it. */
export interface AnEvent {
  readonly event: string;
  /** As the registry's JSON gives it. */
  readonly occurredAt: string;
  /** The same moment as its CSV gives it. */
  readonly utc?: string;
  readonly values: Readonly<Record<string, string>>;
  readonly deleted?: boolean;
  readonly status?: string;
}

/** Events as `/api/tracker/events` gives them (2.41), with everything that must never be read. */
export function trackerJson(events: readonly AnEvent[], list = 'events'): string {
  return JSON.stringify({
    pager: { page: 1, pageSize: 50, nested: [{ events: 'no list' }] },
    [list]: events.map(({ event, occurredAt, values, deleted = false, status = 'COMPLETED' }) => ({
      event,
      status,
      program: 'eBAyeGv0exc',
      programStage: 'Zj7UnCAulEk',
      enrollment: 'RiNIt1yJoge',
      trackedEntity: 'SECRETteiUid',
      orgUnit: 'DiszpKrYNg8',
      occurredAt,
      geometry: { type: 'Point', coordinates: [74.59, 42.87] },
      createdBy: { username: 'secret-user', firstName: 'Асан' },
      storedBy: 'secret-user',
      deleted,
      notes: [{ value: 'secret-note' }],
      dataValues: Object.entries(values).map(([dataElement, value]) => ({
        dataElement,
        value,
        createdBy: { username: 'secret-user' },
        providedElsewhere: false,
      })),
    })),
  });
}

/** The same events as `/api/events` gave them before 2.41. */
export function olderJson(events: readonly AnEvent[]): string {
  return JSON.stringify({
    events: events.map(({ event, occurredAt, values, deleted = false }) => ({
      storedBy: 'secret-user',
      eventDate: occurredAt,
      trackedEntityInstance: 'SECRETteiUid',
      coordinate: { latitude: 42.87, longitude: 74.59 },
      event,
      orgUnit: 'DiszpKrYNg8',
      programStage: 'Zj7UnCAulEk',
      deleted,
      dataValues: Object.entries(values).map(([dataElement, value]) => ({
        dataElement,
        value,
        storedBy: 'secret-user',
      })),
    })),
  });
}

const CSV_COLUMNS =
  'event,status,program,programStage,enrollment,orgUnit,occurredAt,scheduledAt,geometry,latitude,longitude,followUp,deleted,createdAt,createdAtClient,updatedAt,updatedAtClient,completedBy,completedAt,updatedBy,attributeOptionCombo,attributeCategoryOptions,assignedUser,dataElement,value,providedElsewhere,storedByDataValue,updatedAtDataValue,createdAtDataValue'.split(
    ',',
  );

/** The CSV of `/api/tracker/events`: one row a value, 29 columns; rows of an event may stand apart. */
export function trackerCsv(events: readonly AnEvent[], apart = false): string {
  const rows = events.flatMap((one) =>
    Object.entries(one.values).map(([dataElement, value], turn) => ({
      turn,
      cells: {
        event: one.event,
        status: one.status ?? 'COMPLETED',
        program: 'eBAyeGv0exc',
        programStage: 'Zj7UnCAulEk',
        orgUnit: 'DiszpKrYNg8',
        occurredAt: one.utc ?? one.occurredAt,
        geometry: 'POINT(74.59 42.87)',
        latitude: '42.87',
        deleted: String(one.deleted ?? false),
        completedBy: 'secret-user',
        storedByDataValue: 'secret-user',
        dataElement,
        value,
      } as Record<string, string>,
    })),
  );
  if (apart) rows.sort((a, b) => a.turn - b.turn);
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = rows.map(({ cells }) =>
    CSV_COLUMNS.map((name) => quoted(cells[name] ?? '')).join(),
  );
  return [CSV_COLUMNS.join(), ...lines].join('\n');
}

/** The columns every row needs, with values that are fine. */
export const GOOD_ROW: Readonly<Record<string, string>> = {
  registry_code: 'A-1',
  happened_on: '2021-02',
  oblast: 'chuy',
  primary_population: 'pwid',
  perpetrators: 'police-district',
  acts: 'threat',
  consent_narrative: 'C1',
  consent_narrative_taken_by: 'street-lawyer',
  consent_narrative_taken_on: '2021-02-20',
};

/** A CSV text: the columns of all rows, each row `GOOD_ROW` with changes, its code numbered. */
export function casesCsv(changes: readonly Record<string, string>[], separator = ','): string {
  const rows = changes.map((change, i) => ({
    ...GOOD_ROW,
    registry_code: `A-${i + 1}`,
    ...change,
  })) as Record<string, string>[];
  const columns = [...new Set([...Object.keys(GOOD_ROW), ...rows.flatMap(Object.keys)])];
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((name) => quoted(row[name] ?? '')))]
    .map((cells) => cells.join(separator))
    .join('\n');
}

/** Bytes as a stream in pieces of `size`. */
export async function* inPieces(content: string | Uint8Array, size = 1_000) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

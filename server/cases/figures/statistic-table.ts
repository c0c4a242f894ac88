import type { Labels } from '../codes/code-lists.ts';

/** A count, what it is a share of, and the share in whole per cent. */
export interface Share {
  readonly count: number;
  readonly base: number;
  readonly percent: number;
}

/** One row of a published table. */
export interface StatisticRow extends Share {
  readonly code: string;
  readonly label: Labels;
}

/** A published table: every row large enough to show, with its bytes as a CSV file. */
export interface StatisticTable {
  /** Name in the list `table`; the file is `<name>.csv`. */
  readonly name: string;
  readonly title: Labels;
  /** The number of cases that all shares are shares of. */
  readonly base: number;
  /** The smallest count this table may show. */
  readonly minimum: number;
  /** How fine it is, as the hierarchy calls it. */
  readonly level: string;
  /** Of a two-way table, the codes of its rows and columns; cells that are left out have no row. */
  readonly margins?: { readonly rows: readonly string[]; readonly columns: readonly string[] };
  readonly rows: readonly StatisticRow[];
  readonly csvBytes: Uint8Array;
}

/** A share; `base` must not be 0. */
export function share(count: number, base: number): Share {
  return { count, base, percent: Math.round((100 * count) / base) };
}

/**
 * One table as CSV (RFC 4180): UTF-8 with a byte order mark, so that spreadsheets show ң, ө and ү,
 * lines ended by CR LF, shares to a tenth of a per cent. The same table gives the same bytes.
 */
export function tableCsv(rows: readonly StatisticRow[]): Uint8Array {
  const lines = [
    ['code', 'label_ky', 'label_ru', 'label_en', 'count', 'base', 'percent'],
    ...rows.map(({ code, label, count, base }) => [
      code,
      label.ky,
      label.ru,
      label.en,
      String(count),
      String(base),
      ((100 * count) / base).toFixed(1),
    ]),
  ];
  const text = lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
  return new TextEncoder().encode(`\uFEFF${text}`);
}

/**
 * One cell of CSV that no spreadsheet runs as a formula: one that would start a formula gets an
 * apostrophe before it, in the full-width forms too.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string): string {
  const safe = /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",;\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

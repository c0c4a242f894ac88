import type { CellFault, Table, TableRow } from '../ports.ts';
import { hiddenHint } from './hidden-columns.ts';
import { columnName, IMPORT_COLUMNS, isPersonalColumn } from './import-columns.ts';
import { type ImportMapping, type MappingSource, sameColumn } from './import-mapping.ts';
import type { ProblemList } from './import-report.ts';

/** The sign between several values in one cell of the template. */
const SEVERAL = '|';

interface Target {
  readonly name: string;
  readonly many: boolean;
  readonly sources: readonly { readonly place: number; readonly source: MappingSource }[];
}

/**
 * A table of the template, made of another one by a mapping. Columns that the mapping does not name
 * are not read. Columns of the mapping that the table lacks, and exact places or people that it would
 * bring in, go to `problems`.
 */
export function mapTable(table: Table, mapping: ImportMapping, problems: ProblemList): Table {
  const { header } = table;

  function placeOf(wanted: string, target: string): number {
    const exact = header.indexOf(wanted);
    const place = exact >= 0 ? exact : header.findIndex((cell) => sameColumn(cell, wanted));
    if (place < 0) {
      problems.add({
        row: 1,
        column: target,
        rule: 'missing-column',
        message: `The mapping takes ${target} from a column that the file does not have. Compare the names.${hiddenHint(table.hidden)}`,
      });
    } else if (isPersonalColumn(columnName(wanted)) && target !== 'registry_code') {
      problems.add({
        row: 1,
        column: target,
        rule: 'personal-column',
        message: `The mapping takes ${target} from a column with exact places, people or devices, which are dropped at the door. Take another.`,
      });
    }
    return place;
  }

  const targets: Target[] = [...mapping.columns].map(([name, sources]) => ({
    name,
    many: IMPORT_COLUMNS.find((column) => column.name === name)?.many === true,
    sources: sources.map((source) => ({
      source,
      place: 'from' in source ? placeOf(source.from, name) : -1,
    })),
  }));
  const only = [...mapping.only].map(([name, values]) => ({ place: placeOf(name, name), values }));
  let leftOut = 0;

  function mapped({ row, cells, faults, hidden }: TableRow): TableRow | null {
    if (cells.every((cell) => cell.trim() === '') && faults === undefined) return null;
    // A row of another width stays one, so that it is refused by its number.
    const surplus = Math.sign(cells.length - header.length);
    if (surplus !== 0) return { row, cells: Array<string>(targets.length + surplus).fill('?') };
    if (!only.every(({ place, values }) => values.has((cells[place] ?? '').trim()))) {
      leftOut++;
      return null;
    }
    const found = new Map<number, CellFault>();
    const texts = targets.map(({ many, sources }, i) => {
      const values = sources.map(({ place, source }) => {
        if (!('from' in source)) return source.value;
        const fault = faults?.get(place);
        if (fault !== undefined) found.set(i, fault);
        return translated(cells[place] ?? '', source, many);
      });
      return values.filter((value) => value !== '').join(SEVERAL);
    });
    const seen = hidden === undefined ? {} : { hidden };
    return { row, cells: texts, ...seen, ...(found.size > 0 && { faults: found }) };
  }

  return {
    kind: table.kind,
    get encoding() {
      return table.encoding;
    },
    header: targets.map((target) => target.name),
    rows: (async function* () {
      for await (const row of table.rows) {
        const result = mapped(row);
        if (result !== null) yield result;
      }
    })(),
    notices: () => [
      ...table.notices(),
      ...(leftOut > 0 ? [`${leftOut} rows were left out, as the mapping says.`] : []),
    ],
  };
}

function translated(
  cell: string,
  source: Extract<MappingSource, { from: string }>,
  many: boolean,
): string {
  const codes = 'codes' in source ? source.codes : undefined;
  const split = 'split' in source ? (source.split ?? SEVERAL) : SEVERAL;
  const value = cell.trim();
  if (value === '') return '';
  const one = (text: string) => {
    const known = codes !== undefined && Object.hasOwn(codes, text) ? codes[text] : undefined;
    return known ?? text;
  };
  if (!many || codes?.[value] !== undefined) return one(value);
  const parts = value.split(split).map((part) => one(part.trim()));
  return parts.filter((part) => part !== '').join(SEVERAL);
}

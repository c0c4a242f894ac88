import type { LetterModel } from '../letter-model.ts';
import { SMALLEST_CELL, SMALLEST_COUNT } from '../smallest-counts.ts';
import { during, sinceDate } from '../writing/letter-dates.ts';
import { upperFirst } from '../writing/typography.ts';
import type { Writer } from '../writing/writer.ts';
import { type BarChartView, layOutBars } from './bar-chart.ts';
import { layOutMap, type MapView } from './oblast-map.ts';
import { presentPattern, presentTable, type TableView } from './present-figures.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { BoundAnnex } from './sheet-numbers.ts';

/** A table, and its bars and its map where it is drawn. */
export type ChartedTable = TableView & {
  readonly chart: BarChartView | null;
  readonly map: { readonly caption: string; readonly drawing: MapView } | null;
};

/** The annex of statistics. */
export interface StatisticsView extends AnnexView {
  readonly tables: readonly ChartedTable[];
  /** The rule by which cases are called recurring, and what was found; empty when not judged. */
  readonly recurrence: readonly string[];
  /** Which rows are left out, and why. */
  readonly withheld: string;
}

/** Writes the annex of statistics: every published table, each with its base. */
export function presentStatistics(
  model: LetterModel,
  writer: Writer,
  annex: BoundAnnex,
): StatisticsView {
  return {
    head: presentAnnex(model, writer, annex, { during: during(model.period, writer.lang) }),
    tables: [
      ...totals(model, writer).map(plain),
      ...patterns(model, writer),
      ...others(model, writer),
    ],
    recurrence: recurrenceOf(model, writer),
    withheld: writer.paragraph('annex.statistics.withheld', {
      cell: SMALLEST_CELL,
      sensitive: SMALLEST_COUNT,
    }),
  };
}

function totals({ figures }: LetterModel, writer: Writer): TableView[] {
  const title = (key: string) => writer.line(`annex.statistics.${key}`);
  const row = (key: string, count: number) => {
    const label = writer.plain(`annex.statistics.${key}`);
    return [{ label: { ky: label, ru: label, en: label }, count }];
  };
  const concerned = presentTable({
    writer,
    title: title('concerned'),
    base: figures.documented,
    of: 'documented',
    column: 'item',
    rows: row('concernedRow', figures.lawEnforcement),
  });
  const within = (key: string, rows: Parameters<typeof presentTable>[0]['rows']) =>
    presentTable({
      writer,
      title: title(key),
      base: figures.lawEnforcement,
      of: 'lawEnforcement',
      column: 'item',
      rows,
    });
  return [
    concerned,
    ...(figures.byPrimaryPopulation.length === 0
      ? []
      : [within('population', figures.byPrimaryPopulation)]),
    ...(figures.nearOstSites === null
      ? []
      : [within('near', row('nearRow', figures.nearOstSites))]),
  ];
}

function patterns(model: LetterModel, writer: Writer): ChartedTable[] {
  const tables = presentPattern(model, writer, writer.line('annex.statistics.pattern'));
  const [only] = tables;
  if (only === undefined || tables.length > 1) return tables.map(plain);
  return [charted(only, chartOf(only, model.pattern, writer))];
}

function others(model: LetterModel, writer: Writer): ChartedTable[] {
  return model.tables.map(({ title, base, rows, chart, map }) => {
    const table = presentTable({
      writer,
      title: writer.own(title),
      base,
      of: 'plainBase',
      column: 'item',
      rows,
    });
    return charted(
      table,
      chart === true ? chartOf(table, rows, writer) : null,
      map === true ? mapOf(title, rows, writer) : null,
    );
  });
}

function plain(table: TableView): ChartedTable {
  return charted(table, null);
}

function charted(
  table: TableView,
  chart: BarChartView | null,
  map: ChartedTable['map'] = null,
): ChartedTable {
  const { title, caption, columns, rows } = table;
  return { title, caption, columns, rows, chart, map };
}

function mapOf(
  title: LetterModel['tables'][number]['title'],
  rows: LetterModel['tables'][number]['rows'],
  { lang, plain: messages, line }: Writer,
): ChartedTable['map'] {
  const drawing = layOutMap({ title, rows }, { lang, messages });
  return drawing === null ? null : { caption: line('annex.statistics.map.caption'), drawing };
}

function chartOf(
  { title }: TableView,
  rows: LetterModel['tables'][number]['rows'],
  writer: Writer,
): BarChartView {
  return layOutBars({
    rows: rows.map(({ code, label, count }) => ({
      label: upperFirst(label[writer.lang]),
      count,
      folded: code === 'other',
    })),
    alt: title ?? '',
    number: writer.number,
  });
}

function recurrenceOf({ recurrence }: LetterModel, writer: Writer): string[] {
  if (recurrence === undefined) return [];
  const { since, casesEach, monthsInARow, areas, acts, met } = recurrence;
  return [
    writer.paragraph('annex.statistics.recurrence.rule', {
      since: sinceDate(since, writer.lang),
      cases: casesEach,
      months: monthsInARow.needed,
      areas: areas.needed,
      acts: acts.needed,
    }),
    writer.paragraph('annex.statistics.recurrence.found', {
      months: monthsInARow.found,
      areas: areas.found,
      acts: acts.found,
      met: met ? 'yes' : 'no',
    }),
  ];
}

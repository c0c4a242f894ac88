import { SMALLEST_CELL, SMALLEST_COUNT } from './check-letter.ts';
import { during } from './letter-dates.ts';
import type { LetterModel } from './letter-model.ts';
import { presentPattern, presentTable, type TableView } from './present-figures.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { BoundAnnex } from './sheet-numbers.ts';
import type { Writer } from './writer.ts';

/** The annex of statistics. */
export interface StatisticsView extends AnnexView {
  readonly tables: readonly TableView[];
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
    tables: [...totals(model, writer), ...patterns(model, writer), ...others(model, writer)],
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

function patterns(model: LetterModel, writer: Writer): TableView[] {
  return presentPattern(model, writer, writer.line('annex.statistics.pattern'));
}

function others(model: LetterModel, writer: Writer): TableView[] {
  return model.tables.map(({ title, base, rows }) =>
    presentTable({ writer, title: writer.own(title), base, of: 'plainBase', column: 'item', rows }),
  );
}

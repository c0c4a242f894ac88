import type { Localized } from './language.ts';
import { during } from './letter-dates.ts';
import type { LetterModel } from './letter-model.ts';
import { percent } from './share.ts';
import { lowerFirst } from './typography.ts';
import type { Writer } from './writer.ts';

/** A table of counts; every row carries the base of its share. */
export interface TableView {
  readonly title: string | null;
  readonly caption: string;
  readonly columns: { label: string; count: string; base: string; share: string };
  readonly rows: readonly { label: string; count: string; base: string; share: string }[];
}

/** Which total of the letter a base is. */
type Base = 'documented' | 'lawEnforcement' | 'nearOstSites' | 'plainBase';

/** The sentences with the letter's figures: what was counted, of what, and what that does not mean. */
export function presentFigures(model: LetterModel, writer: Writer): string[] {
  const {
    documented,
    lawEnforcement: concerned,
    byPrimaryPopulation,
    nearOstSites,
  } = model.figures;
  const last = byPrimaryPopulation.length - 1;
  const parts = byPrimaryPopulation.map((row, i) =>
    writer.plain(i === 0 ? 'letter.facts.reportedFirst' : 'letter.facts.reportedNext', {
      count: row.count,
      percent: percent(row.count, concerned),
      label: lowerFirst(row.label[writer.lang]),
      last: i === last ? 'yes' : 'no',
    }),
  );
  const reported =
    parts.length === 0 ? '' : parts.join('') + writer.plain('letter.facts.reportedEnd');
  return [
    writer.paragraph('letter.facts.total', {
      documented,
      during: during(model.period, writer.lang),
      concerned,
      reported,
    }),
    ...(parts.length === 0 ? [] : [writer.paragraph('letter.facts.base', { concerned })]),
    nearOstSites === null
      ? writer.paragraph('letter.facts.nearWithheld')
      : writer.paragraph('letter.facts.near', { concerned, near: nearOstSites }),
    writer.paragraph('letter.facts.meaning'),
  ];
}

/** The recurring circumstances, one table for each base, in the order of the model. */
export function presentPattern(
  model: LetterModel,
  writer: Writer,
  title: string | null,
): TableView[] {
  const bases = [...new Set(model.pattern.map((row) => row.base))];
  return bases.map((base) =>
    presentTable({
      writer,
      title,
      of: baseName(model, base),
      base,
      column: 'reported',
      rows: model.pattern.filter((row) => row.base === base),
    }),
  );
}

/** One table of counts. */
export function presentTable(given: {
  writer: Writer;
  title: string | null;
  base: number;
  of: Base;
  /** What the first column holds. */
  column: 'reported' | 'item';
  rows: readonly { label: Localized; count: number }[];
}): TableView {
  const { writer, base } = given;
  return {
    title: given.title,
    caption: writer.line(`letter.table.${given.of}`, { base }),
    columns: {
      label: writer.line(`letter.table.${given.column}`),
      count: writer.line('letter.table.count'),
      base: writer.line('letter.table.base'),
      share: writer.line('letter.table.share'),
    },
    rows: given.rows.map(({ label, count }) => ({
      label: writer.own(label),
      count: writer.number(count),
      base: writer.number(base),
      share: `${percent(count, base)}\u00a0%`,
    })),
  };
}

function baseName(model: LetterModel, base: number): Base {
  const { documented, lawEnforcement, nearOstSites } = model.figures;
  if (base === lawEnforcement) return 'lawEnforcement';
  if (base === nearOstSites) return 'nearOstSites';
  return base === documented ? 'documented' : 'plainBase';
}

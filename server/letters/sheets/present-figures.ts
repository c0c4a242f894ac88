import type { LetterModel } from '../letter-model.ts';
import type { Localized } from '../writing/language.ts';
import { percent } from '../writing/share.ts';
import { upperFirst } from '../writing/typography.ts';
import type { Writer } from '../writing/writer.ts';

/** A table of counts; every row carries the base of its share. */
export interface TableView {
  readonly title: string | null;
  readonly caption: string;
  readonly columns: { label: string; count: string; base: string; share: string };
  readonly rows: readonly { label: string; count: string; base: string; share: string }[];
}

/** Which total of the letter a base is. */
type Base = 'documented' | 'lawEnforcement' | 'nearOstSites' | 'plainBase';

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
      label: writer.own(capitalised(label)),
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

function capitalised({ ky, ru, en }: Localized): Localized {
  return { ky: upperFirst(ky), ru: upperFirst(ru), en: upperFirst(en) };
}

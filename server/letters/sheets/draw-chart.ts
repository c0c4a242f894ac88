import type { LetterTemplates } from '../ports.ts';
import type { Language, Localized } from '../writing/language.ts';
import { layOutBars } from './bar-chart.ts';
import { layOutMap, type MappedRows } from './oblast-map.ts';

/** The code of the row under which small counts stand together. */
const FOLDED = 'other';

/** Draws one table of counts as an SVG picture of its own. The same table gives the same bytes. */
export function drawChart(
  templates: Pick<LetterTemplates, 'drawBars'>,
  table: {
    readonly title: Localized;
    readonly rows: readonly {
      readonly code: string;
      readonly label: Localized;
      readonly count: number;
    }[];
  },
  lang: Language,
): string {
  const digits = new Intl.NumberFormat(lang);
  const view = layOutBars({
    rows: table.rows.map(({ code, label, count }) => ({
      label: label[lang],
      count,
      folded: code === FOLDED,
    })),
    alt: table.title[lang],
    number: (value) => digits.format(value),
  });
  return templates.drawBars(view);
}

/**
 * Draws a table by oblast as a map, an SVG picture of its own; null where it cannot stand on one. The same
 * table gives the same bytes.
 */
export function drawMap(
  templates: Pick<LetterTemplates, 'drawMap' | 'messages'>,
  table: MappedRows,
  lang: Language,
): string | null {
  const view = layOutMap(table, { lang, messages: templates.messages[lang] });
  return view === null ? null : templates.drawMap(view);
}

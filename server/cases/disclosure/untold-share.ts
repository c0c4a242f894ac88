import { OTHER } from '../figures/fold-cells.ts';
import type { StatisticTable } from '../figures/statistic-table.ts';
import type { PublishedCell } from './release.ts';

/**
 * The share of a table's cases, 0 to 1, that stand in no row of their own: what is rare stands under one
 * row together or under none, and of a two-way table some cells are left out. Cases are counted and not
 * rows, for a case with several acts stands in several.
 *
 * @param cells - published cells, with those of this table among them.
 */
export function untoldShare(
  { name, base }: Pick<StatisticTable, 'name' | 'base'>,
  cells: readonly PublishedCell[],
): number {
  const own = cells.filter(({ table, code }) => table === name && code !== OTHER);
  return (base - new Set(own.flatMap(({ cases }) => cases)).size) / base;
}

import type { LetterModel } from '../letters/letter-model.ts';
import type { GatheredPack } from './gather-pack.ts';
import type { PackOrder } from './pack-order.ts';

/**
 * First and last month that a letter speaks of: those that were asked for, else the quarters of the
 * first and the last case. The very months of these two cases would move with a single one that comes
 * or goes. Nothing lies after the month of the letter.
 */
export function periodOfPack(order: PackOrder, gathered: GatheredPack): LetterModel['period'] {
  const { filter, letter } = order;
  const months = gathered.counted.selected.map(({ month }) => month).sort();
  const from = filter.fromMonth ?? edgeOfQuarter(months[0]!, 'first');
  const to = filter.toMonth ?? edgeOfQuarter(months.at(-1)!, 'last');
  const latest = letter.outgoing.date.slice(0, 7);
  // ISO months are in order as texts are.
  return { from, to: [to, latest].sort()[0]! };
}

function edgeOfQuarter(month: string, edge: 'first' | 'last'): string {
  const quarter = Math.ceil(Number(month.slice(5)) / 3);
  const number = edge === 'first' ? 3 * quarter - 2 : 3 * quarter;
  return `${month.slice(0, 4)}-${String(number).padStart(2, '0')}`;
}

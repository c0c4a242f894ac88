import { isMonth } from '../cases/dates.ts';
import type { CaseFilter } from '../cases/registry/case-filter.ts';
import { UsageError } from './exit-codes.ts';

/**
 * The part of a filter that `--from` and `--to` say.
 *
 * @throws {UsageError} for what is no month.
 */
export function monthsOf({
  from,
  to,
}: {
  readonly from?: string;
  readonly to?: string;
}): CaseFilter {
  for (const month of [from, to]) {
    if (month !== undefined && !isMonth(month)) {
      throw new UsageError('--from and --to take a month, written 2021-02.');
    }
  }
  return {
    ...(from === undefined ? {} : { fromMonth: from }),
    ...(to === undefined ? {} : { toMonth: to }),
  };
}

import {
  type CodeLists,
  codesOf,
  type ListName,
  offeredCodesOf,
} from '../cases/codes/code-lists.ts';
import { UsageError } from './exit-codes.ts';

/**
 * Refuses what was given with an option when no list of that name has it; null is nothing given. For
 * what begins only now, as asking for a consent does, a retired code is none.
 *
 * @throws {UsageError} naming the codes that there are.
 */
export function refuseUnknownCode(
  option: string,
  code: string | null,
  { lists, list, forNew = false }: { lists: CodeLists; list: ListName; forNew?: boolean },
): void {
  const known = forNew ? offeredCodesOf(lists, list) : codesOf(lists, list);
  if (code === null || known.includes(code)) return;
  throw new UsageError(`--${option} takes one of ${known.join(', ')}.`);
}

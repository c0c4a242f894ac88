import { type CodeLists, codesOf, type ListName } from '../cases/codes/code-lists.ts';
import { UsageError } from './exit-codes.ts';

/**
 * Refuses what was given with an option when no list of that name has it, not even retired.
 *
 * @throws {UsageError} naming the codes that there are.
 */
export function refuseUnknownCode(
  option: string,
  code: string,
  { lists, list }: { lists: CodeLists; list: ListName },
): void {
  const known = codesOf(lists, list);
  if (known.includes(code)) return;
  throw new UsageError(`--${option} takes one of ${known.join(', ')}.`);
}

/**
 * What is said behind the message that a column is missing, should the table have hidden ones: it may be
 * among them.
 */
export function hiddenHint(hidden: ReadonlySet<number> | undefined): string {
  if (hidden === undefined || hidden.size === 0) return '';
  return ' The table has hidden columns, which are not read: show them if it is one of them.';
}

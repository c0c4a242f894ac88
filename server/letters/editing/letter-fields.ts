/** A text of a finished letter, and where it stands: `demands.points[2]`. */
export interface LetterField {
  readonly field: string;
  readonly text: string;
}

/** All texts of a view, in the order of its fields. */
export function letterFields(view: unknown, field = ''): readonly LetterField[] {
  if (typeof view === 'string') return [{ field, text: view }];
  if (typeof view !== 'object' || view === null) return [];
  return Object.entries(view).flatMap(([key, inner]) => {
    const step = Array.isArray(view) ? `[${key}]` : `${field === '' ? '' : '.'}${key}`;
    return letterFields(inner, field + step);
  });
}

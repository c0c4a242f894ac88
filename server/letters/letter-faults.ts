import type { z } from 'zod';

/**
 * One sentence per fault of a model: the field and what is expected of it. What the field holds is
 * never repeated, since it may be case data.
 */
export function letterFaults(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [faultAt(issue.path, expectation(issue))];
    return issue.keys.map((key) =>
      faultAt([...issue.path, printable(key)], 'is not a field of a letter; take it out'),
    );
  });
}

/** «figures.pattern[2].count: expected …» as one sentence. */
export function faultAt(path: readonly PropertyKey[], expected: string): string {
  const field = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return `${field === '' ? 'The letter' : field}: ${expected}.`;
}

/** Names of unknown fields come from the file: only what cannot mislead is repeated. */
function printable(key: string): string {
  return /^[\w-]{1,40}$/.test(key) ? key : '(a name of odd characters)';
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${NOUNS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `expected ${amount(issue.origin, 'at least', Number(issue.minimum))}`;
    case 'too_big':
      return `expected ${amount(issue.origin, 'at most', Number(issue.maximum))}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`.replace(
        /, ([^,]*)$/,
        ' or $1',
      );
    case 'invalid_union':
      return 'expected the id of a demand, or {"text": {"ky": …, "ru": …, "en": …}}';
    case 'invalid_format':
    case 'custom':
      return issue.message;
    default:
      return 'expected something else; compare templates/letters/example.json';
  }
}

const NOUNS: Record<string, string> = {
  string: 'a text',
  // All numbers of a letter are whole.
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object in {}',
};

function amount(origin: string, bound: string, limit: number): string {
  if (origin === 'string') return limit === 1 ? 'a text' : `a text of ${bound} ${limit} characters`;
  if (origin === 'array') return `a list of ${bound} ${limit} item${limit === 1 ? '' : 's'}`;
  return `a whole number of ${bound} ${limit}`;
}

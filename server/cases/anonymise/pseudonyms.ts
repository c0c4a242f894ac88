import type { NamedFind, NamedWord } from './group-marks.ts';
import type { TextLanguage } from './lexicon.ts';
import { nameKey, nameKeys } from './name-key.ts';
import type { NameKnowledge } from './names.ts';

/** Somebody in a case, known by the keys of the words they were called by. */
export interface KnownPerson {
  readonly number: number;
  readonly kind: 'person' | 'officer' | 'name';
  readonly given: readonly string[];
  readonly surname: readonly string[];
  readonly other: readonly string[];
}

/**
 * The labels of one case. Numbers follow the order of appearance and nothing else, so they say
 * nothing about another case. Whoever reads the keys can guess the names: seal this like the names
 * themselves, and never use it for a second case or pack.
 */
export interface CaseNames {
  readonly people: readonly KnownPerson[];
}

/** A case in which nobody was named yet. */
export const NOBODY: CaseNames = { people: [] };

interface Draft {
  kind: KnownPerson['kind'];
  number: number;
  given: Set<string>;
  surname: Set<string>;
  other: Set<string>;
}

const LABELS: Readonly<
  Record<TextLanguage, Readonly<Record<KnownPerson['kind'], (number: number) => string>>>
> = {
  ru: {
    person: (n) => `Лицо-${n}`,
    officer: (n) => `Сотрудник-${n}`,
    name: (n) => `[скрыто-${n}]`,
  },
  ky: {
    person: (n) => `${n}-адам`,
    officer: (n) => `${n}-кызматкер`,
    name: (n) => `[жашырылды-${n}]`,
  },
  en: {
    person: (n) => `Person-${n}`,
    officer: (n) => `Officer-${n}`,
    name: (n) => `[hidden-${n}]`,
  },
};

/** The label of somebody in a language. */
export function labelOf(
  { kind, number }: Pick<KnownPerson, 'kind' | 'number'>,
  language: TextLanguage,
): string {
  return LABELS[language][kind](number);
}

/** As many people as a case may have before all further ones share a label. */
const MOST_PEOPLE = 20_000;

/**
 * Finds out who is meant by each find: one person, one label. Full names come first, so that a
 * surname or a given name alone finds its person; where it fits several, the one named last is meant.
 *
 * @returns a person for every find, and the case with whoever is new.
 */
export function assignPeople(
  finds: readonly NamedFind[],
  before: CaseNames,
  names: NameKnowledge,
): { people: readonly KnownPerson[]; caseNames: CaseNames } {
  const drafts: Draft[] = before.people.map((person) => ({
    kind: person.kind,
    number: person.number,
    given: new Set(person.given),
    surname: new Set(person.surname),
    other: new Set(person.other),
  }));
  const byKey = new Map<string, number[]>();
  const index = (key: string, at: number) => {
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [at]);
    else if (!known.includes(at) && known.length < 50) known.push(at);
  };
  for (const [at, draft] of drafts.entries()) {
    for (const keys of [draft.given, draft.surname, draft.other])
      for (const key of keys) index(key, at);
  }

  const chosen = new Array<number>(finds.length).fill(-1);
  const read = finds.map(({ words }) => readParts(words, names));
  const full = (at: number) => read[at]!.given.size > 0 && read[at]!.surname.size > 0;
  for (const wanted of [true, false]) {
    for (const at of finds.keys()) {
      if (full(at) === wanted) chosen[at] = choose(at);
    }
  }

  function choose(at: number): number {
    const parts = read[at]!;
    const keys = [...parts.surname, ...parts.given, ...parts.other];
    const candidates = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    let best = -1;
    let bestScore = 0;
    for (const candidate of candidates) {
      const score = closeness(parts, drafts[candidate]!);
      // Of equal ones the one named last before this find, or else the last known.
      if (score > 0 && score >= bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    if (best === -1) {
      best = drafts.length >= MOST_PEOPLE ? drafts.length - 1 : drafts.length;
      if (best === drafts.length) {
        drafts.push({
          kind: 'name',
          number: 0,
          given: new Set(),
          surname: new Set(),
          other: new Set(),
        });
      }
    }
    const draft = drafts[best]!;
    for (const key of parts.given) draft.given.add(key);
    for (const key of parts.surname) draft.surname.add(key);
    for (const key of parts.other) draft.other.add(key);
    for (const key of keys) index(key, best);
    if (draft.number === 0) draft.kind = higher(draft.kind, finds[at]!.type);
    return best;
  }

  // Labels are given in the order of the text, once everybody's kind is known.
  const counts = { person: 0, officer: 0, name: 0 };
  for (const { kind, number } of drafts) counts[kind] = Math.max(counts[kind], number);
  for (const at of chosen) {
    const draft = drafts[at]!;
    if (draft.number === 0) draft.number = ++counts[draft.kind];
  }
  const people = drafts.map(
    ({ kind, number, given, surname, other }): KnownPerson => ({
      kind,
      number,
      given: [...given],
      surname: [...surname],
      other: [...other],
    }),
  );
  return { people: chosen.map((at) => people[at]!), caseNames: { people } };
}

interface Parts {
  given: Set<string>;
  surname: Set<string>;
  other: Set<string>;
  initials: string[];
}

function readParts(words: readonly NamedWord[], names: NameKnowledge): Parts {
  const parts: Parts = { given: new Set(), surname: new Set(), other: new Set(), initials: [] };
  for (const { lower, part } of words) {
    if (part === 'initial') {
      parts.initials.push(nameKey(lower));
      continue;
    }
    const keys = nameKeys(lower);
    if (part === 'patronymic') continue;
    const into = part === 'given' ? parts.given : part === 'surname' ? parts.surname : parts.other;
    for (const key of keys) {
      into.add(key);
      if (part === 'given') for (const kin of names.kinOf(key)) into.add(kin);
    }
  }
  // «М.К.» alone: the letters are all there is.
  if (parts.given.size + parts.surname.size + parts.other.size === 0) {
    parts.other.add(`${parts.initials.join('.')}.`);
  }
  return parts;
}

const shares = (a: ReadonlySet<string>, b: ReadonlySet<string>) => {
  for (const key of a) if (b.has(key)) return true;
  return false;
};

/** How well a find fits somebody: 0 not at all. */
function closeness(parts: Parts, draft: Draft): number {
  const surname =
    shares(parts.surname, draft.surname) ||
    shares(parts.surname, draft.other) ||
    shares(parts.other, draft.surname);
  const given =
    shares(parts.given, draft.given) ||
    shares(parts.given, draft.other) ||
    shares(parts.other, draft.given);
  const other = shares(parts.other, draft.other);
  // Two of one family share a surname, not a given name.
  if (parts.given.size > 0 && draft.given.size > 0 && !given) return 0;
  if (parts.surname.size > 0 && draft.surname.size > 0 && !surname && given) return 0;
  if (
    surname &&
    !given &&
    parts.given.size === 0 &&
    parts.initials.length > 0 &&
    draft.given.size > 0
  ) {
    const fits = parts.initials.some((initial) =>
      [...draft.given].some((key) => key.startsWith(initial)),
    );
    if (!fits) return 0;
  }
  return (surname ? 2 : 0) + (given ? 2 : 0) + (other ? 1 : 0);
}

function higher(kind: KnownPerson['kind'], type: string): KnownPerson['kind'] {
  if (kind === 'officer' || type === 'officer') return 'officer';
  return kind === 'person' || type === 'person' ? 'person' : 'name';
}

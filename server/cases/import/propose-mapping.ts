import { guessLanguage } from '../anonymise/guess-language.ts';
import { type CodeLists, isOffered, LANGUAGES, type ListName } from '../codes/code-lists.ts';
import { readDay } from '../dates.ts';
import type { TableReader } from '../ports.ts';
import words from './column-words.json' with { type: 'json' };
import {
  columnName,
  IMPORT_COLUMNS,
  type ImportColumn,
  isPersonalColumn,
} from './import-columns.ts';
import { maskSample } from './mask-sample.ts';

/** Rows that are looked at. */
const ROWS_LOOKED_AT = 2_000;
const SAMPLES_SHOWN = 4;
/** Different values that are remembered of a column. */
const DISTINCT_LIMIT = 200;
/** This part of a column's values must be in a list for the column to be of it. */
const FITTING_PART = 0.8;
/** A text of so many characters on average tells a story. */
const STORY_LENGTH = 60;

/** How a column of somebody else's table was understood. */
export interface MatchedColumn {
  /** Its name in the file. */
  readonly name: string;
  /** The column of the template that it may be, or null. */
  readonly target: string | null;
  /** What speaks for it. `personal`: dropped at the door. */
  readonly because: 'name' | 'word' | 'values' | 'personal' | 'nothing';
  /** How many of the rows looked at have a value. */
  readonly filled: number;
  /** A few values: codes and labels of our lists as they are, all others as shapes. */
  readonly samples: readonly string[];
  /** Values that no list knows, as shapes: to be translated by hand. */
  readonly unknownValues: readonly string[];
}

/** A beginning of a mapping, to be looked through by a person. */
export interface MappingProposal {
  readonly rowCount: number;
  readonly columns: readonly MatchedColumn[];
  /** Columns of the template that every case needs and that nothing was found for. */
  readonly missing: readonly string[];
  /** In the form of a mapping file; it may lack what is `missing`. */
  readonly mapping: {
    readonly format: 'dalil-mapping/1';
    readonly columns: Readonly<Record<string, ProposedSource>>;
  };
}

/** Where a column of the template may come from. */
export interface ProposedSource {
  from: string;
  codes?: Record<string, string>;
  split?: string;
}

/** Words that say which kind of place a name belongs to. */
const KIND_OF_PLACE =
  /(?<![\p{L}\p{N}])(?:город|г|область|обл|район|р-н|шаары|облусу|району|city|oblast|region|district)(?![\p{L}\p{N}])\.?/gu;

interface LookedAt {
  readonly name: string;
  readonly values: Map<string, number>;
  filled: number;
  length: number;
}

/** Looks at a table and proposes a mapping; nothing is kept of it. */
export type ProposeMapping = (bytes: AsyncIterable<Uint8Array>) => Promise<MappingProposal>;

/**
 * Creates the proposal. A column is recognised by its name, by the words that people here use for it, or
 * by its values, which may be labels of our lists in any of the three languages.
 *
 * @throws {CasesError} from the use case: `TABLE_UNREADABLE`.
 */
export function createProposeMapping(deps: {
  readTable: TableReader;
  lists: CodeLists;
}): ProposeMapping {
  const codeOf = codesByWord(deps.lists);

  return async function proposeMapping(bytes) {
    const table = await deps.readTable(bytes);
    const all = table.header.map<LookedAt>((name) => ({
      name,
      values: new Map(),
      filled: 0,
      length: 0,
    }));
    let rowCount = 0;
    for await (const { cells } of table.rows) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      rowCount++;
      for (const [i, column] of all.entries()) look(column, (cells[i] ?? '').trim());
      if (rowCount === ROWS_LOOKED_AT) break;
    }
    const columns = all.filter((_, place) => table.hidden?.has(place) !== true);
    const taken = new Map<string, ProposedSource>();
    const byName = columns.map((column) => matchName(column.name));
    const matched = columns.map((column, i): MatchedColumn => {
      const match = byName[i]!.target !== null ? byName[i]! : matchValues(column, byName, taken);
      const target = match.target !== null && !taken.has(match.target) ? match.target : null;
      const { source, unknown } = sourceOf(column, target);
      if (target !== null) taken.set(target, source);
      const personal = match.because === 'personal';
      return {
        name: column.name,
        target,
        because: personal ? 'personal' : target === null ? 'nothing' : match.because,
        filled: column.filled,
        samples: personal ? [] : samplesOf(column, target),
        unknownValues: unknown.map(maskSample),
      };
    });
    const required = IMPORT_COLUMNS.filter((column) => column.required);
    return {
      rowCount,
      columns: matched,
      missing: required.map((column) => column.name).filter((name) => !taken.has(name)),
      mapping: {
        format: 'dalil-mapping/1',
        columns: Object.fromEntries(
          IMPORT_COLUMNS.flatMap(({ name }) => (taken.has(name) ? [[name, taken.get(name)!]] : [])),
        ),
      },
    };
  };

  function matchValues(
    column: LookedAt,
    byName: readonly { target: string | null }[],
    taken: ReadonlyMap<string, unknown>,
  ): { target: string | null; because: MatchedColumn['because'] } {
    const nothing = { target: null, because: 'nothing' as const };
    if (column.filled === 0 || isPersonalColumn(columnName(column.name))) {
      return column.filled === 0 ? nothing : { target: null, because: 'personal' };
    }
    const isFree = (name: string) =>
      !taken.has(name) && byName.every((match) => match.target !== name);
    const values = [...column.values.keys()];
    const listed = IMPORT_COLUMNS.filter((one) => one.list !== undefined && isFree(one.name));
    const scores = listed.map((one) => ({ name: one.name, part: fittingPart(values, one) }));
    const best = scores.reduce((a, b) => (b.part > a.part ? b : a), { name: '', part: 0 });
    if (best.part >= FITTING_PART) return { target: best.name, because: 'values' };
    if (isFree('happened_on') && values.every((value) => readDay(value) !== null)) {
      return { target: 'happened_on', because: 'values' };
    }
    if (column.length / column.filled >= STORY_LENGTH) {
      const target = `narrative_${guessLanguage(values.slice(0, 20).join('\n'))}`;
      if (isFree(target)) return { target, because: 'values' };
    }
    return nothing;
  }

  function fittingPart(values: readonly string[], column: ImportColumn): number {
    const parts = values.flatMap((value) => (column.many ? partsOf(value).parts : [value]));
    const fitting = parts.filter((part) => codeOf(column.list!, part) !== null);
    return parts.length === 0 ? 0 : fitting.length / parts.length;
  }

  function sourceOf(column: LookedAt, target: string | null) {
    const source: ProposedSource = { from: column.name };
    const unknown: string[] = [];
    const known = IMPORT_COLUMNS.find((one) => one.name === target);
    if (known?.list === undefined) return { source, unknown };
    const codes: Record<string, string> = {};
    for (const value of column.values.keys()) {
      const { parts, separator } = known.many ? partsOf(value) : { parts: [value], separator: '|' };
      if (separator !== '|') source.split = separator;
      for (const part of parts) {
        const code = codeOf(known.list, part);
        if (code === null) unknown.push(part);
        else if (code !== part) codes[part] = code;
      }
    }
    if (Object.keys(codes).length > 0) source.codes = codes;
    return { source, unknown: [...new Set(unknown)].slice(0, SAMPLES_SHOWN * 5) };
  }

  function samplesOf(column: LookedAt, target: string | null): string[] {
    const list = IMPORT_COLUMNS.find((one) => one.name === target)?.list;
    const isListed = (value: string) =>
      list !== undefined &&
      [[value], partsOf(value).parts].some((parts) =>
        parts.every((part) => codeOf(list, part) !== null),
      );
    const shown = [...column.values.keys()].map((value) =>
      isListed(value) ? value : maskSample(value),
    );
    return [...new Set(shown)].slice(0, SAMPLES_SHOWN);
  }

  /** The words of a cell, and what separates them. */
  function partsOf(value: string): { parts: string[]; separator: string } {
    const separator = ['|', ';', ','].find((sign) => value.includes(sign)) ?? '|';
    const parts = value.split(separator).map((part) => part.trim());
    return { parts: parts.filter((part) => part !== ''), separator };
  }
}

function look(column: LookedAt, value: string): void {
  if (value === '') return;
  column.filled++;
  column.length += value.length;
  if (column.values.size < DISTINCT_LIMIT || column.values.has(value)) {
    column.values.set(value, (column.values.get(value) ?? 0) + 1);
  }
}

function matchName(name: string): { target: string | null; because: MatchedColumn['because'] } {
  const own = columnName(name);
  if (IMPORT_COLUMNS.some((column) => column.name === own)) return { target: own, because: 'name' };
  const spoken = spokenName(name);
  for (const [target, names] of Object.entries(words)) {
    if (names.some((word) => spokenName(word) === spoken)) return { target, because: 'word' };
  }
  return { target: null, because: 'nothing' };
}

function spokenName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\s_]+/g, ' ')
    .trim();
}

/** Finds the code of a word: the code itself, or its label in any language, letter case ignored. */
function codesByWord(lists: CodeLists): (list: ListName, word: string) => string | null {
  const known = new Map<string, string>();
  for (const list of Object.keys(lists) as ListName[]) {
    // Retired ones first: where two have the same words, those of the other stay.
    const items = [...lists[list]].sort((a, b) => Number(isOffered(a)) - Number(isOffered(b)));
    for (const { code, label } of items) {
      for (const language of LANGUAGES) known.set(`${list}/${spokenName(label[language])}`, code);
    }
    for (const { code } of lists[list]) known.set(`${list}/${spokenName(code)}`, code);
  }
  // «г. Бишкек», «Бишкек шаары», "Bishkek city": the same place, where only one place is called so.
  const places = new Map<string, Set<string>>();
  for (const [word, code] of known) {
    const bare = bareName(word);
    places.set(bare, (places.get(bare) ?? new Set()).add(code));
  }
  return (list, word) => {
    const wanted = `${list}/${spokenName(word)}`;
    const bare = places.get(bareName(wanted));
    return known.get(wanted) ?? (bare?.size === 1 ? [...bare][0]! : null);
  };
}

function bareName(name: string): string {
  return name.replaceAll(KIND_OF_PLACE, ' ').replaceAll(/\s+/g, ' ').replace(/\/ /, '/').trim();
}

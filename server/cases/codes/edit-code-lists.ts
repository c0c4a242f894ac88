import { unprintable } from '../../kernel/printable.ts';
import { type Clock, isoSeconds } from '../../kernel/time.ts';
import { CasesError } from '../errors.ts';
import type { CodeListStore } from '../ports.ts';
import {
  type CodeItem,
  type CodeListEdition,
  type CodeLists,
  codesOf,
  isOffered,
  LANGUAGES,
  LIST_NAMES,
  LISTS_FOR_GOOD,
  type ListName,
  parseCodeLists,
} from './code-lists.ts';

/** What an edition changed in the one before. */
export interface CodeListChange extends Omit<CodeListEdition, 'lists'> {
  readonly added: ReadonlyArray<{ readonly list: ListName; readonly code: string }>;
  readonly renamed: ReadonlyArray<{
    readonly list: ListName;
    readonly code: string;
    /** The words until then. */
    readonly before: CodeItem['label'];
  }>;
  readonly retired: ReadonlyArray<{ readonly list: ListName; readonly code: string }>;
  /** Codes that had been retired, and are offered again. */
  readonly takenBack: ReadonlyArray<{ readonly list: ListName; readonly code: string }>;
}

/** The coded lists of an organisation and their history. */
export interface EditCodeLists {
  current(): Promise<Pick<CodeListEdition, 'version' | 'lists'>>;
  /** The lists as they stood at a moment, UTC to the second. */
  at(moment: string): Promise<CodeLists>;
  history(): Promise<readonly CodeListChange[]>;
  /**
   * Replaces some of the lists. Codes can be added and their words changed; what a code stands for
   * stays, for cases and packs hold it, so none can go. Whether one is retired stays as it is too, so
   * that an older file takes no retirement back. What changes nothing makes no edition. New words have
   * only characters that a letter can print.
   *
   * @param after - the version that whoever changes them has seen.
   * @throws {CasesError} `CODE_LISTS_INVALID`, naming what is wrong; `CODE_LISTS_CHANGED` when somebody
   *   else was faster.
   */
  replace(
    after: number,
    changes: Readonly<Record<string, unknown>>,
    by: { role: string; reason: string | null },
  ): Promise<Pick<CodeListEdition, 'version' | 'lists'>>;
  /**
   * Retires a code, or takes that back. A retired one is not offered for new cases nor taken in them; it
   * stays, with its words, in those that have it, in figures, and in tables of older cases.
   *
   * @param after - as for `replace`.
   * @throws {CasesError} `CODE_UNKNOWN`; `CODE_LISTS_INVALID` where the code or all of its
   *   list is needed;
   *   `CODE_LISTS_CHANGED`.
   */
  retire(
    after: number,
    code: { readonly list: ListName; readonly code: string; readonly retired: boolean },
    by: { role: string; reason: string | null },
  ): Promise<Pick<CodeListEdition, 'version' | 'lists'>>;
}

/** Creates the editing. Codes that a newer Dalil brings join the lists of one's own. */
export function createEditCodeLists(deps: {
  store: CodeListStore;
  /** The lists that come with Dalil. */
  shipped: CodeLists;
  clock: Clock;
}): EditCodeLists {
  const { store, shipped, clock } = deps;
  const editionOf = (edition: CodeListEdition | undefined) =>
    edition === undefined
      ? { version: 0, lists: shipped }
      : { version: edition.version, lists: withShipped(edition.lists, shipped) };

  async function keep(
    now: Pick<CodeListEdition, 'version' | 'lists'>,
    lists: CodeLists,
    { role, reason }: { role: string; reason: string | null },
  ) {
    if (JSON.stringify(lists) === JSON.stringify(now.lists)) return now;
    const edition = {
      version: now.version + 1,
      at: isoSeconds(clock.now()),
      role,
      reason,
      lists,
    };
    if (!(await store.add(edition))) throw changed();
    return { version: edition.version, lists };
  }

  return {
    async current() {
      return editionOf((await store.editions()).at(-1));
    },
    async at(moment) {
      const editions = await store.editions();
      return editionOf(editions.findLast((edition) => edition.at <= moment)).lists;
    },
    async history() {
      const editions = await store.editions();
      return editions.map(({ lists, ...edition }, i) => ({
        ...edition,
        ...changesBetween(editions[i - 1]?.lists ?? shipped, lists),
      }));
    },
    async replace(after, changes, by) {
      const now = editionOf((await store.editions()).at(-1));
      if (now.version !== after) throw changed();
      const given = parseCodeLists({ ...now.lists, ...changes });
      refuseOtherMeanings(now.lists, given);
      refuseUnprintableWords(now.lists, given);
      return await keep(now, parseCodeLists(retiredAsIn(now.lists, given)), by);
    },
    async retire(after, { list, code, retired }, by) {
      const now = editionOf((await store.editions()).at(-1));
      if (now.version !== after) throw changed();
      if (LISTS_FOR_GOOD.includes(list)) {
        throw new CasesError(
          'CODE_LISTS_INVALID',
          `No code of the list ${list} can be retired: Dalil itself works by them. Change the words of this one instead.`,
        );
      }
      if (!codesOf(now.lists, list).includes(code)) {
        throw new CasesError(
          'CODE_UNKNOWN',
          'There is no such code in this list. Read the list again, and name one of its codes.',
        );
      }
      const items = now.lists[list].map((one) => (one.code === code ? marked(one, retired) : one));
      return await keep(now, parseCodeLists({ ...now.lists, [list]: items }), by);
    },
  };
}

function withShipped(own: CodeLists, shipped: CodeLists): CodeLists {
  const entries = LIST_NAMES.map((name) => {
    const known = new Set(own[name].map((one) => one.code));
    return [name, [...own[name], ...shipped[name].filter((one) => !known.has(one.code))]] as const;
  });
  return Object.fromEntries(entries) as unknown as CodeLists;
}

function changesBetween(before: CodeLists, after: CodeLists) {
  const added: { list: ListName; code: string }[] = [];
  const renamed: { list: ListName; code: string; before: CodeItem['label'] }[] = [];
  const retired: { list: ListName; code: string }[] = [];
  const takenBack: { list: ListName; code: string }[] = [];
  for (const list of LIST_NAMES) {
    const items = new Map<string, CodeItem>(before[list].map((one) => [one.code, one]));
    for (const one of after[list]) {
      const { code, label } = one;
      const old = items.get(code);
      if (old === undefined) added.push({ list, code });
      else {
        if (JSON.stringify(old.label) !== JSON.stringify(label)) {
          renamed.push({ list, code, before: old.label });
        }
        if (isOffered(old) !== isOffered(one)) {
          (isOffered(one) ? takenBack : retired).push({ list, code });
        }
      }
    }
  }
  return { added, renamed, retired, takenBack };
}

/** The given lists, each code of them retired or not as it was before; a new one is offered. */
function retiredAsIn(before: CodeLists, given: CodeLists) {
  return Object.fromEntries(
    LIST_NAMES.map((list) => {
      const known = new Map<string, CodeItem>(before[list].map((one) => [one.code, one]));
      const isRetired = (code: string) => known.get(code)?.retired === true;
      return [list, given[list].map((one) => marked(one, isRetired(one.code)))];
    }),
  );
}

function marked({ retired: _, ...one }: CodeItem, retired: boolean): CodeItem {
  return retired ? { ...one, retired } : one;
}

/** A code that went, or that would mean something else, would change what cases and packs say. */
function refuseOtherMeanings(before: CodeLists, after: CodeLists): void {
  const faults = LIST_NAMES.flatMap((list) => {
    const now = new Map(after[list].map((one) => [one.code, meaningOf(one)]));
    return before[list]
      .filter((one) => now.get(one.code) !== meaningOf(one))
      .map(
        ({ code }) => `${list}/${code} (${now.has(code) ? 'belongs elsewhere now' : 'is gone'})`,
      );
  });
  if (faults.length === 0) return;
  throw new CasesError(
    'CODE_LISTS_INVALID',
    `Codes that are in use cannot go or mean something else: ${faults.slice(0, 10).join('; ')}. Add a code instead, change the words of this one, or retire it.`,
  );
}

/**
 * A letter is refused for one character that its font lacks, long after whoever typed it is gone. Words
 * that older editions hold are not asked, or nobody could change another list before them.
 */
function refuseUnprintableWords(before: CodeLists, after: CodeLists): void {
  const faults = LIST_NAMES.flatMap((list) => {
    const known = new Map<string, CodeItem>(before[list].map((one) => [one.code, one]));
    return after[list].flatMap(({ code, label }) =>
      LANGUAGES.filter((lang) => label[lang] !== known.get(code)?.label[lang]).flatMap((lang) => {
        const character = unprintable(label[lang]);
        return character === null ? [] : [`${list}/${code}, label.${lang} (${character})`];
      }),
    );
  });
  if (faults.length === 0) return;
  throw new CasesError(
    'CODE_LISTS_INVALID',
    `Words hold characters that the font of letters lacks: ${faults.slice(0, 10).join('; ')}. Write them without.`,
  );
}

/** All of an item but its words, and whether it is still given. */
function meaningOf({ label: _words, retired: _retired, ...rest }: CodeItem): string {
  return JSON.stringify(Object.entries(rest).sort());
}

function changed(): CasesError {
  return new CasesError(
    'CODE_LISTS_CHANGED',
    'Somebody changed the lists meanwhile. Read them again, and change those.',
  );
}

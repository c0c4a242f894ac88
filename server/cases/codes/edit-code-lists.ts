import { type Clock, isoSeconds } from '../../kernel/time.ts';
import { CasesError } from '../errors.ts';
import type { CodeListStore } from '../ports.ts';
import {
  type CodeItem,
  type CodeLists,
  LIST_NAMES,
  type ListName,
  parseCodeLists,
} from './code-lists.ts';

/** The lists as an organisation left them at one moment. */
export interface CodeListEdition {
  /** 1 for the first edition of one's own; 0 are the lists that come with Dalil. */
  readonly version: number;
  /** UTC to the second. */
  readonly at: string;
  /** Role, never a name, of who changed them. */
  readonly role: string;
  readonly reason: string | null;
  readonly lists: CodeLists;
}

/** What an edition changed in the one before. */
export interface CodeListChange extends Omit<CodeListEdition, 'lists'> {
  readonly added: ReadonlyArray<{ readonly list: ListName; readonly code: string }>;
  readonly renamed: ReadonlyArray<{
    readonly list: ListName;
    readonly code: string;
    /** The words until then. */
    readonly before: CodeItem['label'];
  }>;
}

/** The coded lists of an organisation and their history. */
export interface EditCodeLists {
  current(): Promise<Pick<CodeListEdition, 'version' | 'lists'>>;
  /** The lists as they stood at a moment, UTC to the second. */
  at(moment: string): Promise<CodeLists>;
  history(): Promise<readonly CodeListChange[]>;
  /**
   * Replaces some of the lists. Codes can be added and their words changed; what a code stands for
   * stays, for cases and packs hold it, so none can go. What changes nothing makes no edition.
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
    async replace(after, changes, { role, reason }) {
      const now = editionOf((await store.editions()).at(-1));
      if (now.version !== after) throw changed();
      const lists = parseCodeLists({ ...now.lists, ...changes });
      refuseOtherMeanings(now.lists, lists);
      if (JSON.stringify(lists) === JSON.stringify(now.lists)) return now;
      const at = isoSeconds(clock.now());
      const edition = { version: after + 1, at, role, reason, lists };
      if (!(await store.add(edition))) throw changed();
      return { version: edition.version, lists };
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
  for (const list of LIST_NAMES) {
    const words = new Map(before[list].map((one) => [one.code, one.label]));
    for (const { code, label } of after[list]) {
      const old = words.get(code);
      if (old === undefined) added.push({ list, code });
      else if (JSON.stringify(old) !== JSON.stringify(label)) {
        renamed.push({ list, code, before: old });
      }
    }
  }
  return { added, renamed };
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
    `Codes that are in use cannot go or mean something else: ${faults.slice(0, 10).join('; ')}. Add a code instead, or change the words of this one.`,
  );
}

/** All of an item but its words. */
function meaningOf({ label: _words, ...rest }: CodeItem): string {
  return JSON.stringify(Object.entries(rest).sort());
}

function changed(): CasesError {
  return new CasesError(
    'CODE_LISTS_CHANGED',
    'Somebody changed the lists meanwhile. Read them again, and change those.',
  );
}

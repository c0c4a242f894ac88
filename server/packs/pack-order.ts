import type { MediaMoment } from '../cases/disclosure/media-joins.ts';
import type { PublicAttribute } from '../cases/present.ts';
import type { CaseFilter } from '../cases/registry/case-filter.ts';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { LetterModel } from '../letters/letter-model.ts';
import type { Localized } from '../letters/writing/language.ts';

/** What a lawyer enters of a letter: everything that is not counted or made while packing. */
export type EnteredLetter = Pick<
  LetterModel,
  | 'type'
  | 'kind'
  | 'mandate'
  | 'sender'
  | 'addressee'
  | 'outgoing'
  | 'first'
  | 'subject'
  | 'clauses'
  | 'grounds'
  | 'overrides'
  | 'demands'
  | 'signatory'
  | 'executor'
>;

/** When and where a copy was filmed. */
export type FilmedMoment = Omit<MediaMoment, 'medium'>;

/** What a lawyer decided for one pack. Everything else follows from what is stored. */
export interface PackOrder {
  /** Marks every page, every text and the bag itself as a sample. */
  readonly sample: boolean;
  /** The cases that are counted. */
  readonly filter: CaseFilter;
  /** Codes of the body it goes to and of what it is for, as consents name them. */
  readonly recipient: string;
  readonly use: string;
  readonly letter: EnteredLetter;
  /**
   * Cases whose narrative was picked, one by one, with at most two coded attributes each.
   * `besideFootage` says why one is told that shares month and site with a presence log; it never leaves.
   */
  readonly narratives: ReadonlyArray<{
    readonly case: string;
    readonly attributes: readonly PublicAttribute[];
    readonly besideFootage?: string;
  }>;
  /**
   * Redacted copies to include, by id. `shows` names the cases whose encounter is to be seen in it:
   * each needs a consent for media. An empty list is a statement too: nobody of any case is to be seen.
   * `filmed` says when and where, one moment or several, for the report on risk alone: it never leaves.
   */
  readonly copies: ReadonlyArray<{
    readonly copy: string;
    readonly title: Localized;
    readonly shows: readonly string[];
    readonly filmed?: FilmedMoment | readonly FilmedMoment[];
  }>;
  /** A presence log, and where it was, worded to follow "recorded": never finer than a site. */
  readonly presence: { readonly log: string; readonly place: Localized } | null;
  /** Whether the letters hold the files of cases and tables, too, for who keeps nothing but them. */
  readonly attachFiles?: boolean;
  /** Digest of the statement of the pack that this one replaces. */
  readonly supersedes: Sha256 | null;
}

/** Names what an order asks to be counted: of two packs of one scope the differences tell most. */
export function scopeOf({ filter }: Pick<PackOrder, 'filter'>): string {
  return canonicalJson(filter as unknown as JsonValue);
}

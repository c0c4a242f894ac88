/** A published count: which question it answers, and the cases behind it. */
export interface PublishedCell {
  /** The table, as the list `table` names it, or `total` for the figures of the letter. */
  readonly table: string;
  readonly code: string;
  /** The smallest number of cases that may be told of here. */
  readonly minimum: number;
  /** Ids of the cases that were counted. */
  readonly cases: readonly string[];
}

/** A narrative that was published: of which case, and a digest of what was told of it. */
export interface PublishedNarrative {
  readonly case: string;
  /** Text in all languages and attributes, but no exhibit number. */
  readonly sha256: string;
}

/** All that one pack told in numbers and stories. Kept sealed for as long as anybody may read it. */
export interface Release {
  readonly pack: string;
  /** UTC to the second. */
  readonly releasedAt: string;
  readonly recipient: string;
  /** Names what was asked for: two releases of the same scope differ by what changed between. */
  readonly scope: string;
  readonly cells: readonly PublishedCell[];
  readonly narratives: readonly PublishedNarrative[];
  /** Digests of the redacted clips and stills, and ids of presence logs. */
  readonly media: readonly string[];
}

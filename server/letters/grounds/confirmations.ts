import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import type { Ground } from './legal-data.ts';

/** What can be confirmed: a ground or a term of reply, by a lawyer; a Kyrgyz text, by a reader. */
export const CONFIRMED_THINGS = ['ground', 'term', 'kyrgyz'] as const;

/** What a confirmation is of. */
export type ConfirmedThing = (typeof CONFIRMED_THINGS)[number];

/** That somebody read something and found it right. */
export interface Confirmation {
  readonly of: ConfirmedThing;
  /** Of exactly what was read: a changed word is another digest, and unconfirmed. */
  readonly digest: Sha256;
  /** Of a ground or a term, the role of the lawyer; of a text, the reader. */
  readonly by: string;
  /** The day, `YYYY-MM-DD`, in Bishkek. */
  readonly on: string;
}

/** Everything that was confirmed, by its digest. */
export type Confirmations = Readonly<Record<ConfirmedThing, ReadonlyMap<string, Confirmation>>>;

/** That something was confirmed, and not by whom: all that a letter follows from. */
export type ConfirmedDigest = Pick<Confirmation, 'of' | 'digest'>;

/** What a letter asks of all that was confirmed. */
export type Confirmed = Readonly<Record<ConfirmedThing, Pick<ReadonlySet<string>, 'has'>>>;

/** What a letter asks, of digests alone. */
export function confirmedBy(digests: readonly ConfirmedDigest[]): Confirmed {
  const of = (thing: ConfirmedThing) =>
    new Set<string>(digests.filter((one) => one.of === thing).map(({ digest }) => digest));
  return { ground: of('ground'), term: of('term'), kyrgyz: of('kyrgyz') };
}

/** Where nothing was confirmed, or nobody can know. */
export const NOTHING_CONFIRMED: Confirmations = {
  ground: new Map(),
  term: new Map(),
  kyrgyz: new Map(),
};

/** Digest of what a lawyer confirms of a ground: the act, its provision, its words and its dates. */
export function groundDigest({
  id,
  act,
  article,
  rule,
  governs,
  inForceFrom,
  inForceTo,
}: Ground): Sha256 {
  const texts = (one: { ky: string; ru: string; en: string }) => [one.ky, one.ru, one.en];
  return digestOf([
    id,
    texts(act),
    article === null ? null : texts(article),
    texts(rule),
    governs,
    inForceFrom,
    inForceTo,
  ]);
}

/** Digest of what a lawyer confirms of a term of reply: its length, its dates, and how it is counted. */
export function termDigest(
  {
    workingDays,
    inForceFrom,
    inForceTo,
  }: { workingDays: number; inForceFrom: string | null; inForceTo: string | null },
  countFrom: string,
): Sha256 {
  return digestOf([workingDays, inForceFrom, inForceTo, countFrom]);
}

/** Digest of a Kyrgyz text as a reader confirms it, its fields unfilled. */
export function textDigest(text: string): Sha256 {
  return digestOf(text.normalize('NFC'));
}

function digestOf(value: Parameters<typeof canonicalJson>[0]): Sha256 {
  return sha256(new TextEncoder().encode(canonicalJson(value)));
}

/** Confirmations by what they are of and by digest; of two, the later one. */
export function byDigest(all: readonly Confirmation[]): Confirmations {
  const of = (thing: ConfirmedThing) =>
    new Map(all.filter((one) => one.of === thing).map((one) => [one.digest, one]));
  return { ground: of('ground'), term: of('term'), kyrgyz: of('kyrgyz') };
}

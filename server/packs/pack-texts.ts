import type { PresenceKind } from '../footage/presence/presence-log.ts';
import type { Annex, LetterModel } from '../letters/letter-model.ts';
import type { Localized } from '../letters/writing/language.ts';

/** Texts of a pack for people, in every language. */
export interface PackTexts {
  /** By the type of the letter, or by its kind where the type has no title of its own. */
  letterTitle(letter: Pick<LetterModel, 'type' | 'kind'>): Localized;
  annexTitle(role: Exclude<Annex['role'], 'other'>): Localized;
  inventoryTitle: Localized;
  caseTitle(exhibit: string): Localized;
  presenceKind(kind: PresenceKind): Localized;
}

import type { ClauseLibrary } from './clauses/clause-library.ts';
import type { Confirmed } from './grounds/confirmations.ts';
import type { LegalData } from './grounds/legal-data.ts';
import type { ReplyTerms } from './grounds/reply-term.ts';
import type { LetterTypes } from './letter-types.ts';
import type { MessageCatalogs } from './writing/message-catalog.ts';

/** What a letter is checked and written by, besides its own words. */
export interface LetterRules {
  readonly legal: LegalData;
  readonly clauseLibrary: ClauseLibrary;
  readonly types: LetterTypes;
  readonly terms: ReplyTerms;
  readonly messages: MessageCatalogs;
  readonly confirmed: Confirmed;
}

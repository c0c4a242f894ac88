import { CodedError } from '../kernel/errors.ts';

/** Why a pack cannot be put together, sealed or found. */
export type PackErrorCode =
  | 'FIGURES_TOO_SMALL'
  | 'NARRATIVE_UNTRANSLATED'
  | 'NARRATIVE_NOT_ALLOWED'
  | 'TOLD_BESIDE_FOOTAGE'
  | 'LETTER_FOR_ANOTHER_BODY'
  | 'MEDIA_CONSENT_MISSING'
  | 'OWNER_CONSENT_MISSING'
  | 'CONSENT_ENDED'
  | 'COPY_NOT_APPROVED'
  | 'NAME_IN_FILE'
  | 'PACK_INVALID'
  | 'PACK_TOO_LARGE'
  | 'CONTENT_CHANGED'
  | 'PAPERS_CHANGED'
  | 'SIGNATURE_FAILED'
  | 'CERTIFICATE_UNREADABLE'
  | 'PACK_UNKNOWN'
  | 'PACK_UNSEALED'
  | 'PACK_SUPERSEDED'
  | 'KIT_IMPOSSIBLE'
  | 'ITEM_UNKNOWN'
  | 'ITEM_UNOPENABLE'
  | 'ITEM_DISCLOSED'
  | 'RECIPIENT_INVALID'
  | 'OWNERS_NOT_ASKED'
  | 'NOTHING_TO_OPEN'
  | 'KEY_UNKNOWN'
  | 'KEY_REVOKED'
  | 'MOMENT_INVALID'
  | 'TIMESTAMP_REFUSED';

/** An error of this folder; `message` names no case and no person. */
export class PackError extends CodedError<PackErrorCode> {}

import type { AccountsSchema } from './sqlite-accounts-schema.ts';
import type { CasesSchema } from './sqlite-cases-schema.ts';
import type { CodeListsSchema } from './sqlite-code-lists-schema.ts';
import type { CustodySchema } from './sqlite-custody-schema.ts';
import type { AnswersSchema } from './sqlite-idempotency-schema.ts';
import type { JobsSchema } from './sqlite-jobs-schema.ts';
import type { LetterConfirmationsSchema } from './sqlite-letter-confirmations-schema.ts';
import type { LetterVariantsSchema } from './sqlite-letter-variants-schema.ts';
import type { PacksSchema } from './sqlite-packs-schema.ts';
import type { PapersSchema } from './sqlite-papers-schema.ts';
import type { PicturesSchema } from './sqlite-pictures-schema.ts';
import type { RecordingsSchema } from './sqlite-recordings-schema.ts';
import type { ReleaseLedgerSchema } from './sqlite-release-ledger-schema.ts';
import type { ReviewsSchema } from './sqlite-reviews-schema.ts';
import type { SubmissionsSchema } from './sqlite-submissions-schema.ts';
import type { TimestampsSchema } from './sqlite-timestamps-schema.ts';
import type { VaultSchema } from './sqlite-vault-schema.ts';
import type { WorkSchema } from './sqlite-work-schema.ts';

/** Every table of the database; each part of the house names its own. */
export interface DatabaseSchema
  extends VaultSchema,
    CustodySchema,
    JobsSchema,
    CasesSchema,
    CodeListsSchema,
    RecordingsSchema,
    PicturesSchema,
    WorkSchema,
    PacksSchema,
    LetterVariantsSchema,
    LetterConfirmationsSchema,
    PapersSchema,
    AccountsSchema,
    AnswersSchema,
    ReleaseLedgerSchema,
    ReviewsSchema,
    SubmissionsSchema,
    TimestampsSchema {}

import type { Kysely } from 'kysely';
import { layCasesApart } from './lay-cases-apart.ts';
import { createAccountsTables } from './sqlite-accounts-schema.ts';
import { addCaseHistory, addImports, createCasesTables } from './sqlite-cases-schema.ts';
import { createCodeListsTable } from './sqlite-code-lists-schema.ts';
import { createCustodyTables } from './sqlite-custody-schema.ts';
import { createAnswersTable } from './sqlite-idempotency-schema.ts';
import { addJobHolder, createJobsTable } from './sqlite-jobs-schema.ts';
import { addKeyCertificates, keepFormerKeys } from './sqlite-keys-schema.ts';
import { createLetterConfirmationsTable } from './sqlite-letter-confirmations-schema.ts';
import { createLetterVariantsTable } from './sqlite-letter-variants-schema.ts';
import { addDraftMoment, createPacksTables } from './sqlite-packs-schema.ts';
import { createPapersTable } from './sqlite-papers-schema.ts';
import { createPicturesTable } from './sqlite-pictures-schema.ts';
import { createRecordingsTables } from './sqlite-recordings-schema.ts';
import { createReleasesTable } from './sqlite-release-ledger-schema.ts';
import { createReviewsTables } from './sqlite-reviews-schema.ts';
import {
  addPackOfAnnounced,
  createAnnouncedReplies,
  createSubmissionsTables,
} from './sqlite-submissions-schema.ts';
import { createTimestampsTable } from './sqlite-timestamps-schema.ts';
import { createVaultTables } from './sqlite-vault-schema.ts';
import { addWorkVersion, createWorkTable } from './sqlite-work-schema.ts';

/** One step in the life of the database. */
export interface Migration {
  readonly name: string;
  /** Runs inside a transaction of its own, together with the record that it ran. */
  up(db: Kysely<never>): Promise<void>;
}

/** All steps in their order. New ones go to the end; what was released is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '001-vault', up: createVaultTables },
  { name: '002-custody', up: createCustodyTables },
  { name: '003-jobs', up: createJobsTable },
  { name: '004-cases', up: createCasesTables },
  { name: '005-recordings', up: createRecordingsTables },
  { name: '006-packs', up: createPacksTables },
  { name: '007-accounts', up: createAccountsTables },
  { name: '008-answers', up: createAnswersTable },
  { name: '009-job-holder', up: addJobHolder },
  { name: '010-draft-moment', up: addDraftMoment },
  { name: '011-pictures', up: createPicturesTable },
  { name: '012-work', up: createWorkTable },
  { name: '013-release-ledger', up: createReleasesTable },
  { name: '014-case-reviews', up: createReviewsTables },
  { name: '015-former-keys', up: keepFormerKeys },
  { name: '016-timestamps', up: createTimestampsTable },
  { name: '017-imports', up: addImports },
  { name: '018-case-history', up: addCaseHistory },
  { name: '019-key-certificates', up: addKeyCertificates },
  { name: '020-letter-variants', up: createLetterVariantsTable },
  { name: '021-letter-confirmations', up: createLetterConfirmationsTable },
  { name: '022-organisation-papers', up: createPapersTable },
  { name: '023-submissions', up: createSubmissionsTables },
  { name: '024-code-lists', up: createCodeListsTable },
  { name: '025-announced-replies', up: createAnnouncedReplies },
  { name: '026-pack-of-announced', up: addPackOfAnnounced },
  { name: '027-work-version', up: addWorkVersion },
  { name: '028-cases-apart', up: layCasesApart },
];

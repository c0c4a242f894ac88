import { z } from 'zod';

/** The id of anything kept here: 26 base32 digits. */
export const ID = z.string().regex(/^[a-z2-7]{26}$/);

/** The path parameter of whatever a route is about. */
export const BY_ID = z.strictObject({ id: ID });

/** What long work answers: the job to follow. */
export const JOB_STARTED = z.strictObject({ job: ID });

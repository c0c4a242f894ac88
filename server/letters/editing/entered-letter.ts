import { LETTER_SCHEMA } from '../letter-model.ts';

/** What a lawyer enters of a pack's letter: everything that is not counted or made while packing. */
export const ENTERED_LETTER_SCHEMA = LETTER_SCHEMA.pick({
  type: true,
  kind: true,
  mandate: true,
  sender: true,
  addressee: true,
  outgoing: true,
  first: true,
  subject: true,
  clauses: true,
  grounds: true,
  overrides: true,
  demands: true,
  signatory: true,
  executor: true,
});

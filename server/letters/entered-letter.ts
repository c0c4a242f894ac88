import { LETTER_SCHEMA } from './letter-model.ts';

/** What a lawyer enters of a pack's letter: everything that is not counted or made while packing. */
export const ENTERED_LETTER_SCHEMA = LETTER_SCHEMA.pick({
  kind: true,
  mandate: true,
  sender: true,
  addressee: true,
  outgoing: true,
  subject: true,
  grounds: true,
  demands: true,
  signatory: true,
  executor: true,
});

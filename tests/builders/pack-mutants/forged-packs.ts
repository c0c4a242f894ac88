import { FORGED_BAGS } from './forged-bags.ts';
import { FORGED_COMMITMENTS } from './forged-commitments.ts';
import { FORGED_DESCRIPTIONS } from './forged-descriptions.ts';
import { FORGED_LETTERS } from './forged-letters.ts';
import { FORGED_LOGS } from './forged-logs.ts';
import { FORGED_RECORDS } from './forged-records.ts';
import { FORGED_SEALS } from './forged-seals.ts';
import { FORGED_SPELLINGS } from './forged-spellings.ts';
import type { ForgedPack } from './forging.ts';

/**
 * Packs whose lists and signatures all fit, by somebody who holds the key: made by mistake, by other
 * software, or to deceive. What signatures cannot show, the contents must.
 */
export const FORGED_PACKS: readonly ForgedPack[] = [
  ...FORGED_SEALS,
  ...FORGED_LETTERS,
  ...FORGED_BAGS,
  ...FORGED_DESCRIPTIONS,
  ...FORGED_COMMITMENTS,
  ...FORGED_RECORDS,
  ...FORGED_LOGS,
  ...FORGED_SPELLINGS,
];

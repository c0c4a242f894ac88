import { CodedError } from '../kernel/errors.ts';
import type { LetterModel } from '../letters/letter-model.ts';
import type { GatheredPack } from './gather-pack.ts';
import type { PackLetter } from './pack-letter.ts';
import type { PackOrder } from './pack-order.ts';

/** What keeps the letter of an order from being printed or sealed; null where nothing does. */
export type JudgePackLetter = (
  order: PackOrder,
  gathered: GatheredPack,
) => Promise<CodedError | null>;

/** Creates the judging of a pack's letter before anything of it is printed. */
export function createJudgePackLetter(deps: {
  letterOf: PackLetter;
  /** Throws a coded error for a letter that cannot be sealed. */
  refuseUnready: (model: LetterModel) => Promise<void>;
}): JudgePackLetter {
  return async function judgePackLetter(order, gathered) {
    try {
      await deps.refuseUnready((await deps.letterOf(order, gathered)).model);
      return null;
    } catch (error) {
      if (error instanceof CodedError) return error;
      throw error;
    }
  };
}

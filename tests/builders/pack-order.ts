import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';

/** The order of a sample pack for the Ministry, of all cases and nothing else, changed by `changes`. */
export async function aPackOrder(now: Date, changes: Partial<PackOrder> = {}): Promise<PackOrder> {
  const { letter } = await sampleLetter(now);
  return {
    sample: true,
    filter: {},
    recipient: 'ministry',
    use: 'complaint',
    letter,
    narratives: [],
    copies: [],
    presence: null,
    supersedes: null,
    ...changes,
  };
}

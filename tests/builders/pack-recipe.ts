import type { PackRecipe } from '../../server/packs/pack-draft.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';

/** What a pack was ordered by; nobody is told of or shown in it unless `changes` say so. */
export function aPackRecipe(changes: Partial<PackOrder> = {}): PackRecipe {
  return {
    order: {
      ...({} as PackOrder),
      recipient: 'ministry',
      use: 'complaint',
      narratives: [],
      copies: [],
      supersedes: null,
      ...changes,
    },
    numbering: '00'.repeat(32),
    renderer: 'a printer',
  };
}

import type { Sha256 } from '../../server/kernel/digest.ts';
import { resealed } from './resealed-pack.ts';
import type { SealedForTest } from './sealed-pack.ts';

/** A pack that replaces a statement, as its own key signs it. */
export async function superseding(pack: SealedForTest, supersedes: Sha256): Promise<Uint8Array> {
  const description = new TextDecoder().decode(pack.bag.get('evidence/pack.json'));
  return await resealed(pack, {
    files: {
      'evidence/pack.json': description.replace(
        '"supersedes":null',
        `"supersedes":"${supersedes}"`,
      ),
    },
    statement: (text) => text.replace('supersedes -', `supersedes ${supersedes}`),
  });
}

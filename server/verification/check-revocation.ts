import { isHighSignature } from '../packs/manifest/p256-signature.ts';
import { parseSignedRevocation } from '../packs/manifest/revocation-note.ts';
import type { JudgedSeal } from './check-seal.ts';
import type { PackContents } from './pack-contents.ts';
import type { CheckSignature } from './ports.ts';

/**
 * Holds the pack's key against the revocation notes that the auditor brought. A note is signed by the
 * key that it is about, so only who had that key can have written it. Notes of other keys say nothing
 * of this pack; without one of this key there is nothing to check by. What a trusted authority stamped
 * before others may have had the key stays good.
 *
 * @param provenAt - when the pack was there already, by a time stamp that was checked.
 */
export async function checkRevocation(
  { find, skip }: Pick<PackContents, 'find' | 'skip'>,
  notes: readonly string[],
  { signer, provenAt }: { signer: JudgedSeal['signer']; provenAt: Date | null },
  checkSignature: CheckSignature,
): Promise<void> {
  let concerned = false;
  for (const brought of notes) {
    // Mail programs end lines with CR LF.
    const parsed = parseSignedRevocation(brought.replaceAll('\r\n', '\n'));
    if (parsed === null) {
      find('revocation-malformed', null);
      continue;
    }
    const { note, text, signature } = parsed;
    if (signer === null || note.keySha256 !== signer.sha256) continue;
    concerned = true;
    const { publicKeyPem } = signer;
    const bytes = new TextEncoder().encode(text);
    const genuine = await checkSignature({ publicKeyPem, bytes, signature });
    if (!genuine || isHighSignature(signature)) find('revocation-forged', null);
    else if (provenAt === null || provenAt >= new Date(note.since)) {
      const message = `The key was revoked: since ${note.since} others may have it.`;
      find('key-revoked', null, message, note.since);
    }
  }
  if (!concerned) skip('revocation');
}

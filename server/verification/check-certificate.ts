import { sha256 } from '../kernel/digest.ts';
import { parseCertificates, SIGNER_CERTIFICATE } from '../packs/manifest/certificates.ts';
import type { JudgedSeal } from './check-seal.ts';
import type { PackContents } from './pack-contents.ts';
import type { JudgeCertificates } from './ports.ts';
import type { Report } from './report.ts';

/**
 * Checks the certificate of the pack's key, where there is one: that it is of this key, and, by
 * authorities that the auditor trusts, that one of them vouches for it at the moment of sealing. A
 * certificate says whose the key is in the authority's words; that this is the right organisation,
 * only the auditor can say, so it confirms no origin by itself.
 *
 * @param at - the moment that a time stamp proved, or else the one that the statement names.
 */
export async function checkCertificate(
  { text, files, find, skip }: PackContents,
  { signer, statement }: Pick<JudgedSeal, 'signer' | 'statement'>,
  brought: { roots: readonly string[] | undefined; provenAt: Date | null },
  judgeCertificates: JudgeCertificates,
): Promise<Report['certificate']> {
  if (!files.has(SIGNER_CERTIFICATE)) {
    skip('certificate');
    return null;
  }
  const certificates = parseCertificates(text(SIGNER_CERTIFICATE) ?? '');
  const at = brought.provenAt ?? (statement === null ? null : new Date(statement.sealedAt));
  const judged =
    certificates === null || at === null
      ? null
      : await judgeCertificates({ certificates, at, roots: brought.roots ?? null });
  if (judged === null) {
    if (certificates === null || at !== null) find('certificate-malformed', SIGNER_CERTIFICATE);
    else skip('certificate');
    return null;
  }
  if (signer !== null && sha256(judged.publicKey) !== signer.sha256) {
    find('certificate-other-key', SIGNER_CERTIFICATE);
  }
  if (judged.standing === 'untrusted') find('certificate-untrusted', SIGNER_CERTIFICATE);
  if (judged.standing === 'unchecked') skip('certificate');
  return { subject: judged.subject, issuer: judged.issuer };
}

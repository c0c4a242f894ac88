import { type Sha256, sha256 } from '../kernel/digest.ts';
import { parseManifest } from '../packs/manifest/bag-manifest.ts';
import { SEALED_BY_MANIFEST } from '../packs/manifest/pack-files.ts';
import { p256KeyBytes } from '../packs/manifest/public-key.ts';
import { parseStatement, type Statement } from '../packs/manifest/statement.ts';
import { type PackContents, statusOf } from './pack-contents.ts';
import type { CheckSignature } from './ports.ts';

/** What an auditor brought from elsewhere; a pack cannot vouch for itself. */
export interface BroughtOrigin {
  /** The public key, SPKI in PEM as `openssl pkey -pubin` writes it. */
  readonly publicKeyPem?: string;
  /** The digest of the statement. */
  readonly statementSha256?: Sha256;
}

/** What the seal says, as far as it can be read. */
export interface JudgedSeal {
  readonly statement: Statement | null;
  readonly statementSha256: Sha256 | null;
  readonly signerSha256: Sha256 | null;
  /** Whether anything was brought that says where the pack is from. */
  readonly originGiven: boolean;
}

/** Checks signature, key, statement and the list of the seal. */
export async function checkSeal(
  contents: PackContents,
  brought: BroughtOrigin,
  checkSignature: CheckSignature,
): Promise<JudgedSeal> {
  const { find } = contents;
  const pem = contents.text('seal/signer.pem');
  const keyBytes = pem === null ? null : p256KeyBytes(pem);
  if (keyBytes === null) find('signature', 'seal/signer.pem', 'There is no P-256 key here.');
  const signerSha256 = keyBytes === null ? null : sha256(keyBytes);

  const statementBytes = contents.bytes('seal/statement.txt');
  const statementText = contents.text('seal/statement.txt');
  const statement = statementText === null ? null : parseStatement(statementText);
  const statementSha256 = statementBytes === null ? null : sha256(statementBytes);
  if (statement === null) {
    find('statement', 'seal/statement.txt', 'The statement is missing or not of its one form.');
  } else if (statement.signerSha256 !== signerSha256) {
    find('statement', 'seal/signer.pem', 'The statement names another key.');
  }

  const { publicKeyPem = pem, statementSha256: hash } = brought;
  await checkSigned('seal/statement.txt', 'seal/statement.p256.sig', 'signature');
  await checkSigned('seal/manifest-sha256.txt', 'seal/manifest.p256.sig', 'seal');
  checkList();
  checkOrigin();
  return {
    statement,
    statementSha256,
    signerSha256,
    originGiven: brought.publicKeyPem !== undefined || hash !== undefined,
  };

  async function checkSigned(path: string, signaturePath: string, step: 'signature' | 'seal') {
    const bytes = contents.bytes(path);
    const signature = contents.bytes(signaturePath);
    if (bytes === null || signature === null || publicKeyPem === null) {
      find(step, signaturePath, 'The signature, or what it signs, is missing.');
    } else if (!(await checkSignature({ publicKeyPem, bytes, signature }))) {
      find(step, signaturePath, 'The signature is not by this key over these bytes.');
    }
  }

  /** Every file of `seal/` but the list itself and its signature stands in the list. */
  function checkList(): void {
    const text = contents.text('seal/manifest-sha256.txt');
    const parsed = parseManifest(text ?? '');
    if ('faults' in parsed) {
      for (const fault of parsed.faults) find('seal', 'seal/manifest-sha256.txt', fault);
      return;
    }
    const listed = new Map(parsed.entries.map((entry) => [entry.path, entry.sha256]));
    for (const path of SEALED_BY_MANIFEST) {
      if (!listed.has(path)) find('seal', path, 'The list of the seal does not have it.');
    }
    for (const [path, digest] of listed) {
      const status = statusOf(contents.files.get(path), digest);
      if (!SEALED_BY_MANIFEST.some((known) => known === path)) {
        find('seal', path, 'The list of the seal has a file that no seal has.');
      } else if (status !== 'OK') find('seal', path, `By the list of the seal it is ${status}.`);
    }
  }

  function checkOrigin(): void {
    if (brought.publicKeyPem !== undefined && brought.publicKeyPem !== pem) {
      find(
        'origin',
        'seal/signer.pem',
        'The pack was sealed with another key than the one brought.',
      );
    }
    if (hash !== undefined && hash !== statementSha256) {
      find(
        'origin',
        'seal/statement.txt',
        'The statement has another digest than the one brought.',
      );
    }
  }
}

import { type Sha256, sha256 } from '../kernel/digest.ts';
import { parseManifest } from '../packs/manifest/bag-manifest.ts';
import { isHighSignature } from '../packs/manifest/p256-signature.ts';
import {
  baseOfSignedLetter,
  isOptionalSealPath,
  SEALED_BY_MANIFEST,
} from '../packs/manifest/pack-files.ts';
import { p256KeyBytes } from '../packs/manifest/public-key.ts';
import { parseStatement, type Statement } from '../packs/manifest/statement.ts';
import type { PackContents } from './pack-contents.ts';
import type { CheckSignature } from './ports.ts';

const STATEMENT = 'seal/statement.txt';
const SIGNATURE = 'seal/statement.p256.sig';
const SIGNER = 'seal/signer.pem';
const LIST = 'seal/manifest-sha256.txt';
const LIST_SIGNATURE = 'seal/manifest.p256.sig';

/** What an auditor brought from elsewhere; a pack cannot vouch for itself. */
export interface BroughtOrigin {
  /** The public key, SPKI in PEM as `openssl pkey -pubin` writes it. */
  readonly publicKeyPem?: string;
  /** The digest of that key (SPKI, DER) as letterheads have it, or that of the statement. */
  readonly sealSha256?: Sha256;
  /** The digest of the statement. */
  readonly statementSha256?: Sha256;
}

/** What the seal says, as far as it can be read. */
export interface JudgedSeal {
  readonly statement: Statement | null;
  readonly statementSha256: Sha256 | null;
  readonly signerSha256: Sha256 | null;
  /** The pack's own key; null when it has none that can be used. */
  readonly signer: { readonly publicKeyPem: string; readonly sha256: Sha256 } | null;
  /** Digests of the seal's files as its own list has them; null when there is no such list. */
  readonly listed: ReadonlyMap<string, Sha256> | null;
  /** Whether that list is signed by the pack's key. */
  readonly listRefuted: boolean;
  /** Whether anything was brought that says where the pack is from. */
  readonly originGiven: boolean;
}

/** Checks signatures, key, statement and the list of the seal. */
export async function checkSeal(
  contents: PackContents,
  brought: BroughtOrigin,
  checkSignature: CheckSignature,
): Promise<JudgedSeal> {
  const { find, skip } = contents;
  const keyBytes = p256KeyBytes(contents.text(SIGNER) ?? '');
  if (keyBytes === null) find('signature-key-unusable', SIGNER);
  const signerSha256 = keyBytes === null ? null : sha256(keyBytes);

  const statementBytes = contents.bytes(STATEMENT);
  const statementSha256 = statementBytes === null ? null : sha256(statementBytes);
  const statement = parseStatement(contents.text(STATEMENT) ?? '');
  if (statement === null) find('statement-malformed', STATEMENT);
  else if (statement.signerSha256 !== signerSha256) find('statement-other-key', SIGNER);

  // By the pack's own key, so that "tampered with" and "sealed by somebody else" stay two findings;
  // whether it is the right key is for `origin` to say.
  const publicKeyPem = keyBytes === null ? brought.publicKeyPem : contents.text(SIGNER)!;
  const signed = await judge(STATEMENT, SIGNATURE);
  if (signed !== 'right') find(`signature-${signed}`, SIGNATURE);
  const listSigned = await judge(LIST, LIST_SIGNATURE);
  if (listSigned !== 'right') find(`seal-signature-${listSigned}`, LIST_SIGNATURE);

  checkOrigin();
  return {
    statement,
    statementSha256,
    signerSha256,
    listed: checkList(),
    listRefuted: listSigned === 'wrong' || listSigned === 'twin',
    signer:
      keyBytes === null ? null : { publicKeyPem: contents.text(SIGNER)!, sha256: sha256(keyBytes) },
    originGiven: [brought.publicKeyPem, brought.sealSha256, brought.statementSha256].some(
      (one) => one !== undefined,
    ),
  };

  async function judge(path: string, by: string): Promise<'right' | 'wrong' | 'twin' | 'missing'> {
    const bytes = contents.bytes(path);
    const signature = contents.bytes(by);
    if (bytes === null || signature === null || publicKeyPem === undefined) return 'missing';
    if (!(await checkSignature({ publicKeyPem, bytes, signature }))) return 'wrong';
    return isHighSignature(signature) ? 'twin' : 'right';
  }

  /** Every file of `seal/` but the list itself and its signature stands in the list. */
  function checkList(): ReadonlyMap<string, Sha256> | null {
    const text = contents.text(LIST);
    if (text === null) {
      find('seal-list-missing', LIST);
      return null;
    }
    const parsed = parseManifest(text);
    if ('faults' in parsed) {
      for (const fault of parsed.faults) find('seal-list-malformed', LIST, fault);
      return null;
    }
    const listed = new Map(parsed.entries.map((entry) => [entry.path, entry.sha256]));
    for (const path of SEALED_BY_MANIFEST) {
      if (!listed.has(path)) find('seal-list-incomplete', path);
    }
    for (const path of listed.keys()) {
      const optional = isOptionalSealPath(path) || baseOfSignedLetter(path) !== null;
      const known = optional || SEALED_BY_MANIFEST.some((one) => one === path);
      if (!known) find('seal-list-foreign', path);
    }
    return listed;
  }

  function checkOrigin(): void {
    const { publicKeyPem: key, statementSha256: digest } = brought;
    const bytes = key === undefined ? null : p256KeyBytes(key);
    if (key !== undefined && bytes === null) find('origin-key-unusable', null);
    // A seal that has lost its key is damaged, which is found elsewhere, and not another's.
    if (bytes !== null && signerSha256 !== null && sha256(bytes) !== signerSha256) {
      find('origin-other-key', SIGNER);
    }
    if (digest !== undefined && statementSha256 !== null && digest !== statementSha256) {
      find('origin-other-statement', STATEMENT);
    }
    const { sealSha256: either } = brought;
    const whole = signerSha256 !== null && statementSha256 !== null;
    if (either !== undefined && whole && ![signerSha256, statementSha256].includes(either)) {
      find('origin-other-digest', null);
    }
    const byKey = bytes !== null && signerSha256 !== null;
    const byStatement = digest !== undefined && statementSha256 !== null;
    const byEither = either !== undefined && whole;
    if (!byKey && !byStatement && !byEither) skip('origin');
  }
}

import { createPublicKey } from 'node:crypto';
import { CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo } from 'pkijs';
import { formatCertificates } from '../../packs/manifest/certificates.ts';
import { MOST_CERTIFICATES, signerCertificates } from '../../packs/manifest/signer-certificates.ts';
import { VaultError } from '../vault/vault-error.ts';
import { certificateBytes, publicKeyBytes } from './pkijs-certificates.ts';

/** What a PKCS#12 file holds that is of use to a signer. */
export interface KeyWithCertificates {
  /** PKCS#8, PEM, not encrypted. */
  readonly privateKeyPem: string;
  /** The certificate of the key, then those that vouch for it, one after the other, in PEM. */
  readonly certificatesPem: string;
}

/** Whether bytes are DER, as PKCS#12 files are and PEM is not. */
export function isPkcs12(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30;
}

/**
 * Opens a PKCS#12 file (RFC 7292) with its passphrase: encrypted by PBES2, as openssl 3 and today's
 * authorities write it.
 *
 * @throws {VaultError} `WRONG_PASSPHRASE`, also where the file was damaged; `KEY_UNSUITABLE` when it is
 *   encrypted in a way of old (RC2, 3DES), has no checksum under its passphrase, holds no single key with
 *   its certificate, or a certificate that not everybody reads.
 */
export async function readPkcs12(
  bytes: Uint8Array,
  passphrase: string,
): Promise<KeyWithCertificates> {
  const password = new TextEncoder().encode(passphrase).buffer;
  const safe = await opened(bytes, password);
  const keys: PrivateKeyInfo[] = [];
  const certificates: Certificate[] = [];
  try {
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) });
    for (const { value } of safe.parsedValue.safeContents) {
      for (const { bagValue } of value.safeBags) {
        if (bagValue instanceof PKCS8ShroudedKeyBag) {
          // What is declared as protected is the only way in.
          await (bagValue as unknown as Openable).parseInternalValues({ password });
          keys.push(bagValue.parsedValue!);
        } else if (bagValue instanceof PrivateKeyInfo) keys.push(bagValue);
        else if (bagValue instanceof CertBag && bagValue.parsedValue instanceof Certificate) {
          certificates.push(bagValue.parsedValue);
        }
      }
    }
  } catch (cause) {
    throw new VaultError(
      'KEY_UNSUITABLE',
      'The PKCS#12 file is encrypted in a way of old that is not read here (RC2 or 3DES). Write it anew with OpenSSL 3: openssl pkcs12 -legacy -in OLD.p12 -nodes -out KEY.pem, then openssl pkcs12 -export -in KEY.pem -out NEW.p12, and delete KEY.pem.',
      { cause },
    );
  }
  const [key, ...more] = keys;
  if (key === undefined || more.length > 0) throw notOneKey();
  const der = Buffer.from(key.toSchema().toBER());
  const base64 = der.toString('base64').match(/.{1,64}/g)!;
  const privateKeyPem = `-----BEGIN PRIVATE KEY-----\n${base64.join('\n')}\n-----END PRIVATE KEY-----\n`;
  const chain = chainOf(certificates, publicHalfOf(privateKeyPem)).map(certificateBytes);
  if (chain.length === 0) throw notOneKey();
  if (chain.length > MOST_CERTIFICATES) {
    throw new VaultError(
      'KEY_UNSUITABLE',
      `More than ${MOST_CERTIFICATES} certificates in the PKCS#12 file vouch for its key, which verifiers do not read. Ask who made it for one with the shortest chain.`,
    );
  }
  const certificatesPem = formatCertificates(chain);
  if (signerCertificates(certificatesPem) === null) {
    throw new VaultError(
      'KEY_UNSUITABLE',
      'A certificate in the PKCS#12 file is not of the form that every verifier reads (RFC 5280, in DER). Ask who made it for one.',
    );
  }
  return { privateKeyPem, certificatesPem };
}

function publicHalfOf(privateKeyPem: string): Uint8Array {
  try {
    return createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' });
  } catch (cause) {
    throw notOneKey(cause);
  }
}

interface Openable {
  parseInternalValues(parameters: { password: ArrayBuffer }): Promise<void>;
}

async function opened(bytes: Uint8Array, password: ArrayBuffer) {
  let pfx: PFX;
  try {
    pfx = PFX.fromBER(new Uint8Array(bytes));
  } catch (cause) {
    throw notOneKey(cause);
  }
  if (pfx.macData === undefined) {
    throw new VaultError(
      'KEY_UNSUITABLE',
      'The PKCS#12 file has no checksum under its passphrase, so anybody may have changed it. Ask who made it for one with a checksum.',
    );
  }
  try {
    await pfx.parseInternalValues({ password, checkIntegrity: true });
    return pfx.parsedValue!.authenticatedSafe!;
  } catch (cause) {
    throw new VaultError(
      'WRONG_PASSPHRASE',
      'The passphrase does not open the PKCS#12 file. Check both, then try again.',
      { cause },
    );
  }
}

/** The certificate of the key first, then each one's issuer; what belongs to none of them is left out. */
function chainOf(certificates: readonly Certificate[], publicKey: Uint8Array): Certificate[] {
  const rest = [...certificates];
  const chain: Certificate[] = [];
  const take = (fits: (one: Certificate) => boolean) => {
    const at = rest.findIndex(fits);
    const [found] = at < 0 ? [] : rest.splice(at, 1);
    if (found !== undefined) chain.push(found);
    return found;
  };
  let last = take((one) => Buffer.compare(publicKeyBytes(one), publicKey) === 0);
  while (last !== undefined) {
    const { issuer } = last;
    last = take(({ subject }) => subject.isEqual(issuer));
  }
  return chain;
}

function notOneKey(cause?: unknown): VaultError {
  return new VaultError(
    'KEY_UNSUITABLE',
    'The file is no PKCS#12 file with one P-256 key and its certificate. Ask who made it for one.',
    { cause },
  );
}

/** SubjectPublicKeyInfo of an uncompressed P-256 point: always these bytes, then the point. */
const P256_PREFIX = '3059301306072a8648ce3d020106082a8648ce3d030107034200';
const P256_SPKI_BYTES = 91;

/**
 * The DER bytes of a P-256 public key in PEM (RFC 7468), which may come from anybody.
 *
 * @returns null when it is anything else, or holds anything besides: a key file has one form.
 */
export function p256KeyBytes(pem: string): Uint8Array | null {
  const match = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(
    pem,
  );
  const base64 = (match?.[1] ?? '').replaceAll('\n', '');
  const bytes = fromBase64(base64);
  if (bytes?.length !== P256_SPKI_BYTES) return null;
  const prefix = Array.from(bytes.subarray(0, 26), (byte) => byte.toString(16).padStart(2, '0'));
  if (prefix.join('') !== P256_PREFIX || bytes[26] !== 4) return null;
  return formatPublicKey(bytes) === pem ? bytes : null;
}

/** A public key as PEM, as `openssl pkey -pubout` writes it. */
function formatPublicKey(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  const lines = base64.match(/.{1,64}/g)!.join('\n');
  return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`;
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

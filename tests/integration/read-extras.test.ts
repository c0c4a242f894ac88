import { createPublicKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { readExtras } from '../../server/browser/read-extras.ts';
import { aTimestampAuthority } from '../builders/timestamp-authority.ts';

// Files as somebody drops them on the page: each must say itself what it is.

const authority = aTimestampAuthority();
const der = new X509Certificate(authority.rootPem).raw;
const fileOf = (name: string, content: Uint8Array<ArrayBuffer> | string) =>
  new File([content], name);

test('a certificate in DER is a certificate, and no time stamp', async () => {
  const read = await readExtras([fileOf('root.cer', Uint8Array.from(der))]);
  expect(read!.timestamps).toEqual([]);
  expect(read!.tsaRoots).toHaveLength(1);
  expect(new X509Certificate(read!.tsaRoots![0]!).raw).toEqual(der);
  const token = Uint8Array.from(authority.stamp(new TextEncoder().encode('text')));
  const stamp = await readExtras([fileOf('late.tsr', token)]);
  expect([stamp!.timestamps?.length, stamp!.tsaRoots]).toEqual([1, undefined]);
});

test('an archive is an earlier pack, however large, and a statement is told by its first line', async () => {
  const zip = new File(['PK\u0003\u0004', new Uint8Array(17 * 1_048_576)], 'earlier.zip');
  const statement = 'dalil-evidence-pack/v1\npack EP-\n';
  const read = await readExtras([zip, fileOf('statement.txt', statement)]);
  expect(read!.earlier).toEqual([zip, statement]);
});

test('a certificate in PEM that cannot be read is refused, not left out', async () => {
  expect((await readExtras([fileOf('root.pem', authority.rootPem)]))!.tsaRoots).toHaveLength(1);
  const lines = authority.rootPem.split('\n');
  const broken = [...lines.slice(0, 2), ...lines.slice(4)].join('\n');
  expect(await readExtras([fileOf('root.pem', broken)])).toBeNull();
  const { publicKey } = new X509Certificate(authority.rootPem);
  const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
  const spki = Uint8Array.from(key.export({ type: 'spki', format: 'der' }));
  expect((await readExtras([fileOf('key.der', spki)]))!.tsaRoots).toBeUndefined();
});

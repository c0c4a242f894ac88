/** The other signature (r, n − s) that fits whenever (r, s) does; n is the order of P-256. */
export function twinOf(der: Buffer): Buffer {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const sAt = 4 + der[3]!;
  const s = order - BigInt(`0x${der.subarray(sAt + 2).toString('hex')}`);
  const hex = s.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const bytes = Buffer.from(
    Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even,
    'hex',
  );
  const body = Buffer.concat([der.subarray(2, sAt), Buffer.of(2, bytes.length), bytes]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

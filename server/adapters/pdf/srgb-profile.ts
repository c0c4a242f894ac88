/**
 * What the colours of a letter mean: sRGB as an ICC profile of version 4.2 for a screen, 480 bytes,
 * that of libvips (as sharp writes it with `withIccProfile('srgb')`), by its text "CC0": in the
 * public domain. It is kept here so that a letter's bytes do not follow from the version of sharp.
 *
 * @see https://github.com/saucecontrol/Compact-ICC-Profiles
 */
export const SRGB_PROFILE: Uint8Array = new Uint8Array(
  Buffer.from(
    'AAAB4GxjbXMEIAAAbW50clJHQiBYWVogB+IAAwAUAAkADgAdYWNzcE1TRlQAAAAAc2F3c2N0cmwAAAAAAAAAAAAA' +
      'AAAAAPbWAAEAAAAA0y1oYW5keem/Vlo+AbaDI4VVRvdPqgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAK' +
      'ZGVzYwAAAPwAAAAkY3BydAAAASAAAAAid3RwdAAAAUQAAAAUY2hhZAAAAVgAAAAsclhZWgAAAYQAAAAUZ1hZWgAA' +
      'AZgAAAAUYlhZWgAAAawAAAAUclRSQwAAAcAAAAAgZ1RSQwAAAcAAAAAgYlRSQwAAAcAAAAAgbWx1YwAAAAAAAAAB' +
      'AAAADGVuVVMAAAAIAAAAHABzAFIARwBCbWx1YwAAAAAAAAABAAAADGVuVVMAAAAGAAAAHABDAEMAMAAAWFlaIAAA' +
      'AAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDD8AAAXd///zJgAAB5AAAP2S///7of///aIAAAPcAADAcVhZWiAAAAAA' +
      'AABvoAAAOPIAAAOPWFlaIAAAAAAAAGKWAAC3iQAAGNpYWVogAAAAAAAAJKAAAA+FAAC2xHBhcmEAAAAAAAMAAAAC' +
      'ZmkAAPKnAAANWQAAE9AAAApb',
    'base64',
  ),
);

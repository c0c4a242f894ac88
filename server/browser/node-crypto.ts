import { digestParts } from './wasm-digests.ts';

// Stands for `node:crypto` in pages, with what `kernel/digest.ts` takes from it and nothing else.

/** SHA-256 of bytes, or of the UTF-8 form of a text, as hex. */
export function hash(_algorithm: 'sha256', data: Uint8Array | string, _form: 'hex'): string {
  return digestParts([data]).digest('hex');
}

/** A SHA-256 that is fed part by part; the parts are kept until it is ended. */
export function createHash(_algorithm: 'sha256') {
  const parts: Uint8Array[] = [];
  function digest(): Uint8Array;
  function digest(form: 'hex'): string;
  function digest(form?: 'hex'): Uint8Array | string {
    const done = digestParts(parts);
    return form === 'hex' ? done.digest('hex') : done.digest('binary');
  }
  return {
    update(part: Uint8Array) {
      parts.push(part);
    },
    digest,
  };
}

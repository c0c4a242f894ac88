import canonicalize from 'canonicalize';

/** What canonical JSON can hold. `undefined`, functions, dates and class instances are no part of it. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * The canonical form of a JSON value (RFC 8785): sorted keys, shortest numbers, no white space.
 *
 * @throws {TypeError} for what JSON cannot say without loss: `undefined`, NaN, infinities, lone
 *   surrogates, or an object that is not a plain one. A digest over a silently dropped field would
 *   be a digest over something else.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: JsonValue): string {
  refuseLossy(value, '$');
  return canonicalize(value) as string;
}

function refuseLossy(value: unknown, path: string): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`lone surrogate at ${path}`);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`not a finite number at ${path}`);
    return;
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) refuseLossy(value[i], `${path}[${i}]`);
    return;
  }
  if (typeof value === 'object' && isPlain(value)) {
    for (const [key, item] of Object.entries(value)) {
      refuseLossy(key, `${path} key`);
      refuseLossy(item, `${path}.${key}`);
    }
    return;
  }
  throw new TypeError(`${typeof value} is not JSON at ${path}`);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

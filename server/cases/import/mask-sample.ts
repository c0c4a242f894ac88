const SHOWN = 24;

/**
 * The shape of a value, so that a column can be recognised and nobody in it: letters become `x` and `X`,
 * digits `9`, all other signs stay; of a long value only the beginning and its length are left.
 *
 * `Асан уулу, 0555-12` → `Xxxx xxxx, 9999-99`.
 */
export function maskSample(value: string): string {
  const shape = value
    .replaceAll(/[\p{L}\p{M}]/gu, (letter) => (/\p{Lu}/u.test(letter) ? 'X' : 'x'))
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/\s+/g, ' ');
  return shape.length <= SHOWN ? shape : `${shape.slice(0, SHOWN)}… (${value.length})`;
}

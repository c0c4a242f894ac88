// The package ships no types.
declare module 'hyphen/ru/index.js' {
  /** Puts U+00AD where a word of the text may break. */
  export function hyphenateSync(text: string): string;
}

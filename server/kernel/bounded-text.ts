/**
 * Whether a text takes no more than so many bytes in UTF-8, by which every tool that reads the same
 * file counts it. A text from anybody is asked this before anything is looked for in it.
 */
export function isBoundedText(text: string, mostBytes: number): boolean {
  // No text takes fewer bytes than it has UTF-16 units, so that a long one is not written out.
  return text.length <= mostBytes && new TextEncoder().encode(text).length <= mostBytes;
}

/**
 * The lines of a text that ends with a line feed, each of a length (in UTF-16 units) within bounds; null
 * otherwise. Of a text from anybody nothing is taken apart before it is known not to be millions of
 * empty lines, nor one line of millions of characters.
 */
export function boundedLines(
  text: string,
  { shortest, longest }: { shortest: number; longest: number },
): string[] | null {
  if (!text.endsWith('\n')) return null;
  const lines: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    if (end - start < shortest || end - start > longest) return null;
    lines.push(text.slice(start, end));
    start = end + 1;
  }
  return lines;
}

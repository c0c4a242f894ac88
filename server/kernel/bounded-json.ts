/** Far deeper than any text of a pack goes. */
const DEEPEST = 16;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * Reads JSON that may come from anybody. What is nested without end, or made of millions of nothings,
 * would take a hundred times its own length in memory.
 *
 * @param mostValues - how many values it may hold, those in lists and objects counted.
 * @throws {SyntaxError} for what is no JSON, or more than that.
 */
export function parseBoundedJson(text: string, mostValues: number): unknown {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) values += 1;
    else if (OPENING.includes(code)) {
      depth += 1;
      values += 1;
    } else if (CLOSING.includes(code)) depth -= 1;
    if (depth > DEEPEST || values > mostValues)
      throw new SyntaxError('more than JSON here can hold');
  }
  return JSON.parse(text);
}

/** Where the string ends that begins at a quote; the end of the text when it does not end. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

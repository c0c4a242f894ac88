import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { unprintable } from '../../../server/kernel/printable.ts';

/** What fontconfig says that a style of Noto Serif has. */
function charset(style: string): (code: number) => boolean {
  const ranges = execFileSync('fc-match', ['--format', '%{charset}', `Noto Serif:style=${style}`], {
    encoding: 'utf8',
  })
    .split(' ')
    .map((range) => range.split('-').map((end) => Number.parseInt(end, 16)));
  return (code) => ranges.some(([from, to = from]) => from! <= code && code <= to!);
}

describe('what a letter can print', () => {
  test.each(['Regular', 'Bold', 'Italic'])('is in the font of the machine, %s', (style) => {
    const has = charset(style);
    const lacking: string[] = [];
    for (let code = 0x20; code < 0x2_0000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      // A letter is stored composed, so the composed form is what is printed.
      const printed = character.normalize('NFC');
      if (
        unprintable(character) === null &&
        ![...printed].every((one) => has(one.codePointAt(0)!))
      ) {
        lacking.push(code.toString(16));
      }
    }
    expect(lacking).toEqual([]);
  });

  test.each(['ңөүҢӨҮ «№ 5» — “a” ёЁ', 'á ſ €', 'е\u0301'])('%s', (text) => {
    expect(unprintable(text)).toBeNull();
  });

  test.each([
    ['\u{1f642}', 'U+1F642'],
    ['a\u2192b', 'U+2192'],
    ['\u4f60', 'U+4F60'],
    ['\u0627', 'U+0627'],
  ])('%s is not, and is named', (text, name) => {
    expect(unprintable(text)).toBe(name);
  });
});

import type { Point2 } from './camera.ts';

// A face of 5 × 7 dots, one string a row, as recorders burn into their pictures. Own drawing, so
// that the picture depends on no installed font.
const GLYPHS: Readonly<Record<string, string>> = {
  ' ': '..... ..... ..... ..... ..... ..... .....',
  '/': '....# ...#. ...#. ..#.. .#... .#... #....',
  '-': '..... ..... ..... ##### ..... ..... .....',
  ':': '..... ..#.. ..#.. ..... ..#.. ..#.. .....',
  '.': '..... ..... ..... ..... ..... .##.. .##..',
  '0': '.###. #...# #..## #.#.# ##..# #...# .###.',
  '1': '..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.',
  '2': '.###. #...# ....# ...#. ..#.. .#... #####',
  '3': '.###. #...# ....# ..##. ....# #...# .###.',
  '4': '...#. ..##. .#.#. #..#. ##### ...#. ...#.',
  '5': '##### #.... ####. ....# ....# #...# .###.',
  '6': '.###. #.... #.... ####. #...# #...# .###.',
  '7': '##### ....# ...#. ..#.. ..#.. .#... .#...',
  '8': '.###. #...# #...# .###. #...# #...# .###.',
  '9': '.###. #...# #...# .#### ....# ....# .###.',
  A: '.###. #...# #...# ##### #...# #...# #...#',
  B: '####. #...# #...# ####. #...# #...# ####.',
  E: '##### #.... #.... ####. #.... #.... #####',
  G: '.###. #...# #.... #.### #...# #...# .###.',
  K: '#...# #..#. #.#.. ##... #.#.. #..#. #...#',
  L: '#.... #.... #.... #.... #.... #.... #####',
  M: '#...# ##.## #.#.# #.#.# #...# #...# #...#',
  P: '####. #...# #...# ####. #.... #.... #....',
  S: '.#### #.... #.... .###. ....# ....# ####.',
  Z: '##### ....# ...#. ..#.. .#... #.... #####',
  А: '.###. #...# #...# ##### #...# #...# #...#',
  Б: '##### #.... #.... ####. #...# #...# ####.',
  Г: '##### #.... #.... #.... #.... #.... #....',
  Е: '##### #.... #.... ####. #.... #.... #####',
  З: '.###. #...# ....# ..##. ....# #...# .###.',
  И: '#...# #...# #..## #.#.# ##..# #...# #...#',
  К: '#...# #..#. #.#.. ##... #.#.. #..#. #...#',
  Л: '..### .#..# .#..# .#..# .#..# .#..# #...#',
  М: '#...# ##.## #.#.# #.#.# #...# #...# #...#',
  О: '.###. #...# #...# #...# #...# #...# .###.',
  Р: '####. #...# #...# ####. #.... #.... #....',
  Ц: '#..#. #..#. #..#. #..#. #..#. ##### ....#',
  Я: '.#### #...# #...# .#### ..#.# .#..# #...#',
  Ү: '#...# #...# .#.#. ..#.. ..#.. ..#.. ..#..',
};

const COLUMNS = 6;
const ROWS = 7;

/** Where a text stands: its own plane, from (0, 0) at the top left to (1, 1) at the bottom right. */
export type Placement = (u: number, v: number) => Point2;

/**
 * The dots of a text as polygons, joined along each row, for any plane it is written on.
 *
 * @throws {RangeError} for a letter that the face lacks.
 */
export function letterDots(text: string, place: Placement): Point2[][] {
  const letters = [...text];
  const width = COLUMNS * letters.length - 1;
  const polygons: Point2[][] = [];
  for (const [index, letter] of letters.entries()) {
    const glyph = GLYPHS[letter];
    if (glyph === undefined) throw new RangeError(`no letter ${letter} in the face`);
    for (const [row, dots] of glyph.split(' ').entries()) {
      for (const run of dots.matchAll(/#+/g)) {
        const left = (COLUMNS * index + run.index) / width;
        const right = left + run[0].length / width;
        const [top, bottom] = [row / ROWS, (row + 1) / ROWS];
        polygons.push([
          place(left, top),
          place(right, top),
          place(right, bottom),
          place(left, bottom),
        ]);
      }
    }
  }
  return polygons;
}

/** Width and height of a text whose dots are `dotPx` wide and high. */
export function textSize(text: string, dotPx: number): readonly [width: number, height: number] {
  return [(COLUMNS * [...text].length - 1) * dotPx, ROWS * dotPx];
}

import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPdfTemplates } from '../../../../server/adapters/pdf/pdf-templates.ts';
import { DEFAULT_CODE_LISTS } from '../../../../server/cases/codes/code-lists.ts';
import { unprintable } from '../../../../server/kernel/printable.ts';
import type { LetterTemplates } from '../../../../server/letters/ports.ts';
import { dotArea, hatchArea, type Ring } from '../../../../server/letters/sheets/area-fill.ts';
import { drawMap } from '../../../../server/letters/sheets/draw-chart.ts';
import { layOutMap } from '../../../../server/letters/sheets/oblast-map.ts';
import outlines from '../../../../server/letters/sheets/oblast-outlines.json' with { type: 'json' };

const LANGUAGES = ['ky', 'ru', 'en'] as const;
const title = { ky: 'Учурлар', ru: 'Случаи', en: 'Cases' };
const OBLASTS = DEFAULT_CODE_LISTS.oblast.map(({ code }) => code);

let templates: LetterTemplates;
beforeAll(async () => {
  templates = await loadPdfTemplates(path.resolve('templates'));
});

const rowsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([code, count]) => ({ code, count }));
const layOut = (
  counts: Readonly<Record<string, number>>,
  lang: (typeof LANGUAGES)[number] = 'en',
) => layOutMap({ title, rows: rowsOf(counts) }, { lang, messages: templates.messages[lang] });
/** The areas of a map in the order of the outlines, cities last. */
const areasOf = (view: NonNullable<ReturnType<typeof layOut>>) => {
  const codes = [...outlines.areas, ...outlines.cities].map(({ code }) => code);
  const drawn = [...view.areas.slice(0, outlines.areas.length), ...view.cities];
  return new Map(codes.map((code, i) => [code, drawn[i]!]));
};

/** Whether a point is inside rings, by a ray to the east. */
function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    ring.forEach(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    });
  }
  return inside;
}
const ringsOf = (rings: readonly (readonly number[])[]): Ring[] =>
  rings.map((ring) =>
    Array.from({ length: ring.length / 2 }, (_, i): [number, number] => [
      ring[2 * i]! / 100,
      ring[2 * i + 1]! / 100,
    ]),
  );
const areaAt = (longitude: number, latitude: number) =>
  outlines.areas
    .filter(({ rings }) => isInside(ringsOf(rings), longitude, latitude))
    .map(({ code }) => code);

describe('the outlines', () => {
  test('are of every oblast and city that a case can be of, each once', () => {
    const codes = [...outlines.areas, ...outlines.cities].map(({ code }) => code);
    expect(codes.toSorted()).toEqual(OBLASTS.toSorted());
    for (const { code, name } of [...outlines.areas, ...outlines.cities]) {
      const { label } = DEFAULT_CODE_LISTS.oblast.find((one) => one.code === code)!;
      const words = (text: string) => text.replaceAll(/(?:^г\. )|(?: ш\.$)/g, '');
      for (const lang of LANGUAGES) expect(label[lang]).toContain(words(name[lang]));
    }
  });

  // Coordinates of towns, as any atlas has them.
  test.each([
    ['chuy', 'Sosnovka', 73.93, 42.64],
    ['chuy', 'Kara-Balta', 73.85, 42.81],
    ['chuy', 'Bishkek', 74.59, 42.87],
    ['issyk-kul', 'Karakol', 78.39, 42.49],
    ['issyk-kul', 'Balykchy', 76.19, 42.46],
    ['naryn', 'Naryn', 75.99, 41.43],
    ['naryn', 'At-Bashy', 75.81, 41.17],
    ['talas', 'Talas', 72.24, 42.52],
    ['jalal-abad', 'Toktogul', 72.94, 41.87],
    ['jalal-abad', 'Jalal-Abad', 73.0, 40.93],
    ['osh', 'Osh', 72.8, 40.53],
    ['osh', 'Gulcha', 73.44, 40.31],
    ['osh', 'Uzgen', 73.3, 40.77],
    ['batken', 'Batken', 70.82, 40.06],
    ['batken', 'Sulukta', 69.57, 39.93],
  ])('of %s has %s in it', (code, _town, longitude, latitude) => {
    expect(areaAt(longitude, latitude)).toEqual([code]);
  });

  test.each([
    ['Tashkent', 69.24, 41.3],
    ['Almaty', 76.93, 43.25],
    ['Andijan', 72.34, 40.78],
    ['Sokh', 71.13, 39.97],
    ['Khujand', 69.63, 40.28],
  ])('have no place of a neighbour in them: %s', (_town, longitude, latitude) => {
    expect(areaAt(longitude, latitude)).toEqual([]);
  });

  test('property: no place is in two oblasts', () => {
    const anywhere = fc.tuple(
      fc.integer({ min: 69_250, max: 80_250 }),
      fc.integer({ min: 39_180, max: 43_280 }),
    );
    fc.assert(
      fc.property(anywhere, ([longitude, latitude]) => {
        // Off the hundredths that corners lie on.
        expect(areaAt(longitude / 1000 + 0.0003, latitude / 1000 + 0.0003).length).toBeLessThan(2);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a map', () => {
  test('has every count in words, and an area without a row as such, never as none', () => {
    for (const lang of LANGUAGES) {
      const view = layOut({ bishkek: 41, chuy: 12, naryn: 11, other: 29 }, lang)!;
      const texts = view.texts.map(({ text }) => text);
      for (const count of ['12', '11']) expect(texts).toContain(count);
      expect(texts.filter((text) => text.endsWith(': 41'))).toHaveLength(1);
      expect(texts.filter((text) => /\b29\b/.test(text))).toHaveLength(1);
      expect(texts.filter((text) => /\b0\b/.test(text))).toEqual([]);
      for (const [code, { hatch, dots }] of areasOf(view)) {
        const hasRow = ['bishkek', 'chuy', 'naryn'].includes(code);
        expect([hatch !== '', dots !== '']).toEqual([hasRow, !hasRow]);
      }
      // The legend says what dots mean.
      expect(view.areas.at(-1)).toMatchObject({ hatch: '', dots: expect.stringMatching(/^M/) });
    }
  });

  test('says nothing of dots where every area has its count', () => {
    const view = layOut(Object.fromEntries(OBLASTS.map((code, i) => [code, 11 + i])))!;
    expect([...view.areas, ...view.cities].every(({ dots }) => dots === '')).toBe(true);
    expect(view.texts.some(({ text }) => /too few/.test(text))).toBe(false);
  });

  test('is hatched the denser the larger the count', () => {
    const view = layOut({ bishkek: 400, 'osh-city': 250, chuy: 150, talas: 20 })!;
    const boxes = view.areas.slice(outlines.areas.length, -1);
    const lines = boxes.map(({ hatch }) => hatch.match(/M/g)!.length);
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(new Set(lines).size).toBe(4);
  });

  test.each([
    [
      'a code that has no outline',
      [
        { code: 'bishkek', count: 20 },
        { code: 'own-oblast', count: 20 },
      ],
    ],
    ['a row without a code', [{ code: 'bishkek', count: 20 }, { count: 20 }]],
    [
      'a code twice',
      [
        { code: 'bishkek', count: 20 },
        { code: 'bishkek', count: 30 },
      ],
    ],
    ['nothing but what is counted together', [{ code: 'other', count: 20 }]],
  ])('is not drawn of %s', (_what, rows) => {
    expect(drawMap(templates, { title, rows }, 'en')).toBeNull();
  });

  test('property: it lies inside its frame, prints in every language, and is the same each time', () => {
    const counts = fc
      .dictionary(fc.constantFrom(...OBLASTS, 'other'), fc.integer({ min: 5, max: 99_999 }), {
        minKeys: 1,
      })
      .filter((given) => Object.keys(given).some((code) => code !== 'other'));
    fc.assert(
      fc.property(counts, fc.constantFrom(...LANGUAGES), (given, lang) => {
        const view = layOut(given, lang)!;
        expect(layOut(given, lang)).toEqual(view);
        for (const { outline, hatch, dots } of [...view.areas, ...view.cities]) {
          for (const [, x, y] of `${outline}${hatch}${dots}`.matchAll(
            /[ML](-?[\d.]+),(-?[\d.]+)/g,
          )) {
            expect(Number(x)).toBeGreaterThanOrEqual(0);
            expect(Number(x)).toBeLessThanOrEqual(view.width);
            expect(Number(y)).toBeGreaterThanOrEqual(0);
            expect(Number(y)).toBeLessThanOrEqual(view.height);
          }
        }
        for (const { text, y } of view.texts) {
          expect(unprintable(text)).toBeNull();
          expect(y).toBeLessThan(view.height);
        }
        for (const { x, y, width, height } of view.plates) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(view.width);
          expect(y + height).toBeLessThanOrEqual(view.height);
        }
      }),
      { numRuns: 8 },
    );
  });
});

test('lines and dots stay inside an outline, and out of its hole', () => {
  const square = (from: number, to: number): Ring => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ];
  const rings = [square(3, 203), square(53, 153)];
  const hatch = hatchArea(rings, { step: 20, directions: ['rising', 'falling'] });
  const segments = [...hatch.matchAll(/M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)/g)].map((found) =>
    found.slice(1).map(Number),
  );
  expect(segments.length).toBeGreaterThan(20);
  for (const [ax, ay, bx, by] of segments) {
    expect(isInside(rings, (ax! + bx!) / 2, (ay! + by!) / 2)).toBe(true);
  }
  const dots = [...dotArea(rings, 10).matchAll(/M([\d.]+),([\d.]+)h0/g)];
  // 20 × 20 less 10 × 10.
  expect(dots).toHaveLength(300);
  for (const [, x, y] of dots) expect(isInside(rings, Number(x), Number(y))).toBe(true);
});

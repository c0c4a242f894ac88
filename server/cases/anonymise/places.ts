import { nameKey, nameKeys } from './name-key.ts';
import shipped from './places.json' with { type: 'json' };
import { remember } from './remember.ts';

/** A part of the country that a place is told by: as fine as places may leave. */
export type Region = keyof typeof shipped.settlements;

/** What is known of a word as a place. */
export interface PlaceKnowledge {
  /** Region of a settlement; `null` for streets, districts and landmarks. */
  regionOf(lower: string): Region | null;
  isPlace(lower: string): boolean;
  isSettlement(lower: string): boolean;
  /** Whether it is a word of a place's name of several words. */
  isPart(lower: string): boolean;
  /** Whether it names a street, as an everyday word may: «Горького». */
  isStreet(lower: string): boolean;
  /** Whether it is an adjective of a district of a city: «Свердловского». */
  isDistrict(lower: string): boolean;
  /** Whether it is also an everyday word. */
  isEveryday(lower: string): boolean;
}

/** Creates what is known of places of Kyrgyzstan, in any case and alphabet. */
export function createPlaces(): PlaceKnowledge {
  /** `null`: two regions have places that sound alike (Каракол, Кара-Көл). */
  const regions = new Map<string, Region | null>();
  const all = new Set<string>();
  const parts = new Set<string>();
  const everyday = new Set(
    shipped.everyday.split(' ').map((name) => nameKeyOf(name.replaceAll('-', ''))),
  );
  const keysOf = (name: string) => name.toLowerCase().split('-');
  const add = (name: string, region: Region | null) => {
    const joined = nameKeyOf(keysOf(name).join(''));
    all.add(joined);
    for (const part of keysOf(name)) if (part.length > 2) parts.add(nameKeyOf(part));
    if (region === null) return;
    const known = regions.get(joined);
    regions.set(joined, known === undefined || known === region ? region : null);
  };
  for (const [region, names] of Object.entries(shipped.settlements)) {
    for (const name of names.split(' ')) add(name, region as Region);
  }
  for (const list of [shipped.districts, shipped.landmarks, shipped.streets]) {
    for (const name of list.split(' ')) {
      add(name, null);
    }
  }
  const keysIn = (list: string) =>
    new Set(list.split(' ').map((name) => nameKeyOf(keysOf(name).join(''))));
  const streets = keysIn(shipped.streets);
  const districts = keysIn(shipped.districts);
  const candidates = remember((lower) => {
    const joined = lower.replaceAll('-', '');
    return [...nameKeys(joined), ...adjectives(joined)];
  });
  return {
    regionOf(lower) {
      for (const key of candidates(lower)) {
        const region = regions.get(key);
        if (region !== undefined) return region;
      }
      return null;
    },
    isStreet: (lower) => candidates(lower).some((key) => streets.has(key)),
    isDistrict: (lower) =>
      /ск(?:ий|ого|ому|им|ом)$/u.test(lower) &&
      adjectives(lower.replaceAll('-', '')).some((key) => districts.has(key)),
    isPart: (lower) => candidates(lower).some((key) => parts.has(key)),
    isEveryday: (lower) => candidates(lower).some((key) => everyday.has(key)),
    isSettlement: (lower) => candidates(lower).some((key) => regions.has(key)),
    isPlace: (lower) => candidates(lower).some((key) => all.has(key)),
  };
}

const nameKeyOf = (word: string) => nameKey(word);

/** «Лебединовке» is of «Лебединовка»: the ending was changed, not added. */
function adjectives(word: string): string[] {
  const stem = word.replace(/(?:е|и|у|ой|ы|ю|ом|ого|ому|ым|ая|ую|ий|ый)$/u, '');
  if (stem === word || stem.length < 4) return [];
  return ['а', 'ка', 'ое', 'ий', 'ая', 'ый', 'о'].map((ending) => nameKeyOf(stem + ending));
}

/** How many cases have each value; the sum is the number of cases. */
export type Quota = Readonly<Record<string, number>>;

/** The 668 cases of the sample that concern law enforcement, the four stories among them. */
export const LAW_ENFORCEMENT = {
  population: { pwid: 394, sw: 227, plhiv: 24, lgbt: 23 },
  oblast: {
    bishkek: 301,
    chuy: 118,
    'osh-city': 127,
    osh: 54,
    'jalal-abad': 41,
    'issyk-kul': 18,
    batken: 9,
  },
  readiness: { 'not-prepared': 391, considering: 152, prepared: 98, unknown: 27 },
  /** How many of each primary population happened near an OST site: 212 in all. */
  near: { pwid: 190, sw: 8, plhiv: 12, lgbt: 2 },
  placeNear: { 'ost-site': 176, street: 14, vehicle: 16, 'police-station': 6 },
  placeElsewhere: { street: 207, vehicle: 76, 'police-station': 112, home: 37, other: 24 },
} as const satisfies Record<string, Quota>;

/** The other 632 cases of the sample. */
export const OTHER_CASES = {
  population: { plhiv: 236, pwid: 158, sw: 121, lgbt: 79, tb: 21, released: 17 },
  perpetrator: {
    'health-worker': 263,
    'private-person': 118,
    family: 71,
    employer: 66,
    'state-body': 54,
    'social-service': 37,
    education: 14,
    unknown: 9,
  },
  oblast: {
    bishkek: 266,
    chuy: 101,
    'osh-city': 109,
    osh: 63,
    'jalal-abad': 52,
    'issyk-kul': 24,
    batken: 11,
    talas: 6,
  },
  readiness: { 'not-prepared': 168, considering: 187, prepared: 254, unknown: 23 },
} as const satisfies Record<string, Quota>;

/** All 1,300 cases by month, from January 2020 to December 2021. */
export const BY_MONTH: Quota = Object.fromEntries(
  [
    [14, 18, 32, 30, 38, 44, 48, 52, 55, 57, 58, 57],
    [58, 61, 64, 63, 62, 65, 70, 71, 72, 70, 71, 70],
  ].flatMap((counts, year) =>
    counts.map((count, i) => [`${2020 + year}-${String(i + 1).padStart(2, '0')}`, count]),
  ),
);

/** Every value as often as it is due, as a flat list, less the ones already used. */
export function spread(quota: Quota, used: readonly string[] = []): string[] {
  return Object.entries(quota).flatMap(([code, count]) => {
    const left = count - used.filter((one) => one === code).length;
    return Array.from({ length: left }, () => code);
  });
}

/** What typically happens, each as often as it is to be likely. */
export const TYPICAL_ACTS = {
  near: [
    'unlawful-stop',
    'unlawful-stop',
    'unlawful-stop',
    'denial-of-ost',
    'vehicle-confinement',
    'vehicle-confinement',
    'coerced-informing',
    'coerced-informing',
    'threat',
    'search-without-witnesses',
    'humiliation',
  ],
  elsewhere: [
    'unlawful-detention',
    'unlawful-detention',
    'unlawful-stop',
    'extortion',
    'extortion',
    'threat',
    'threat',
    'humiliation',
    'beating',
    'search-without-witnesses',
    'planting-threat',
    'coerced-informing',
    'complaint-refused',
  ],
  other: [
    'denial-of-service',
    'denial-of-service',
    'discrimination',
    'discrimination',
    'status-disclosure',
    'humiliation',
    'threat',
    'other',
  ],
} as const;

/** Police services, each as often as it is to be likely. */
export const TYPICAL_POLICE = [
  'police-district',
  'police-district',
  'police-district',
  'police-patrol',
  'police-patrol',
  'police-criminal',
  'police-criminal',
  'police-plainclothes',
  'police-unspecified',
] as const;

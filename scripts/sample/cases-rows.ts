import { DEFAULT_CODE_LISTS, labelOf } from '../../server/cases/codes/code-lists.ts';
import {
  BY_MONTH,
  LAW_ENFORCEMENT,
  OTHER_CASES,
  type Quota,
  spread,
  TYPICAL_ACTS,
  TYPICAL_POLICE,
} from './cases-quotas.ts';
import { SAMPLE_MARK, SAMPLE_STORIES, type SampleStory } from './cases-stories.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One row of the sample, by column of the import template. */
export type SampleRow = Readonly<Record<string, string>>;

/** The stories name no town; the sample puts them where most of its cases are. */
const STORY_OBLAST = 'bishkek';
const PLACES_OF_OTHERS = ['health-facility', 'health-facility', 'public-office', 'home', 'work'];
const RESPONSES = ['consultation', 'consultation', 'rights-information', 'referral', 'none'];
const DURATIONS = ['20', '30', '40', '60', '90', '120', '150', '180', '240', '300'];

/** The 668 rows about law enforcement: the four stories first. */
export function lawEnforcementRows(random: SeededRandom): SampleRow[] {
  const stories = SAMPLE_STORIES;
  const same = (value: string) => stories.map(() => value);
  const populations = spread(LAW_ENFORCEMENT.population, same('pwid'));
  const oblasts = random.shuffled(spread(LAW_ENFORCEMENT.oblast, same(STORY_OBLAST)));
  const readiness = random.shuffled(
    spread(
      LAW_ENFORCEMENT.readiness,
      stories.map((story) => story.readiness),
    ),
  );
  const told = stories.map((story) => story.place);
  const placesNear = random.shuffled(spread(LAW_ENFORCEMENT.placeNear, told));
  const placesElsewhere = random.shuffled(spread(LAW_ENFORCEMENT.placeElsewhere));
  const nearLeft: Record<string, number> = { ...LAW_ENFORCEMENT.near };
  nearLeft.pwid! -= stories.length;

  const rows = random.shuffled(populations.map((_, i) => i)).map((i) => {
    const population = populations[i]!;
    const near = nearLeft[population]! > 0;
    if (near) nearLeft[population]!--;
    const oblast = oblasts[i]!;
    return {
      oblast,
      site: near ? siteOf(oblast, random) : '',
      near_ost_site: near ? 'yes' : random.below(8) === 0 ? 'unknown' : 'no',
      primary_population: population,
      populations: severalPopulations(population, random),
      perpetrators: several(TYPICAL_POLICE, 1 + (random.below(6) === 0 ? 1 : 0), random),
      acts: several(near ? TYPICAL_ACTS.near : TYPICAL_ACTS.elsewhere, 1 + random.below(4), random),
      place: (near ? placesNear : placesElsewhere).pop()!,
      duration_minutes: random.below(9) < 4 ? '' : random.pick(DURATIONS),
      response: random.pick(RESPONSES),
      readiness: readiness[i]!,
    };
  });
  return [...stories.map((story) => storyRow(story, random)), ...rows];
}

function storyRow(story: SampleStory, random: SeededRandom): SampleRow {
  return {
    happened_on: story.month,
    oblast: STORY_OBLAST,
    site: siteOf(STORY_OBLAST, random),
    near_ost_site: 'yes',
    primary_population: 'pwid',
    populations: 'pwid',
    perpetrators: story.perpetrators.join('|'),
    acts: story.acts.join('|'),
    place: story.place,
    duration_minutes: story.durationMinutes === null ? '' : String(story.durationMinutes),
    response: story.response,
    readiness: story.readiness,
    consent_narrative: 'C2',
    consent_narrative_recipient: 'ministry',
    consent_narrative_purpose: 'complaint',
    narrative_ky: `${SAMPLE_MARK.ky} ${story.text.ky}`,
    narrative_ru: `${SAMPLE_MARK.ru} ${story.text.ru}`,
    narrative_en: `${SAMPLE_MARK.en} ${story.text.en}`,
  };
}

/** The 632 rows about others. */
export function otherRows(random: SeededRandom): SampleRow[] {
  const column = (quota: Quota) => random.shuffled(spread(quota));
  const populations = column(OTHER_CASES.population);
  const perpetrators = column(OTHER_CASES.perpetrator);
  const oblasts = column(OTHER_CASES.oblast);
  const readiness = column(OTHER_CASES.readiness);
  return populations.map((population, i) => {
    const oblast = oblasts[i]!;
    const atSite = perpetrators[i] === 'health-worker' && random.below(9) === 0;
    return {
      oblast,
      site: atSite ? siteOf(oblast, random) : '',
      near_ost_site: atSite ? 'yes' : 'no',
      primary_population: population,
      populations: severalPopulations(population, random),
      perpetrators: perpetrators[i]!,
      acts: several(TYPICAL_ACTS.other, 1 + random.below(2), random),
      place: atSite ? 'ost-site' : random.pick(PLACES_OF_OTHERS),
      duration_minutes: '',
      response: random.pick(RESPONSES),
      readiness: readiness[i]!,
    };
  });
}

/** Gives months, districts, consents, codes and the marked text to all rows, in order of time. */
export function completeRows(rows: readonly SampleRow[], random: SeededRandom): SampleRow[] {
  const told = rows.map((row) => row.happened_on ?? '').filter((month) => month !== '');
  const months = random.shuffled(spread(BY_MONTH, told));
  return rows
    .map((row) => {
      const month = row.happened_on ?? months.pop()!;
      const day = String(1 + random.below(28)).padStart(2, '0');
      const dayKnown = row.happened_on === undefined && random.below(5) < 3;
      return {
        consent_narrative: 'C1',
        ...row,
        happened_on: dayKnown ? `${month}-${day}` : month,
        district: districtOf(row.oblast!, random),
        consent_narrative_language: random.pick(['ky', 'ru', 'ru']),
        consent_narrative_taken_by: random.pick([
          'street-lawyer',
          'street-lawyer',
          'social-worker',
        ]),
        consent_narrative_taken_on: `${monthAfter(month)}-${String(1 + random.below(28)).padStart(2, '0')}`,
        ...(row.narrative_ru === undefined && codedText(row, random)),
      };
    })
    .sort((a, b) => (a.happened_on < b.happened_on ? -1 : a.happened_on > b.happened_on ? 1 : 0))
    .map((row, i) => ({ ...row, registry_code: `SAMPLE-${String(i + 1).padStart(4, '0')}` }));
}

/** A text made of the coded values alone: it tells nothing that the columns do not. */
function codedText(row: SampleRow, random: SeededRandom): SampleRow {
  const language = random.pick(['ky', 'ru'] as const);
  const words = (list: 'act' | 'place', codes: string) =>
    codes
      .split('|')
      .map((code) => labelOf(DEFAULT_CODE_LISTS, list, code)[language])
      .join('. ');
  const text = `${SAMPLE_MARK[language]} ${words('act', row.acts!)}. ${words('place', row.place!)}.`;
  return { [`narrative_${language}`]: text };
}

function several(from: readonly string[], count: number, random: SeededRandom): string {
  return [...new Set(random.shuffled(from))].slice(0, count).join('|');
}

/** Some people belong to more than one group; the case is counted under the first. */
function severalPopulations(primary: string, random: SeededRandom): string {
  const second = primary === 'plhiv' ? 'pwid' : 'plhiv';
  return random.below(7) === 0 ? `${primary}|${second}` : primary;
}

function siteOf(oblast: string, random: SeededRandom): string {
  return `${oblast}-ost-${1 + random.below(oblast === 'bishkek' ? 4 : 2)}`;
}

function districtOf(oblast: string, random: SeededRandom): string {
  return random.pick(DEFAULT_CODE_LISTS.district.filter((one) => one.oblast === oblast)).code;
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return number === 12 ? `${year! + 1}-01` : `${year}-${String(number! + 1).padStart(2, '0')}`;
}

import { writeFile } from 'node:fs/promises';
import { PRESENCE_COLUMNS } from '../../server/footage/presence/presence-import.ts';
import type { PRESENCE_SOURCES, PresenceKind } from '../../server/footage/presence/presence-log.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

// November 2021: none of the published stories happened in that month. Local time, UTC+6.
const MONTH = '2021-11';
const DAYS = 30;
/** The day of the sample clip: recorded, and left for its viewer to review. */
const CLIP_DAY = 15;
const REVIEWED_DAYS = 22;
const PRESENT_DAYS = 18;
/** The site dispenses in the morning; that is when the camera's owner kept the recording. */
const OPENS = 7 * 60;
const CLOSES = 11 * 60;

const KIND_OF_TEN: readonly PresenceKind[] = [
  ...Array<PresenceKind>(6).fill('marked-car'),
  ...Array<PresenceKind>(2).fill('unmarked-car'),
  ...Array<PresenceKind>(2).fill('van'),
];
const SOURCES: Record<PresenceKind, ReadonlyArray<(typeof PRESENCE_SOURCES)[number]>> = {
  'marked-car': ['livery', 'light-bar'],
  'unmarked-car': ['plate', 'uniforms'],
  van: ['livery', 'uniforms'],
  'officers-on-foot': ['uniforms'],
};

/**
 * Writes the sample's presence log as a CSV file of the presence template: 30 recorded mornings, 22
 * of them reviewed, police present on 18 of these. The same seed gives the same bytes.
 */
export async function writeSamplePresence(wanted: {
  path: string;
  seed: string;
}): Promise<{ rowCount: number }> {
  const random = createSeededRandom(`presence/${wanted.seed}`);
  const others = Array.from({ length: DAYS }, (_, i) => i + 1).filter((day) => day !== CLIP_DAY);
  const reviewed = random.shuffled(others).slice(0, REVIEWED_DAYS);
  const present = new Set(reviewed.slice(0, PRESENT_DAYS));
  const rows: string[][] = [];
  for (let day = 1; day <= DAYS; day++) {
    const date = `${MONTH}-${String(day).padStart(2, '0')}`;
    const seen = reviewed.includes(day);
    rows.push([date, clock(OPENS), clock(CLOSES), '', '', '', seen ? 'yes' : 'no']);
    if (present.has(day)) rows.push(...staysOf(date, random));
  }
  const lines = [PRESENCE_COLUMNS, ...rows].map((cells) => `${cells.join(',')}\n`);
  await writeFile(wanted.path, lines.join(''));
  return { rowCount: rows.length };
}

/** One to three stays of a morning, one after the other. */
function staysOf(date: string, random: SeededRandom): string[][] {
  const rows: string[][] = [];
  let from = OPENS + 5 + random.below(60);
  for (let stay = 1 + random.below(3); stay > 0; stay--) {
    const to = from + 6 + random.below(50);
    if (to >= CLOSES) break;
    const kind = random.pick(KIND_OF_TEN);
    const certainty = kind === 'unmarked-car' ? 'probable' : 'certain';
    rows.push([date, clock(from), clock(to), kind, random.pick(SOURCES[kind]), certainty, 'yes']);
    from = to + 10 + random.below(40);
  }
  return rows;
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

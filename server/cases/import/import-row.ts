import { SITE_CODE } from '../../kernel/site-code.ts';
import { CASE_SCHEMA, type CaseRecord, NARRATIVE_LIMIT } from '../case.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { isDate, readDay } from '../dates.ts';
import { importConsent } from './import-consent.ts';
import type { RowCells } from './row-cells.ts';

const EARLIEST = '2000-01';
const LONGEST_MINUTES = 129_600;

/** A row that was read: the case, unless the row has problems. */
export interface ImportedRow {
  readonly record: CaseRecord | null;
  /** Empty where the cell is. */
  readonly registryCode: string;
  readonly loweredToC0: boolean;
}

/** Reads one row into a case. `today` is a day in Bishkek; `id` becomes the case's. */
export function importRow(
  cells: RowCells,
  given: { id: string; today: string; lists: CodeLists },
): ImportedRow {
  const { id, today, lists } = given;
  const registryCode = readRegistryCode(cells);
  const happened = readHappened(cells, today);
  const oblast = cells.code('oblast');
  const district = cells.code('district');
  if (oblast !== null && district !== null) {
    const home = lists.district.find((one) => one.code === district)?.oblast;
    if (home !== oblast) {
      cells.refuse('district', 'contradiction', `district lies in ${home}, not in ${oblast}.`);
    }
  }
  const site = readSite(cells);
  const nearOstSite = cells.code('near_ost_site') ?? (site === null ? 'unknown' : 'yes');
  if (site !== null && nearOstSite !== 'yes') {
    cells.refuse(
      'near_ost_site',
      'contradiction',
      'site names a site, but near_ost_site does not say yes. Make them agree.',
    );
  }
  const primaryPopulation = cells.code('primary_population');
  const populations = [primaryPopulation, ...cells.codes('populations')].filter(
    (code) => code !== null,
  );
  const narrative = importConsent(cells, 'narrative', today);
  const media = importConsent(cells, 'media', today);
  const record = {
    id,
    registryCode,
    month: happened.slice(0, 7),
    date: isDate(happened) ? happened : null,
    oblast,
    district,
    site,
    nearOstSite,
    primaryPopulation,
    populations: [...new Set(populations)],
    perpetrators: cells.codes('perpetrators'),
    acts: cells.codes('acts'),
    place: cells.code('place') ?? 'unknown',
    durationMinutes: readDuration(cells),
    response: cells.code('response'),
    services: cells.codes('services'),
    ageGroup: cells.code('age_group'),
    gender: cells.code('gender'),
    readiness: cells.code('readiness') ?? 'unknown',
    narrative: readNarrative(cells),
    consent: { narrative: narrative.consent, media: media.consent },
  };
  const loweredToC0 = narrative.loweredToC0 || media.loweredToC0;
  if (cells.problemCount > 0) return { record: null, registryCode, loweredToC0 };
  return { record: CASE_SCHEMA.parse(record), registryCode, loweredToC0 };
}

function readRegistryCode(cells: RowCells): string {
  const code = cells.text('registry_code');
  if (code !== '' && !/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._/ #№-]{0,63}$/u.test(code)) {
    cells.refuse(
      'registry_code',
      'malformed-value',
      'registry_code must be at most 64 letters, digits, spaces or the signs . _ / - # №.',
    );
  }
  return code;
}

function readHappened(cells: RowCells, today: string): string {
  const text = cells.text('happened_on');
  if (text === '') return '';
  const read = readDay(text);
  if (read === null) {
    const how = 'written 2021-02 or 2021-02-14; set the column to text in the spreadsheet';
    cells.refuse('happened_on', 'malformed-value', `happened_on must be a month or a day, ${how}.`);
    return '';
  }
  if (read.slice(0, 7) < EARLIEST || read > today.slice(0, read.length)) {
    cells.refuse(
      'happened_on',
      'malformed-value',
      `happened_on must lie between ${EARLIEST} and today.`,
    );
  }
  return read;
}

function readSite(cells: RowCells): string | null {
  const site = cells.text('site').toLowerCase();
  if (site === '') return null;
  if (SITE_CODE.test(site)) return site;
  const message = 'site must be a site code: at most 32 Latin letters, digits and hyphens.';
  cells.refuse('site', 'malformed-value', message);
  return null;
}

function readDuration(cells: RowCells): number | null {
  const text = cells.text('duration_minutes');
  if (text === '') return null;
  const minutes = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (minutes <= LONGEST_MINUTES) return minutes;
  const limit = LONGEST_MINUTES.toLocaleString('en');
  const message = `duration_minutes must be a whole number of minutes from 0 to ${limit}.`;
  cells.refuse('duration_minutes', 'malformed-value', message);
  return null;
}

function readNarrative(cells: RowCells): CaseRecord['narrative'] {
  const told: { ky?: string; ru?: string; en?: string } = {};
  for (const language of ['ky', 'ru', 'en'] as const) {
    const text = cells.text(`narrative_${language}`, NARRATIVE_LIMIT);
    if (text !== '') told[language] = text;
  }
  return told;
}

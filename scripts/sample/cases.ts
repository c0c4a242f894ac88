import { writeFile } from 'node:fs/promises';
import type { CaseRecord } from '../../server/cases/case.ts';
import { csvCell } from '../../server/cases/figures/statistic-table.ts';
import { IMPORT_COLUMNS } from '../../server/cases/import/import-columns.ts';
import { type Decision, keepWords } from '../../server/cases/review/narrative-review.ts';
import { completeRows, lawEnforcementRows, otherRows } from './cases-rows.ts';
import { SAMPLE_STORIES } from './cases-stories.ts';
import { createSeededRandom } from './seeded-random.ts';

/**
 * Writes the sample's 1,300 cases of 2020–21 as a CSV file of the import template (UTF-8). The same
 * seed gives the same bytes. Its figures are those that were published; the rest is drawn, and
 * every narrative is marked as a sample.
 */
export async function writeSampleCases(wanted: {
  path: string;
  seed: string;
}): Promise<{ rowCount: number }> {
  const random = createSeededRandom(`cases/${wanted.seed}`);
  const rows = completeRows([...lawEnforcementRows(random), ...otherRows(random)], random);
  const names = IMPORT_COLUMNS.map((column) => column.name);
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  await writeFile(wanted.path, lines.map((cells) => `${cells.map(csvCell).join(',')}\n`).join(''));
  return { rowCount: rows.length };
}

/** The decisions to keep the stories' changed names, as the lawyer who changed them would take. */
export function keepSamplePseudonyms(
  narrative: CaseRecord['narrative'],
  decidedAt: string,
): Decision[] {
  return keepWords(narrative, {
    words: SAMPLE_STORIES.flatMap((story) => Object.values(story.pseudonym)),
    reason: 'a changed name, given before the story was published',
    byRole: 'lawyer',
    decidedAt,
  });
}

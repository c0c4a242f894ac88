import { PRESENCE_COLUMNS } from './presence-import.ts';
import type { PresenceProposal } from './presence-proposal.ts';
import type { TimeSpan } from './presence-spans.ts';
import { cutByDay, dateOf, localTimeOf, spanOf } from './presence-time.ts';

/** Stands where a person must say something; no import takes it. */
const TO_BE_JUDGED = '?';

/**
 * A presence table for a person to finish: the window of the recording, not reviewed, and a row for each
 * stay that was proposed, whose kind, source and certainty nobody has judged. It cannot be imported as it
 * is: whoever watched the recording says so, fills in what the vehicles were, and deletes what were none.
 *
 * @param recorded - from the first frame to the end of the last, in local time.
 * @returns CSV in UTF-8, of the columns that the import of presence tables reads.
 */
export function draftPresenceTable(
  recorded: { readonly from: string; readonly to: string },
  proposals: readonly PresenceProposal[],
): string {
  const rows = [
    ...rowsOf(spanOf(recorded.from, recorded.to), ['', '', '', 'no']),
    ...proposals.flatMap(({ start, end }) =>
      rowsOf(spanOf(start, end), [TO_BE_JUDGED, TO_BE_JUDGED, TO_BE_JUDGED, 'yes']),
    ),
  ];
  return [PRESENCE_COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** A span as rows, one a day; the end of a day is 24:00:00. */
function rowsOf(span: TimeSpan, rest: readonly string[]): string[][] {
  return cutByDay([span]).map(({ date, from, to }) => {
    const end = dateOf(to) === date ? localTimeOf(to).slice(11) : '24:00:00';
    return [date, localTimeOf(from).slice(11), end, ...rest];
  });
}

import type { Report } from './report.ts';

const VERDICTS = {
  valid: 'VALID: everything fits, and the origin is confirmed by what you brought.',
  consistent:
    'CONSISTENT: everything fits, but the key came with the pack, so its origin is NOT confirmed.',
  invalid: 'INVALID: something does not fit. Do not rely on this pack.',
} as const;

/** Lines of files, and of findings, that are shown; the rest is counted. */
const LINES_SHOWN = 50;

/** The report as text for people, ending with a line feed. */
export function presentReport(report: Report): string {
  const { verdict, steps, files, findings, notProved } = report;
  const odd = files.filter(({ status }) => status !== 'OK');
  const facts: Array<[string, string | null]> = [
    ['Pack', report.pack],
    ['Sealed at', report.sealedAt],
    ['Replaces', report.supersedes],
    ['Statement', report.statementSha256],
    ['Key', report.signerSha256],
  ];
  return [
    VERDICTS[verdict],
    ...(report.sample ? ['ҮЛГҮ / ОБРАЗЕЦ / SAMPLE: made of invented material.'] : []),
    '',
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(10)} ${value}`])),
    '',
    ...steps.map(({ result, title }) => `${result.padEnd(11)}  ${title}`),
    '',
    `Files: ${files.length - odd.length} OK of ${files.length}`,
    ...limited(odd.map(({ path, status }) => `${status.padEnd(11)}  ${printable(path)}`)),
    ...(findings.length === 0 ? [] : ['', 'What does not fit:']),
    ...limited(
      findings.map(
        ({ path, message }) => `- ${path === null ? '' : `${printable(path)}: `}${message}`,
      ),
    ),
    '',
    'What no check of a pack can prove:',
    ...notProved.map((sentence) => `- ${sentence}`),
    '',
  ].join('\n');
}

function limited(lines: readonly string[]): string[] {
  const more = lines.length - LINES_SHOWN;
  return more > 0 ? [...lines.slice(0, LINES_SHOWN), `and ${more} more`] : [...lines];
}

/** A name from a hostile archive must not steer a terminal. */
function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '?');
}

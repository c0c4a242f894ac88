import type { ChainLink, JudgedOpening, Report, SupersededChain } from './report.ts';

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
    ...(report.certificate === null ? [] : [certificateLine(report.certificate)]),
    ...report.timestamps.map(timestampLine),
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
    ...report.openings.flatMap((opening) => ['', ...openingLines(opening, report)]),
    '',
    'What no check of a pack can prove:',
    ...notProved.map((sentence) => `- ${sentence}`),
    '',
  ].join('\n');
}

/** What a pack replaces as text for people, ending with a line feed. */
export function presentChain({ links, missing, foreign }: SupersededChain): string {
  return [
    'What it replaces, the latest first:',
    ...links.map((link) => `- ${link.pack}, sealed at ${link.sealedAt}: ${linkText(link)}`),
    ...(missing === null
      ? ['- nothing before that: the first of the chain is reached']
      : [`- the pack with the statement ${missing}, which is NOT at hand: NOT CHECKED`]),
    ...foreign.map((statement) => `It does NOT replace the pack with the statement ${statement}.`),
    '',
  ].join('\n');
}

/** Of an earlier pack the statement is known, whatever its key: what replaces it names its digest. */
const LINK_VERDICTS = {
  valid: 'VALID',
  consistent: 'everything fits the statement that is named',
  invalid: 'INVALID',
} as const;

function linkText({ verdict, inOrder }: ChainLink): string {
  const judged = verdict === null ? 'only its statement is at hand' : LINK_VERDICTS[verdict];
  return inOrder ? judged : `${judged}; it says that it was sealed LATER than what replaces it`;
}

const OPENING_CLASSES = {
  'original-media': 'an original recording',
  'source-case': 'a case as it is kept',
  exhibit: 'an exhibit of the pack',
} as const;

/** Whose pack it was that committed to something is for the origin to say, and must be said with it. */
const COMMITTED_BY = {
  PASS: '',
  FAIL: ' This is NOT a pack of the key or digest that you brought.',
  'NOT CHECKED': ' Whose pack it is, is NOT confirmed.',
} as const;

function openingLines(
  { class: kind, sha256, bytes, result, copies, leaf }: JudgedOpening,
  { steps }: Pick<Report, 'steps'>,
) {
  const origin = steps.find(({ id }) => id === 'origin')!.result;
  const item = `${OPENING_CLASSES[kind]} of ${bytes} bytes with the SHA-256 ${sha256}`;
  if (result === 'NOT CHECKED') {
    return [`Opening: ${item}: NOT CHECKED, for the commitments are not the signed ones.`];
  }
  if (result === 'NOT COMMITTED') {
    return [`Opening: ${item}: NOT COMMITTED. This pack was never bound to it.`];
  }
  return [
    `Opening: ${item}: COMMITTED. The pack was bound to it when it was sealed (leaf ${leaf}).${COMMITTED_BY[origin]}`,
    ...copies.map((path) => `- ${printable(path)} was made from it, its receipt says.`),
    '- Compare this digest with the one that sha256sum prints for the item itself.',
  ];
}

/** A stamp says no more than that the pack existed by then. */
function timestampLine({ path, at, beside, result }: Report['timestamps'][number]): string {
  const name = printable(path);
  if (beside && result === 'FAIL') {
    return `Beside the pack ${name}: FAIL. It is no time stamp of this pack by an authority that you trust, and says nothing against the pack.`;
  }
  return `Time stamp: existed by ${at}, says ${name}: ${result}`;
}

/** Names may be in any script, but must not steer the terminal either. */
function certificateLine({ subject, issuer }: NonNullable<Report['certificate']>): string {
  return `Certificate ${subject} by ${issuer}`.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

function limited(lines: readonly string[]): string[] {
  const more = lines.length - LINES_SHOWN;
  return more > 0 ? [...lines.slice(0, LINES_SHOWN), `and ${more} more`] : [...lines];
}

/** A name from a hostile archive must not steer a terminal. */
function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '?');
}

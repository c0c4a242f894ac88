import { FINDINGS, type Finding } from './findings.ts';
import type { ChainLink, JudgedOpening, Report, SupersededChain } from './report.ts';
import { unprovedId } from './verdict.ts';

/** The words of a report in one language, by key; `{name}` in them stands for a value. */
export type ReportText = (
  key: string,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Lines of files, and of findings, that are shown; the rest is counted. */
const LINES_SHOWN = 50;
const STATUS_WIDTH = 11;

/** The report as text for people, ending with a line feed. */
export function presentReport(report: Report, text: ReportText): string {
  const { verdict, steps, files, findings, notProved } = report;
  const odd = files.filter(({ status }) => status !== 'OK');
  const names = ['pack', 'sealedAt', 'supersedes', 'statementSha256', 'signerSha256'] as const;
  const width = Math.max(...steps.map(({ result }) => text(`result.${result}`).length));
  return [
    `${text(`verdict.${verdict}`)}: ${text(`meaning.${verdict}`)}`,
    ...(report.sample ? [`ҮЛГҮ / ОБРАЗЕЦ / SAMPLE: ${text('report.madeUp')}.`] : []),
    '',
    ...names.flatMap((name) =>
      report[name] === null ? [] : [`${text(`facts.${name}`)}: ${report[name]}`],
    ),
    ...(report.certificate === null ? [] : [certificateLine(report.certificate, text)]),
    ...report.timestamps.map((stamp) => timestampLine(stamp, text)),
    '',
    ...steps.map(
      ({ result, id }) => `${text(`result.${result}`).padEnd(width)}  ${text(`step.${id}`)}`,
    ),
    '',
    text('files', { ok: files.length - odd.length, total: files.length }),
    ...limited(
      odd.map(({ path, status }) => {
        const word = text(`status.${status}`).toUpperCase();
        return `${word.padEnd(STATUS_WIDTH)}  ${printable(path)}`;
      }),
      text,
    ),
    ...(findings.length === 0 ? [] : ['', `${text('findings')}:`]),
    ...limited(
      findings.map((one) => {
        const where = one.path === null ? '' : `${printable(one.path)}: `;
        return `- ${where}${findingText(one, text)}`;
      }),
      text,
    ),
    ...report.openings.flatMap((opening) => ['', ...openingLines(opening, report, text)]),
    '',
    `${text('notProved')}:`,
    ...notProved.map((said) => `- ${text(`unproved.${unprovedId(said)}`)}`),
    '',
  ].join('\n');
}

/** What was found, in the words of a language. What a part of the check adds stays as it said it. */
export function findingText({ code, message, detail }: Finding, text: ReportText): string {
  const said = text(`finding.${code}`, { detail: detail ?? '' });
  const isMore = detail === undefined && message !== FINDINGS[code][1];
  return isMore ? `${said} (${printable(message)})` : said;
}

/** What a pack replaces as text for people, ending with a line feed. */
export function presentChain(chain: SupersededChain, text: ReportText): string {
  const lines = chainLines(chain, text).map((line) => `- ${line}`);
  return [`${text('report.replaces')}:`, ...lines, ''].join('\n');
}

/** The same as lines: earlier packs, where the chain ends, and what does not belong to it. */
export function chainLines({ links, missing, foreign }: SupersededChain, text: ReportText) {
  return [
    ...links.map((link) => {
      const sealed = text('report.sealed', { at: link.sealedAt });
      return `${link.pack}, ${sealed}: ${linkText(link, text)}`;
    }),
    missing === null ? text('report.first') : text('report.missing', { statement: missing }),
    ...foreign.map((statement) => text('report.foreign', { statement })),
  ];
}

/** Of an earlier pack the statement is known, whatever its key: what replaces it names its digest. */
function linkText({ verdict, inOrder }: ChainLink, text: ReportText): string {
  const judged = text(`report.link.${verdict ?? 'statement'}`);
  return inOrder ? judged : `${judged}; ${text('report.later')}`;
}

/** Whose pack it was that committed to something is for the origin to say, and is said with it. */
function openingLines(
  { class: kind, sha256, bytes, result, copies }: JudgedOpening,
  { steps }: Pick<Report, 'steps'>,
  text: ReportText,
): string[] {
  const origin = steps.find(({ id }) => id === 'origin')!.result;
  const item = `${text('report.opening')}: ${text(`opened.${kind}`, { bytes })} ${sha256}`;
  const isDoubtful = result === 'COMMITTED' && origin !== 'PASS';
  const whose = isDoubtful ? ` ${text(`openingOrigin.${origin}`)}` : '';
  return [
    `${item}: ${text(`opening.${result}`)}${whose}`,
    ...copies.map((path) => `- ${text('report.copy', { path: printable(path) })}`),
  ];
}

/** A stamp says no more than that the pack existed by then. */
function timestampLine(
  { path, at, beside, result }: Report['timestamps'][number],
  text: ReportText,
): string {
  const values = { path: printable(path), at: at ?? '', result: text(`result.${result}`) };
  return text(beside && result === 'FAIL' ? 'report.beside' : 'report.existed', values);
}

/** Names may be in any script, but must not steer the terminal either. */
function certificateLine(
  { subject, issuer }: NonNullable<Report['certificate']>,
  text: ReportText,
): string {
  return text('report.certificate', { subject, issuer }).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

function limited(lines: readonly string[], text: ReportText): string[] {
  const more = lines.length - LINES_SHOWN;
  return more > 0
    ? [...lines.slice(0, LINES_SHOWN), text('report.more', { count: more })]
    : [...lines];
}

/** A name from a hostile archive must not steer a terminal. */
function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '?');
}

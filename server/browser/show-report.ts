import type { Finding } from '../verification/findings.ts';
import { chainLines, findingText } from '../verification/present-report.ts';
import type { JudgedOpening, Report, SupersededChain } from '../verification/report.ts';
import { unprovedId } from '../verification/verdict.ts';
import type { PageText } from './page-text.ts';

/** Builds elements. Everything goes in as text: names in a pack may come from anybody. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The report for people, in the language of `text`: every finding, grouped by what was checked. */
export function showReport(
  report: Report & { readonly chain?: SupersededChain },
  fileName: string,
  text: PageText,
): Node[] {
  const { verdict, sample, steps, files, findings, notProved } = report;
  const odd = files.filter(({ status }) => status !== 'OK');
  const sections: Node[] = [
    element(
      'div',
      { class: `verdict ${verdict}` },
      element('h2', { id: 'verdict' }, text(`verdict.${verdict}`)),
      element('p', {}, text(`meaning.${verdict}`)),
      ...(sample ? [element('p', { class: 'sample' }, text('sample'))] : []),
    ),
    facts(report, fileName, text),
  ];
  if (findings.length > 0) {
    sections.push(element('h2', {}, text('findings')));
    for (const { id } of steps) {
      const found = findings.filter(({ step }) => step === id);
      if (found.length === 0) continue;
      const lines = found.map((one) => findingLine(one, text));
      sections.push(element('h3', {}, text(`step.${id}`)), element('ul', {}, ...lines));
    }
  }
  const counts = { ok: files.length - odd.length, total: files.length };
  sections.push(element('h2', {}, text('files', counts)));
  const oddLines = odd.map(({ path, status }) =>
    element('li', {}, element('code', {}, visible(path)), ` — ${text(`status.${status}`)}`),
  );
  if (odd.length > 0) sections.push(element('ul', {}, ...oddLines));
  if (report.openings.length > 0) {
    sections.push(
      element('h2', {}, text('openings')),
      element('ul', {}, ...report.openings.map((opening) => openingLine(opening, report, text))),
    );
  }
  if (report.chain !== undefined) {
    const lines = chainLines(report.chain, text).map((line) => element('li', {}, line));
    sections.push(element('h2', {}, text('report.replaces')), element('ul', {}, ...lines));
  }
  sections.push(
    element('h2', {}, text('steps')),
    element(
      'ul',
      { class: 'steps' },
      ...steps.map(({ id, result }) =>
        element(
          'li',
          { class: result },
          element('b', {}, text(`result.${result}`)),
          element('span', {}, text(`step.${id}`)),
        ),
      ),
    ),
    element('h2', {}, text('notProved')),
    element(
      'ul',
      {},
      ...notProved.map((said) => element('li', {}, text(`unproved.${unprovedId(said)}`))),
    ),
  );
  return sections;
}

function facts(report: Report, fileName: string, text: PageText): HTMLElement {
  const names = ['pack', 'sealedAt', 'supersedes', 'statementSha256', 'signerSha256'] as const;
  const known = names.flatMap((name) => {
    const value = report[name];
    return value === null ? [] : [[name, value] as const];
  });
  const { certificate } = report;
  const vouched =
    certificate === null
      ? []
      : [['certificate', `${certificate.subject} / ${certificate.issuer}`] as const];
  const stamps = report.timestamps.map(({ path, at, result }) => {
    const moment = at === null ? '' : `${at.slice(0, 19).replace('T', ' ')} UTC, `;
    return ['timestamp', `${moment}${path}: ${text(`result.${result}`)}`] as const;
  });
  return element(
    'dl',
    {},
    ...[['file', fileName] as const, ...known, ...vouched, ...stamps].flatMap(([name, value]) => [
      element('dt', {}, text(`facts.${name}`)),
      element('dd', {}, element('code', {}, visible(value))),
    ]),
  );
}

/** What was opened, whether the pack was bound to it, and which copies were made from it. */
function openingLine(
  opening: JudgedOpening,
  { steps }: Pick<Report, 'steps'>,
  text: PageText,
): HTMLElement {
  const { class: kind, bytes, sha256, result, copies } = opening;
  const origin = steps.find(({ id }) => id === 'origin')!.result;
  return element(
    'li',
    {},
    `${text(`opened.${kind}`, { bytes })} `,
    element('code', {}, sha256),
    ' — ',
    element('b', {}, text(`opening.${result}`)),
    ...(result === 'COMMITTED' && origin !== 'PASS' ? [` ${text(`openingOrigin.${origin}`)}`] : []),
    ...(copies.length === 0
      ? []
      : [` ${text('openedCopies')} `, element('code', {}, visible(copies.join(', ')))]),
  );
}

function findingLine(finding: Finding, text: PageText): HTMLElement {
  const { path } = finding;
  const where = path === null ? text('whole') : element('code', {}, visible(path));
  return element('li', {}, where, ': ', findingText(finding, text));
}

/** A name must not turn the direction of the text, nor hide in it. */
function visible(name: string): string {
  return name.replaceAll(/[^\x20-\x7e\u0400-\u04ff]/g, '\ufffd');
}

import { isReworded } from '../clauses/choose-clauses.ts';
import { LetterError } from '../errors.ts';
import { createTell, type Finding, type Severity, sentencesOf, type Tell } from '../findings.ts';
import { groundFindings } from '../grounds/choose-grounds.ts';
import { REPLY_TERM } from '../grounds/legal-data.ts';
import { replyTerm } from '../grounds/reply-term.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import type { LetterTemplates } from '../ports.ts';
import { sayInEvery } from '../writing/language.ts';
import { longDate, longMonth } from '../writing/letter-dates.ts';
import { narrativeDoubts, orderDoubts } from './compare-languages.ts';
import { type UnreadText, unreadTexts } from './kyrgyz-texts.ts';
import { lintLetter } from './lint-letter.ts';
import { ownFigures } from './own-figures.ts';

/**
 * Everything that a lawyer should know of a letter before it is signed, the gravest first: what the
 * linter finds in own words, doubtful grounds, Kyrgyz texts that nobody has read, and what points at
 * a person.
 *
 * @param model - a checked letter. On a sample nothing keeps from sealing: that is only warned of.
 * @param unread - its Kyrgyz texts that nobody has confirmed, where they are known already.
 */
export function judgeLetter(
  model: LetterModel,
  templates: LetterRules & Pick<LetterTemplates, 'contested'>,
  unread: readonly UnreadText[] = unreadTexts(model, templates),
): readonly Finding[] {
  const tell = createTell(templates.messages);
  const found = [
    ...lintLetter(model, templates),
    ...ownFigures(model, templates, tell),
    ...rewordedFindings(model, templates, tell),
    ...groundFindings(model, templates, tell),
    ...readingFindings(unread, tell),
    ...annexFindings(model, tell),
    ...termFindings(model, templates, tell),
    ...narrativeDoubts(model, tell),
    ...orderDoubts(model, tell),
    ...joinableMonths(model).map((month) =>
      tell('joinable-month', 'warn', {
        values: { month: sayInEvery((lang) => longMonth(month, lang)) },
      }),
    ),
  ].map((finding) =>
    model.sample && finding.severity === 'seal'
      ? { ...finding, severity: 'warn' as const }
      : finding,
  );
  const of = (severity: Severity) => found.filter((finding) => finding.severity === severity);
  return [...of('stop'), ...of('seal'), ...of('warn')];
}

/** Clauses that a letter of its type needs, in other words than the library's. */
function rewordedFindings(
  { clauses = [] }: LetterModel,
  rules: LetterRules,
  tell: Tell,
): Finding[] {
  return clauses.flatMap(({ use, text }, i) => {
    if (use === undefined) return [];
    const clause = rules.clauseLibrary.clauses.get(use)!;
    return clause.required && isReworded(clause, text)
      ? [tell('reworded-clause', 'warn', { path: ['clauses', i, 'text'] })]
      : [];
  });
}

/**
 * Refuses to let a letter be sealed that has a finding which keeps it from that.
 *
 * @throws {LetterError} `LETTER_NOT_READY`, with one sentence a finding.
 */
export function refuseUnready(findings: readonly Finding[]): void {
  const faults = sentencesOf(findings, 'seal', 'en');
  if (faults.length === 0) return;
  throw new LetterError(
    'LETTER_NOT_READY',
    `The letter cannot be sealed yet. ${faults.join(' ')} Confirm them, or override a ground or the reply-term with a reason.`,
    { faults },
  );
}

function readingFindings({ length: count }: readonly UnreadText[], tell: Tell): Finding[] {
  return count === 0 ? [] : [tell('kyrgyz-unread', 'seal', { values: { count } })];
}

function annexFindings(model: LetterModel, tell: Tell): Finding[] {
  const has = (role: string) => model.annexes.some((annex) => annex.role === role);
  const missing = (rule: string) => [tell(rule, 'warn')];
  return [
    ...(model.narratives.length > 0 && !has('cases') ? missing('cases-annex-missing') : []),
    ...(model.presence !== undefined && !has('presence') ? missing('presence-annex-missing') : []),
    ...(has('registration') ? [] : missing('registration-missing')),
    ...(has('authority') ? [] : missing('authority-missing')),
  ];
}

/**
 * The term of the earlier letter, as long as its length or the calendar is not certain: the letter
 * says that an office is late, so it is sealed only once that is confirmed, or told with a reason.
 */
function termFindings(
  { first, overrides }: LetterModel,
  { terms, confirmed }: LetterRules,
  tell: Tell,
): Finding[] {
  if (first === undefined) return [];
  const { workingDays, due, digest, provisional } = replyTerm(first.registered.date, terms);
  const override = overrides.find(({ ground }) => ground === REPLY_TERM);
  const severity = override === undefined ? 'seal' : 'warn';
  const values = { days: workingDays, due: sayInEvery((lang) => longDate(due, lang)) };
  const found = [
    ...(confirmed.term.has(digest) ? [] : [tell('term-unconfirmed', severity, { values })]),
    ...(provisional ? [tell('calendar-provisional', severity, { values })] : []),
  ];
  return found.length === 0 || override === undefined
    ? found
    : [...found, tell('term-overridden', 'warn', { values: { reason: override.reason } })];
}

/** Months in which a narrative could be found in the presence log. */
function joinableMonths({ narratives, presence }: LetterModel): string[] {
  const logged = new Set(presence?.intervals.map(({ date }) => date.slice(0, 7)));
  return [...new Set(narratives.map(({ month }) => month))].filter((month) => logged.has(month));
}

import type { Ground } from '../grounds/legal-data.ts';
import { replyTerm } from '../grounds/reply-term.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { presenceFigures } from '../presence-days.ts';
import type { Language } from '../writing/language.ts';
import { during, longDate, ofDate, onDate } from '../writing/letter-dates.ts';
import { percent } from '../writing/share.ts';
import { lowerFirst } from '../writing/typography.ts';
import { duration, type Writer } from '../writing/writer.ts';
import type { FieldValue, FieldValues } from './fill-clause.ts';

/**
 * Everything of a letter that a clause can name, by field: figures as numbers, dates and names as
 * texts of the language. What the letter has not, has no field: without a presence log there is no
 * `{presence.recordedDays}`.
 */
export function clauseValues(model: LetterModel, writer: Writer, rules: LetterRules): FieldValues {
  const { lang } = writer;
  return new Map<string, FieldValue>([
    ...figureFields(model, writer),
    ...presenceFields(model, writer),
    ...annexFields(model, writer),
    ...firstLetterFields(model, lang, rules),
    ['sender.name', model.sender.name[lang]],
    ['outgoing.number', model.outgoing.number],
    ['outgoing.date', longDate(model.outgoing.date, lang)],
    ['law.standing', cited(rules.legal.standing, lang)],
    ...(model.mandate === undefined
      ? []
      : [['mandate.text', model.mandate[lang]] satisfies [string, string]]),
  ]);
}

/** A provision as a letter names it: the act, and the article where somebody read it there. */
export function cited(ground: Ground, lang: Language): string {
  return ground.article === null
    ? ground.act[lang]
    : `${ground.act[lang]}, ${ground.article[lang]}`;
}

type Fields = [string, FieldValue][];

function figureFields(model: LetterModel, writer: Writer): Fields {
  const { documented, lawEnforcement, byPrimaryPopulation, nearOstSites } = model.figures;
  const counted = (
    prefix: string,
    code: string | undefined,
    count: number,
    base: number,
  ): Fields =>
    code === undefined
      ? []
      : [
          [`${prefix}.${code}`, count],
          [`${prefix}.${code}.share`, `${percent(count, base)}\u00a0%`],
        ];
  return [
    ['cases.documented', documented],
    ['cases.lawEnforcement', lawEnforcement],
    ['cases.lawEnforcement.share', `${percent(lawEnforcement, documented)}\u00a0%`],
    ...(nearOstSites === null
      ? []
      : ([
          ['cases.nearOst', nearOstSites],
          ['cases.nearOst.share', `${percent(nearOstSites, lawEnforcement)}\u00a0%`],
        ] satisfies Fields)),
    ['cases.during', during(model.period, writer.lang)],
    ['cases.reported', reported(model, writer)],
    ['narratives.count', model.narratives.length],
    ...model.pattern.flatMap(({ code, count, base }) => counted('pattern', code, count, base)),
    ...byPrimaryPopulation.flatMap(({ code, count }) =>
      counted('population', code, count, lawEnforcement),
    ),
  ];
}

/** The populations as the end of a sentence: «; из них о 394 (59 %) сообщили …». */
function reported({ figures }: LetterModel, writer: Writer): string {
  const { lawEnforcement, byPrimaryPopulation: rows } = figures;
  if (rows.length === 0) return '';
  const parts = rows.map((row, i) =>
    writer.plain(i === 0 ? 'letter.facts.reportedFirst' : 'letter.facts.reportedNext', {
      count: row.count,
      percent: percent(row.count, lawEnforcement),
      label: lowerFirst(row.label[writer.lang]),
      last: i === rows.length - 1 ? 'yes' : 'no',
    }),
  );
  return parts.join('') + writer.plain('letter.facts.reportedEnd');
}

function presenceFields({ presence }: LetterModel, writer: Writer): Fields {
  if (presence === undefined) return [];
  const figures = presenceFigures(presence);
  return [
    ['presence.place', presence.place[writer.lang]],
    ['presence.recordedDays', figures.recordedDays],
    ['presence.reviewedDays', figures.reviewedDays],
    ['presence.presentDays', figures.presentDays],
    ['presence.longest', duration(writer, figures.longestS)],
  ];
}

/** Numbers of annexes by what they hold, and every exhibit with the annex it is in. */
function annexFields(model: LetterModel, writer: Writer): Fields {
  const numberOf = (role: string) => model.annexes.find((annex) => annex.role === role)?.number;
  const exhibits = [
    ...model.narratives.map(({ exhibit }) => ({ exhibit, annex: numberOf('cases') })),
    ...model.annexes
      .filter(({ role }) => role === 'media')
      .flatMap(({ number, files }) =>
        files.map(({ path }) => ({
          exhibit: path.replace(/^.*\/|\.[^.]*$/g, ''),
          annex: number,
        })),
      ),
  ];
  return [
    ...model.annexes.map(
      ({ role, number }) =>
        [role === 'cases' ? 'narratives.annex' : `${role}.annex`, number] satisfies Fields[number],
    ),
    ...exhibits.map(
      ({ exhibit, annex }) =>
        [
          `exhibit.${exhibit}`,
          annex === undefined ? exhibit : writer.line('letter.exhibit', { exhibit, annex }),
        ] satisfies Fields[number],
    ),
  ];
}

function firstLetterFields(model: LetterModel, lang: Language, rules: LetterRules): Fields {
  const { first } = model;
  if (first === undefined) return [];
  const term = replyTerm(first.registered.date, rules.terms);
  return [
    ['first.number', first.number],
    ['first.date', longDate(first.date, lang)],
    ['first.date.of', ofDate(first.date, lang)],
    ['first.registeredNumber', first.registered.number],
    ['first.registeredDate', longDate(first.registered.date, lang)],
    ['first.registeredDate.on', onDate(first.registered.date, lang)],
    ['term.days', term.workingDays],
    ['term.due', longDate(term.due, lang)],
    ['term.due.on', onDate(term.due, lang)],
  ];
}

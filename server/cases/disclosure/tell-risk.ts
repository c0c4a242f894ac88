import { explainRule } from '../anonymise/rule-texts.ts';
import { type CodeLists, type Language, labelOf } from '../codes/code-lists.ts';
import type { FigureRisk, MediaRisk, RiskReport, StoryRisk } from './risk-report.ts';

/** Fills a text of the catalog in one language. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** A day as people here write it. */
function dayIn(date: string, lang: Language): string {
  return lang === 'en' ? date : date.split('-').reverse().join('.');
}

/** Tells a report in plain sentences, the worst first within each part. */
export function tellRisk(
  report: RiskReport,
  { say, lang, lists }: { say: Say; lang: Language; lists: CodeLists },
): string[] {
  const { stops, figures, media, stories, storyCount } = report;
  const facts = (names: readonly string[]) =>
    names.map((name) => say(`risk.fact.${name}`)).join(', ');
  const body = labelOf(lists, 'recipient', report.recipient)[lang];
  const lines = [say('risk.scope', { counted: report.counted, leftOut: report.leftOut, body })];
  if (stops.cases > 0) lines.push(...tellStops());
  if (figures === null) lines.push(say('risk.figures.none'));
  else {
    lines.push(
      say('risk.figures.told', {
        smallest: figures.smallestCell ?? 0,
        percent: figures.untoldPercent,
        packs: figures.earlierPacks,
      }),
    );
    if (figures.heldBack > 0) lines.push(say('risk.figures.heldBack', { count: figures.heldBack }));
    lines.push(...tellCoarsened(figures.coarsened));
    for (const { kind, cells } of figures.found) {
      const named = cells.map(({ table, code }) => `${table}/${code}`).join(', ');
      lines.push(say(`risk.figures.refused.${kind}`, { cells: named }));
    }
  }
  lines.push(...tellMedia(media));
  lines.push(say('risk.stories.count', { count: storyCount, shown: stories.length }));
  lines.push(...stories.flatMap((story) => tellStory(story)));
  return [...lines, say('risk.assumption')];

  function tellStops(): string[] {
    const { cases, alone, few, aloneByAll, telling, coarsen } = stops;
    const byAll = say('risk.stops.all', { alone: aloneByAll, cases });
    if (few === 0) return [say('risk.stops.none'), byAll];
    return [
      say('risk.stops.found', { cases, alone, few }),
      ...telling.map((one) =>
        say('risk.stops.by', { facts: facts(one.facts), alone: one.alone, few: one.few }),
      ),
      byAll,
      ...(coarsen === null ? [] : [say('risk.stops.coarsen', { fact: facts([coarsen]) })]),
    ];
  }

  function tellCoarsened(coarsened: FigureRisk['coarsened']): string[] {
    const coarser: string[] = [];
    const untold: string[] = [];
    for (const { dimension: name, to } of coarsened) {
      const dimension = say(`risk.dimension.${name}`);
      if (to === null) untold.push(dimension);
      else {
        const level = say(`risk.level.${to}`);
        coarser.push(say('risk.figures.only', { dimension, level }));
      }
    }
    return [
      ...(coarser.length === 0
        ? []
        : [say('risk.figures.coarser', { things: coarser.join('; ') })]),
      ...(untold.length === 0 ? [] : [say('risk.figures.untold', { things: untold.join('; ') })]),
    ];
  }

  function tellMedia({ moments, cases, joinCount, joins }: MediaRisk): string[] {
    if (moments === 0) return [say('risk.media.nothing')];
    if (cases === 0) return [say('risk.media.none', { moments })];
    const told = joins.map((join) =>
      [tellJoin(join), ...(join.told ? [say('risk.media.told')] : [])].join(' '),
    );
    const found = say('risk.media.found', { cases, joins: joinCount, shown: joins.length });
    return [found, ...told, say('risk.media.mend')];
  }

  function tellJoin({ case: code, by, medium, site, ...join }: MediaRisk['joins'][number]): string {
    const { date, from, to, moments, fits } = join;
    const place = site === null ? say('risk.media.somewhere') : say('risk.media.at', { site });
    const when = say(moments === 1 ? 'risk.media.once' : 'risk.media.often', {
      date: dayIn(date, lang),
      from,
      to,
      more: moments - 1,
    });
    return say(`risk.media.${medium}.${by}`, { case: code, when, place, fits });
  }

  function tellStory({ case: code, few, open, left }: StoryRisk): string[] {
    const counts = new Map<string, number>();
    for (const { rule, count } of left) {
      const text = explainRule(rule)[lang].replace(/\.$/, '');
      counts.set(text, (counts.get(text) ?? 0) + count);
    }
    const rules = [...counts].map(([text, count]) => `${text} (${count})`);
    return [
      ...(open === 0 ? [] : [say('risk.stories.open', { case: code, count: open })]),
      ...(rules.length === 0
        ? []
        : [say('risk.stories.left', { case: code, rules: rules.join('; ') })]),
      ...few.map(({ facts: names, count }) =>
        say('risk.stories.few', { case: code, facts: facts(names), count }),
      ),
    ];
  }
}

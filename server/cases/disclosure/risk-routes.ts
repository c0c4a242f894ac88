import { z } from 'zod';
import { HttpError } from '../../http/problem.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import type { Clock } from '../../kernel/time.ts';
import { type CodeLists, codesOf, LANGUAGES, type Language } from '../codes/code-lists.ts';
import { FILTER_QUERY, given } from '../registry/filter-query.ts';
import { STOP_FACTS } from './known-stops.ts';
import { readClipMoment } from './media-joins.ts';
import type { ReportRisk, RiskReport } from './risk-report.ts';

const fact = z.enum(STOP_FACTS);
const RISK = z.strictObject({
  sentences: z.array(z.string()).describe('The whole report in plain words'),
  counted: z.int(),
  leftOut: z.int(),
  stops: z.strictObject({
    cases: z.int(),
    alone: z.int().describe('Cases that up to three facts of a stop lead to'),
    few: z.int().describe('Cases that they lead to among fewer than five, alone or not'),
    aloneByAll: z.int().describe('Cases that are alone to somebody who knows all the facts'),
    telling: z.array(z.strictObject({ facts: z.array(fact), alone: z.int(), few: z.int() })),
    coarsen: fact.nullable(),
  }),
  figures: z
    .strictObject({
      smallestCell: z.int().nullable(),
      untoldPercent: z.int(),
      heldBack: z.int(),
      earlierPacks: z.int(),
      coarsened: z.array(
        z.strictObject({ dimension: z.string(), from: z.string(), to: z.string().nullable() }),
      ),
      found: z.array(
        z.strictObject({
          kind: z.enum(['small-cell', 'difference', 'derived', 'story-changed']),
          cells: z.array(z.strictObject({ table: z.string(), code: z.string() })),
        }),
      ),
    })
    .nullable(),
  media: z
    .strictObject({
      moments: z.int().describe('Times of clips and kept presence logs that were compared'),
      cases: z.int().describe('Cases that footage of their time and place leads to'),
      joinCount: z.int().describe('How often it leads to one; the first 30 are named'),
      joins: z.array(
        z.strictObject({
          case: z.string().describe('Code of the registry'),
          by: z.enum(['day', 'month']),
          medium: z.enum(['clip', 'presence']),
          date: z.string(),
          from: z.string(),
          to: z.string(),
          site: z.string().nullable(),
          moments: z.int(),
          fits: z.int().describe('Cases that may be of that day, or month, and place'),
          told: z.boolean().describe('Its story may go to this reader'),
        }),
      ),
    })
    .describe('What leads from footage to a case, for those who know whom they stopped then'),
  stories: z.array(
    z.strictObject({
      case: z.string().describe('Code of the registry'),
      few: z.array(z.strictObject({ facts: z.array(z.string()), count: z.int() })),
      open: z.int(),
      left: z.array(z.strictObject({ rule: z.string(), count: z.int() })),
    }),
  ),
  storyCount: z.int(),
});

const CLIP_FORM =
  'clip takes a day and two times of it, and the site where it is known: 2026-03-03T14:00/14:20@site.';

/** Who could still be found through a pack of a filter: for the lawyer, never for the pack. */
export function riskRoutes(deps: {
  reportRisk: () => ReportRisk;
  tellRisk: (report: RiskReport, lang: Language) => Promise<readonly string[]>;
  lists: () => CodeLists;
  clock: Clock;
}): Route[] {
  const { reportRisk, tellRisk, lists, clock } = deps;

  /** A reader whom the lists do not know would be judged as another one. */
  function refuseUnknown(field: 'recipient' | 'use', code: string): void {
    const known = codesOf(lists(), field === 'use' ? 'purpose' : field);
    if (known.includes(code)) return;
    throw new HttpError('REQUEST_INVALID', `${field} takes one of ${known.join(', ')}.`, {
      field: `query.${field}`,
    });
  }

  function refuseClip(): never {
    throw new HttpError('REQUEST_INVALID', CLIP_FORM, { field: 'query.clip' });
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/risk',
      roles: ['lawyer'],
      summary: 'Who could still be found through a pack of these cases, and how',
      needsVault: true,
      query: FILTER_QUERY.extend({
        recipient: z.string().min(1).max(40),
        use: z.string().min(1).max(40).default('complaint'),
        lang: z.enum(LANGUAGES).default('ru'),
        clip: z
          .union([z.string(), z.array(z.string())])
          .transform((value) => [value].flat())
          .pipe(z.array(z.string()).max(50))
          .default([])
          .describe('When and where a clip was filmed: 2026-03-03T14:00/14:20@site'),
      }),
      answer: { status: 200, schema: RISK },
      async handle({ query: { recipient, use, lang, clip, ...conditions } }) {
        refuseUnknown('recipient', recipient);
        refuseUnknown('use', use);
        const filter = given(conditions);
        const clips = clip.map((text) => readClipMoment(text) ?? refuseClip());
        const report = await reportRisk()({ filter, recipient, use, clips, at: clock.now() });
        const { counted, leftOut, stops, figures, media, stories, storyCount } = report;
        const sentences = [...(await tellRisk(report, lang))];
        return {
          status: 200,
          json: {
            sentences,
            counted,
            leftOut,
            stops: {
              ...stops,
              telling: stops.telling.map((one) => ({ ...one, facts: [...one.facts] })),
            },
            figures:
              figures === null
                ? null
                : {
                    ...figures,
                    coarsened: [...figures.coarsened],
                    found: figures.found.map(({ kind, cells }) => ({ kind, cells: [...cells] })),
                  },
            media: {
              moments: media.moments,
              cases: media.cases,
              joinCount: media.joinCount,
              joins: [...media.joins],
            },
            stories: stories.map((one) => ({
              case: one.case,
              few: one.few.map(({ facts, count }) => ({ facts: [...facts], count })),
              open: one.open,
              left: [...one.left],
            })),
            storyCount,
          },
        };
      },
    }),
  ];
}

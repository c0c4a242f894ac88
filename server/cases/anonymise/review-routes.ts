import { z } from 'zod';
import { ID } from '../../http/ids.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { TEXT_LANGUAGES } from './lexicon.ts';
import type { ReviewCase, ReviewState, TextState } from './review-case.ts';
import { explainRule } from './rule-texts.ts';

const LANGUAGE = z.enum(TEXT_LANGUAGES);
const EXPLANATION = z.strictObject({ ky: z.string(), ru: z.string(), en: z.string() });
const REASON = z.string().trim().min(1).max(500);
const WORDS = z.string().trim().min(1).max(500);
const SPAN_NUMBER = z.int().min(0);

const DECISION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replace'), span: SPAN_NUMBER }),
  z.strictObject({ kind: z.literal('generalise'), span: SPAN_NUMBER, words: WORDS }),
  z.strictObject({ kind: z.literal('drop'), span: SPAN_NUMBER }),
  z.strictObject({ kind: z.literal('keep'), span: SPAN_NUMBER, reason: REASON }),
  z.strictObject({
    kind: z.literal('missed'),
    start: z.int().min(0),
    end: z.int().min(1),
    replacement: WORDS,
  }),
]);

const STATE = z.strictObject({
  version: z.int().describe('number of changes so far; the next change names it'),
  texts: z.array(
    z.strictObject({
      language: LANGUAGE,
      raw: z.string(),
      text: z.string().describe('as decided so far; what is open stands replaced'),
      spans: z.array(
        z.strictObject({
          number: z.int().describe('what a decision names the place by'),
          start: z.int().describe('UTF-16 units of the raw text'),
          end: z.int(),
          type: z.string(),
          rule: z.string(),
          explanation: EXPLANATION.describe('why the place was found'),
          replacement: z
            .string()
            .nullable()
            .describe('null: nothing is proposed, it is only pointed out'),
          decision: DECISION.and(z.object({ byRole: z.string() })).nullable(),
        }),
      ),
      open: z.int().describe('places nobody has decided'),
      left: z
        .array(
          z.strictObject({
            start: z.int().describe('UTF-16 units of the text as decided'),
            end: z.int(),
            rule: z.string(),
            explanation: EXPLANATION,
          }),
        )
        .describe('what a second scan still finds: mark it as missed'),
    }),
  ),
  textsSha256: z
    .string()
    .nullable()
    .describe('digest of the texts that may leave; null while something is open or left'),
  approvals: z.array(
    z.strictObject({ textsSha256: z.string(), byRole: z.string(), at: z.string() }),
  ),
  needsSecondPerson: z
    .boolean()
    .describe('whether a lawyer who decided nothing in it has to approve'),
});

const lawyers = ['lawyer'] as const;
const params = z.strictObject({ id: ID });

/** The review of a narrative, place by place, and its approval by a second person. */
export function reviewRoutes(deps: { reviewCase: () => ReviewCase }): Route[] {
  const { reviewCase } = deps;
  const state = { status: 200, schema: STATE };
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/cases/:id/anonymisation',
      roles: lawyers,
      summary:
        'A narrative with everything that may lead to somebody, what is proposed for it, why, and what was decided',
      needsVault: true,
      params,
      answer: state,
      handle: async ({ params: { id } }) => ({
        status: 200,
        json: present(await reviewCase().state(id)),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/:id/anonymisation/decisions',
      roles: lawyers,
      summary:
        'Decide about one place: replace, generalise, drop, keep with a reason, or mark what was missed',
      needsVault: true,
      params,
      body: z.strictObject({ version: z.int().min(0), language: LANGUAGE, decision: DECISION }),
      answer: state,
      async handle({ params: { id }, body, user }) {
        const by = { user: user!.id, role: user!.role };
        return { status: 200, json: present(await reviewCase().decide({ id, ...body, by })) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/:id/anonymisation/undo',
      roles: lawyers,
      summary: 'Take back the last decision about a narrative',
      needsVault: true,
      params,
      body: z.strictObject({ version: z.int().min(0) }),
      answer: state,
      handle: async ({ params: { id }, body: { version } }) => ({
        status: 200,
        json: present(await reviewCase().undo({ id, version })),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/:id/approval',
      roles: lawyers,
      summary:
        'Approve the texts of a case as they would leave; where there are two lawyers, one who decided nothing in them',
      needsVault: true,
      params,
      body: z.strictObject({ textsSha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      answer: { status: 204 },
      async handle({ params: { id }, body: { textsSha256 }, user }) {
        const by = { user: user!.id, role: user!.role };
        await reviewCase().approve({ id, textsSha256, by });
        return { status: 204 };
      },
    }),
  ];
}

/** Accounts stay with us: of who decided only the role is told. */
function present(state: ReviewState): z.infer<typeof STATE> {
  const { version, textsSha256, needsSecondPerson } = state;
  return {
    version,
    texts: state.texts.map(presentText),
    textsSha256,
    approvals: state.approvals.map((one) => ({
      textsSha256: one.textsSha256,
      byRole: one.by.role,
      at: one.at,
    })),
    needsSecondPerson,
  };
}

function presentText({ language, raw, text, spans, open, left }: TextState) {
  return {
    language,
    raw,
    text,
    spans: spans.map(({ number, start, end, type, rule, replacement, decision }) => ({
      number,
      start,
      end,
      type,
      rule,
      explanation: explainRule(rule),
      replacement,
      decision: decision === null ? null : presentDecision(decision),
    })),
    open,
    left: left.map(({ start, end, rule }) => ({
      start,
      end,
      rule,
      explanation: explainRule(rule),
    })),
  };
}

function presentDecision({ by, ...decision }: NonNullable<TextState['spans'][number]['decision']>) {
  return { ...decision, byRole: by.role };
}

import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import {
  CHANGES,
  FOUND,
  presentChanges,
  presentFindings,
  presentSaid,
  SAID,
} from './checks/present-findings.ts';
import { CLAUSE_CONDITIONS, CLAUSE_ROLES, LETTER_PARTS } from './clauses/clause-library.ts';
import { compareVersions } from './editing/compare-versions.ts';
import { letterForm } from './editing/letter-form.ts';
import { presentForm } from './editing/present-form.ts';
import { LETTER_SCHEMA } from './letter-model.ts';
import type { LetterTemplates } from './ports.ts';
import { previewLetter } from './preview-letter.ts';
import type { RenderLetter } from './render-letter.ts';
import { LANGUAGES } from './writing/language.ts';

/** Letters while they are written: printed, shown as a preview, compared with an older version. */
export function letterRoutes(deps: {
  renderLetter: () => Promise<RenderLetter>;
  templates: () => Promise<LetterTemplates>;
}): Route[] {
  const params = z.strictObject({ lang: z.enum(LANGUAGES) });
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/:lang/pdf',
      roles: ['lawyer'],
      summary: 'A letter as PDF; warnings for the lawyer stand in the answer of /html',
      needsVault: false,
      params,
      body: LETTER_SCHEMA,
      answer: { status: 200, mediaType: 'application/pdf' },
      async handle({ params: { lang }, body, response }) {
        const render = await deps.renderLetter();
        const { pdf } = await render(body, lang);
        response.setHeader('content-disposition', `attachment; filename="complaint.${lang}.pdf"`);
        response.status(200).type('application/pdf').end(pdf);
        return 'answered';
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/:lang/html',
      roles: ['lawyer'],
      summary: 'A letter as HTML, with its number of pages and what a lawyer must look at',
      needsVault: false,
      params,
      body: LETTER_SCHEMA,
      answer: {
        status: 200,
        schema: z.strictObject({ html: z.string(), pages: z.int(), warnings: z.array(SAID) }),
      },
      async handle({ params: { lang }, body }) {
        const render = await deps.renderLetter();
        const { html, pages, warnings } = await render(body, lang);
        return { status: 200, json: { html, pages, warnings: warnings.map(presentSaid) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/:lang/preview',
      roles: ['lawyer'],
      summary: 'A letter as HTML at once, without printing, with what the linter finds in it',
      needsVault: false,
      params,
      body: LETTER_SCHEMA,
      answer: {
        status: 200,
        schema: z.strictObject({
          html: z.string(),
          findings: z.array(FOUND),
          unread: z
            .array(z.strictObject({ digest: z.string(), text: z.string() }))
            .describe('Kyrgyz texts of the letter that no named reader has confirmed'),
        }),
      },
      async handle({ params: { lang }, body }) {
        const { html, findings, unread } = previewLetter(body, lang, await deps.templates());
        return {
          status: 200,
          json: {
            html,
            findings: presentFindings(findings),
            unread: unread.map(({ digest, text }) => ({ digest, text })),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/:lang/form',
      roles: ['lawyer'],
      summary:
        'What a form needs to edit a letter: its clauses in their order, the fields that can be written into them, its grounds and demands and those that are offered',
      needsVault: false,
      params,
      body: LETTER_SCHEMA,
      answer: {
        status: 200,
        schema: z.strictObject({
          clauses: z.array(
            z.strictObject({
              index: z.int().describe('its place in clauses, or in the usual list of the type'),
              use: z.string().nullable().describe('null for a paragraph of the organisation'),
              part: z.enum(LETTER_PARTS),
              role: z.enum(CLAUSE_ROLES),
              required: z.boolean().describe('whether this type of letter may not go without it'),
              stands: z.boolean().describe('whether it is printed in this letter'),
              lacks: z
                .array(z.enum(CLAUSE_CONDITIONS))
                .describe('conditions that do not hold: why it does not stand'),
              reworded: z.boolean(),
              text: z.string().nullable().describe('with fields in braces; null for data'),
              words: SAID.nullable().describe('the same in every language, as clauses takes them'),
              usual: SAID.nullable().describe('the words of the library, to go back to'),
            }),
          ),
          fields: z.array(
            z.strictObject({
              name: z.string(),
              kind: z
                .enum(['number', 'text'])
                .describe('words in plural forms may follow a number'),
              value: z.string().describe('what it says in this letter'),
            }),
          ),
          grounds: z.array(
            z.strictObject({
              id: z.string().describe('its words stand in /api/v1/letters/grounds'),
              index: z.int().nullable().describe('its place in grounds; null where it is offered'),
              doubt: z
                .enum(['unconfirmed', 'notInForce'])
                .nullable()
                .describe('on the date of the letter'),
              reason: z.string().nullable().describe('why it is used all the same'),
            }),
          ),
          demands: z.array(
            z.strictObject({
              id: z.string().nullable().describe('null for words of the organisation'),
              index: z.int().nullable().describe('its place in demands; null where it is offered'),
              words: SAID,
            }),
          ),
          faults: z.array(z.string()).describe('what keeps it from being written, to be mended'),
        }),
      },
      async handle({ params: { lang }, body }) {
        const found = letterForm(body, lang, await deps.templates());
        return { status: 200, json: presentForm(found) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/:lang/difference',
      roles: ['lawyer'],
      summary: 'What changed between two versions of a letter, part by part',
      needsVault: false,
      params,
      body: z.strictObject({ before: LETTER_SCHEMA, after: LETTER_SCHEMA }),
      answer: {
        status: 200,
        schema: CHANGES,
      },
      async handle({ params: { lang }, body }) {
        const changes = compareVersions(body, lang, await deps.templates());
        return { status: 200, json: presentChanges(changes) };
      },
    }),
  ];
}

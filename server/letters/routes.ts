import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { LANGUAGES } from './language.ts';
import { LETTER_SCHEMA } from './letter-model.ts';
import type { RenderLetter } from './render-letter.ts';

/** Printing of letters, whole or as a draft. */
export function letterRoutes(deps: { renderLetter: () => Promise<RenderLetter> }): Route[] {
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
        schema: z.strictObject({ html: z.string(), pages: z.int(), warnings: z.array(z.string()) }),
      },
      async handle({ params: { lang }, body }) {
        const render = await deps.renderLetter();
        const { html, pages, warnings } = await render(body, lang);
        return { status: 200, json: { html, pages, warnings } };
      },
    }),
  ];
}

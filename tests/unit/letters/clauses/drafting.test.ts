import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfTemplates } from '../../../../server/adapters/pdf/pdf-templates.ts';
import { compareVersions } from '../../../../server/letters/editing/compare-versions.ts';
import { LETTER_SCHEMA, type LetterModel } from '../../../../server/letters/letter-model.ts';
import type { LetterTemplates } from '../../../../server/letters/ports.ts';
import { previewLetter } from '../../../../server/letters/preview-letter.ts';
import { createRenderLetter } from '../../../../server/letters/render-letter.ts';
import { aLetter, TEMPLATES_FOLDER } from '../../../builders/letter.ts';
import { createHtmlPrinter } from '../../../fakes/html-printer.ts';

let templates: LetterTemplates;
beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
});

const letter = (change?: (model: LetterModel) => void) => LETTER_SCHEMA.parse(aLetter(change));

describe('the preview of a letter', () => {
  it('shows the page that is printed', async () => {
    const printer = createHtmlPrinter();
    await createRenderLetter({ printer, templates })(letter(), 'ky');
    // The first print counts the sheets, which a preview cannot know.
    expect(previewLetter(letter(), 'ky', templates).html).toBe(printer.printed[0]!.html);
  });

  it('shows a letter that may not be printed, its stops first', () => {
    const { html, findings } = previewLetter(
      letter((model) => {
        model.subject = { ky: 'Баңгилер', ru: 'О жалобе', en: 'About <b>a complaint</b>' };
      }),
      'en',
      templates,
    );
    expect(html).toContain('About &lt;b&gt;a complaint');
    expect(findings[0]).toMatchObject({ rule: 'contested-word', severity: 'stop' });
    expect(findings.slice(1).every(({ severity }) => severity === 'warn')).toBe(true);
    expect(findings.length).toBeGreaterThan(1);
  });
});

describe('the difference between two versions', () => {
  const difference = (change: (model: LetterModel) => void) =>
    compareVersions({ before: letter(), after: letter(change) }, 'ru', templates);

  it('is empty for the same letter', () => {
    expect(difference(() => undefined)).toEqual([]);
  });

  it('shows a changed figure in every sentence that carries it', () => {
    const changes = difference((model) => {
      model.figures.nearOstSites = 213;
    });
    expect(changes.map(({ part }) => part)).toEqual(['facts.paragraphs']);
    expect(changes[0]!.removed.join()).toContain('212');
    expect(changes[0]!.added.join()).toContain('213');
  });

  it('shows one demand more as one text, and the others as unchanged', () => {
    const changes = difference((model) => {
      model.demands.push({ text: { ky: 'Дагы бир', ru: 'И ещё одно', en: 'One more' } });
    });
    expect(changes).toEqual([
      { part: 'demands.points', removed: [], added: ['И ещё одно'], moved: false },
    ]);
  });

  it('shows that the order has changed', () => {
    const changes = difference((model) => {
      model.demands.reverse();
    });
    expect(changes).toEqual([{ part: 'demands.points', removed: [], added: [], moved: true }]);
  });
});

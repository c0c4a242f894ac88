import { describe, expect, test } from 'vitest';
import {
  decide,
  finishReview,
  openReview,
  renderReview,
  reviewedSpans,
  undo,
} from '../../../../server/cases/anonymise/review.ts';
import { anonymise } from '../../../builders/anonymise.ts';

const raw = 'Асанов пришёл на рынок «Дордой» за хлебом.';
const open = () => openReview(raw, anonymise(raw).spans);
const byRole = 'lawyer';

describe('a review', () => {
  test('is not finished while a place is open', () => {
    expect(() => finishReview(open())).toThrow(
      expect.objectContaining({ code: 'NARRATIVE_UNDECIDED' }),
    );
  });

  test('replaces, generalises, keeps and takes in what was missed', () => {
    let review = decide(open(), { kind: 'replace', span: 0, byRole });
    review = decide(review, { kind: 'generalise', span: 1, words: 'в городе', byRole });
    const start = raw.indexOf('хлебом');
    review = decide(review, {
      kind: 'missed',
      start,
      end: start + 6,
      replacement: '[предмет]',
      byRole,
    });
    expect(finishReview(review)).toBe('Лицо-1 пришёл на рынок «в городе» за [предмет].');
    const kept = decide(review, { kind: 'keep', span: 1, reason: 'a market of thousands', byRole });
    expect(finishReview(kept)).toBe('Лицо-1 пришёл на рынок «Дордой» за [предмет].');
  });

  test('every step can be undone, and the review before it is untouched', () => {
    const before = open();
    const after = decide(before, { kind: 'keep', span: 0, reason: 'pseudonym', byRole });
    expect(renderReview(after)).toContain('Асанов');
    expect(undo(after)).toEqual(before);
    expect(undo(before)).toEqual(before);
    expect(reviewedSpans(before).every(({ decision }) => decision === null)).toBe(true);
  });

  test('a place that is open stands replaced', () => {
    expect(renderReview(open())).toBe(anonymise(raw).text);
  });

  test.each([
    ['no such place', { kind: 'replace', span: 9, byRole }],
    ['no reason', { kind: 'keep', span: 0, reason: ' ', byRole }],
    ['no words', { kind: 'generalise', span: 0, words: '', byRole }],
    ['no role', { kind: 'replace', span: 0, byRole: '' }],
    ['outside of the text', { kind: 'missed', start: 3, end: 900, replacement: 'x', byRole }],
    ['in a place that was found', { kind: 'missed', start: 2, end: 9, replacement: 'x', byRole }],
  ] as const)('refuses: %s', (_, step) => {
    expect(() => decide(open(), step)).toThrow(
      expect.objectContaining({ code: 'DECISION_UNFOUNDED' }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import {
  decide,
  openPlaces,
  proposeSpans,
  type Review,
  type ReviewDecision,
  renderReview,
  reviewedSpans,
} from '../../../../server/cases/anonymise/review.ts';
import { findResidualRisks } from '../../../../server/cases/review/residual-risk.ts';
import { anonymise } from '../../../builders/anonymise.ts';

const raw = 'Асанов пришёл на рынок «Дордой» за хлебом и отдал 5000 сомов.';
const open = (): Review => ({
  raw,
  proposed: proposeSpans(raw, anonymise(raw).spans, findResidualRisks(raw)),
  steps: [],
});
const by = { user: 'anybody', role: 'lawyer' };
const decided = (review: Review, ...decisions: ReviewDecision[]) =>
  decisions.reduce((so, decision) => decide(so, { ...decision, by }), review);
const missedBread = {
  kind: 'missed',
  start: raw.indexOf('хлебом'),
  end: raw.indexOf('хлебом') + 6,
  replacement: '[предмет]',
} as const;

describe('a review', () => {
  test('points out what has no replacement, too, and leaves nothing open to chance', () => {
    expect(reviewedSpans(open()).map(({ replacement }) => replacement)).toEqual([
      'Лицо-1',
      expect.any(String),
      null,
    ]);
    expect(openPlaces(open())).toBe(3);
  });

  test('replaces, generalises, drops, keeps and takes in what was missed', () => {
    const review = decided(
      open(),
      { kind: 'replace', span: 0 },
      { kind: 'generalise', span: 1, words: 'в городе' },
      { kind: 'drop', span: 2 },
      missedBread,
    );
    expect(openPlaces(review)).toBe(0);
    const told = renderReview(review);
    expect(told).toBe('Лицо-1 пришёл на рынок «в городе» за [предмет] и отдал.');
    const kept = decided(review, { kind: 'keep', span: 1, reason: 'a market of thousands' });
    expect(renderReview(kept)).toContain('«Дордой»');
  });

  test('the review before a decision is untouched', () => {
    const before = open();
    decided(before, { kind: 'keep', span: 0, reason: 'pseudonym' });
    expect(reviewedSpans(before).every(({ decision }) => decision === null)).toBe(true);
  });

  test.each<[string, ReviewDecision]>([
    ['no such place', { kind: 'replace', span: 9 }],
    ['nothing to replace it with', { kind: 'replace', span: 2 }],
    ['no reason', { kind: 'keep', span: 0, reason: ' ' }],
    ['no words', { kind: 'generalise', span: 0, words: '' }],
    ['outside of the text', { kind: 'missed', start: 3, end: 900, replacement: 'x' }],
    ['in a place that was found', { kind: 'missed', start: 2, end: 9, replacement: 'x' }],
    ['nothing in its place', { ...missedBread, replacement: ' ' }],
  ])('refuses: %s', (_, decision) => {
    expect(() => decided(open(), decision)).toThrow(
      expect.objectContaining({ code: 'DECISION_UNFOUNDED' }),
    );
  });
});

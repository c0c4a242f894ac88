import { describe, expect, test } from 'vitest';
import { checkReplyTerms, type ReplyTerms, replyTerm } from '../../../server/letters/reply-term.ts';
import { shippedRules } from '../../builders/letter.ts';

const shipped = shippedRules.terms;
const terms = (change: (terms: ReplyTerms) => void): ReplyTerms => {
  const copy = structuredClone(shipped);
  change(copy);
  return copy;
};

describe('the term of reply', () => {
  test('of an appeal registered on Friday, 24 April 2026 ends on 22 May', () => {
    expect(replyTerm('2026-04-24', shipped)).toMatchObject({
      workingDays: 14,
      due: '2026-05-22',
      provisional: true,
      confirmed: false,
    });
  });

  test('follows the day on which a shorter term came into force', () => {
    const changed = terms(({ terms: [first, second] }) => {
      first!.inForceTo = '2026-04-23';
      second!.inForceFrom = '2026-04-24';
    });
    expect(replyTerm('2026-04-23', changed).workingDays).toBe(14);
    expect(replyTerm('2026-04-24', changed)).toMatchObject({ workingDays: 10, due: '2026-05-18' });
  });

  test('can be counted from the day of registration itself', () => {
    const changed = terms((one) => {
      one.countFrom = 'registration';
    });
    expect(replyTerm('2026-04-24', changed).due).toBe('2026-05-21');
  });

  test('is provisional where the calendar of a year is missing', () => {
    const final = terms(({ calendar }) => {
      calendar[0]!.provisional = false;
    });
    expect(replyTerm('2026-04-24', final).provisional).toBe(false);
    expect(replyTerm('2026-12-28', final).provisional).toBe(true);
  });

  test('is not invented for a day on which none was in force', () => {
    expect(() => replyTerm('2000-01-03', shipped)).toThrowError(/terms\.json/);
  });

  test('malformed data is refused by its field', () => {
    const broken = { ...shipped, terms: [{ ...shipped.terms[0], workingDays: 0 }] };
    expect(() => checkReplyTerms(broken)).toThrowError(/terms\.0\.workingDays/);
  });
});

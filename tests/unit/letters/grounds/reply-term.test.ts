import { describe, expect, test } from 'vitest';
import {
  checkReplyTerms,
  type ReplyTerms,
  replyTerm,
} from '../../../../server/letters/grounds/reply-term.ts';
import { shippedRules } from '../../../builders/letter.ts';

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

  test('is provisional as long as the calendar of one of its years is', () => {
    const final = terms(({ calendar }) => {
      calendar[0]!.provisional = false;
    });
    expect(replyTerm('2026-04-24', final).provisional).toBe(false);
  });

  test('is not counted over a year without a calendar', () => {
    // 1–7 January 2027 would count as working days, and an office would be called late too early.
    for (const registered of ['2026-12-21', '2025-12-30', '2024-03-01']) {
      expect(() => replyTerm(registered, shipped)).toThrowError(/calendar of \d{4} is missing/);
    }
    const both = terms(({ calendar }) => {
      const days = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2027-01-${day}`);
      calendar.push({ year: 2027, provisional: true, source: 'a test', days });
    });
    expect(replyTerm('2026-12-21', both)).toMatchObject({ due: '2027-01-15', provisional: true });
  });

  test('is not invented for a day on which none was in force', () => {
    expect(() => replyTerm('2000-01-03', shipped)).toThrowError(/terms\.json/);
  });

  test('malformed data is refused by its field', () => {
    const broken = { ...shipped, terms: [{ ...shipped.terms[0], workingDays: 0 }] };
    expect(() => checkReplyTerms(broken)).toThrowError(/terms\.0\.workingDays/);
  });
});

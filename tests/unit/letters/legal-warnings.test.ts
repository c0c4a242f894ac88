import { describe, expect, test } from 'vitest';
import { legalWarnings } from '../../../server/letters/choose-grounds.ts';
import { checkLegalData } from '../../../server/letters/legal-data.ts';
import { aLetter, everywhere, shippedLegal } from '../../builders/letter.ts';

const confirmed = {
  id: 'law',
  act: everywhere('Law'),
  article: everywhere('article 1'),
  rule: everywhere('rule'),
  source: 'the act itself',
  inForceFrom: '2000-01-01',
  inForceTo: null,
  confirmedBy: 'lawyer' as string | null,
  confirmedAt: '2026-01-01' as string | null,
  uncertainty: everywhere(''),
};
const demands = { version: 1, demands: [{ id: 'reply', text: everywhere('to reply') }] };
const dataOf = (...grounds: object[]) =>
  checkLegalData({ grounds: { version: 1, standing: 'law', grounds }, demands });
const letterOn = (...grounds: string[]) =>
  aLetter((letter) => {
    letter.grounds = grounds;
  });

describe('what a lawyer must look at', () => {
  test('nothing, when every ground is confirmed and complete', () => {
    expect(legalWarnings(letterOn('law'), dataOf(confirmed))).toEqual([]);
  });

  test('an unconfirmed ground, with what is uncertain of it', () => {
    const doubtful = {
      ...confirmed,
      confirmedBy: null,
      uncertainty: everywhere('read in a summary'),
    };
    expect(legalWarnings(letterOn('law'), dataOf(doubtful))).toEqual([
      'Ground law: no lawyer has confirmed it; read in a summary.',
    ]);
  });

  test('a ground without an article, and one of unknown beginning', () => {
    const vague = { ...confirmed, id: 'vague', article: null, inForceFrom: null };
    expect(legalWarnings(letterOn('vague'), dataOf(confirmed, vague))).toEqual([
      'Ground vague: it is not known since when it is in force; the letter names the act without an article.',
    ]);
  });

  test('the law on appeals too, which every letter rests on', () => {
    expect(legalWarnings(letterOn('iccpr'), shippedLegal)[0]).toMatch(/^Ground appeals-67:/);
  });
});

describe('the data that is shipped', () => {
  test('claims no confirmation that nobody gave', () => {
    for (const ground of shippedLegal.grounds.values()) {
      expect([ground.confirmedBy, ground.confirmedAt]).toEqual([null, null]);
      expect(Object.values(ground.uncertainty), ground.id).not.toContain('');
    }
  });

  test('malformed data is refused by its field', () => {
    expect(() => dataOf({ ...confirmed, source: undefined })).toThrowError(/grounds\.0\.source/);
    expect(() => dataOf({ ...confirmed, id: 'other' })).toThrowError(/standing/);
    expect(() => dataOf(confirmed, confirmed)).toThrowError(/cannot be used/);
  });
});

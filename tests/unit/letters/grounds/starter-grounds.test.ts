import { describe, expect, test } from 'vitest';
import { groundDoubt } from '../../../../server/letters/grounds/choose-grounds.ts';
import { LANGUAGES } from '../../../../server/letters/writing/language.ts';
import { shippedRules } from '../../../builders/letter.ts';

const { grounds } = shippedRules.legal;

describe('the grounds that are shipped', () => {
  test.each([
    'constitution-legal-aid',
    'state-language-140',
    'personal-data-58',
    'digital-code-178',
    'crime-register-141',
  ])('have %s, unconfirmed and without an article that nobody has read', (id) => {
    const ground = grounds.get(id)!;
    expect(ground.article).toBeNull();
    expect(groundDoubt(ground, '2026-11-27', shippedRules)).toBe('unconfirmed');
  });

  test('say of themselves what is uncertain, in every language', () => {
    for (const { id, uncertainty } of grounds.values()) {
      for (const lang of LANGUAGES) expect(uncertainty[lang], id).not.toBe('');
    }
  });
});

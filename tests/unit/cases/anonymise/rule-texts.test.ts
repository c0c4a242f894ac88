import { expect, test } from 'vitest';
import { EXPLAINED_RULES, explainRule } from '../../../../server/cases/anonymise/rule-texts.ts';
import { STRUCTURED_RULES } from '../../../../server/cases/anonymise/structured-rules.ts';
import { findResidualRisks } from '../../../../server/cases/review/residual-risk.ts';
import { RISK_RULES } from '../../../../server/cases/review/residual-rules.ts';
import { anonymise } from '../../../builders/anonymise.ts';
import { inventNarratives } from '../../../builders/narratives/narratives.ts';

test('every rule that finds something says in three languages what it looks for', () => {
  const found = (['ru', 'ky', 'en'] as const).flatMap((language) =>
    (['second-held-out', 'chat', 'second-chat'] as const).flatMap((set) =>
      inventNarratives(language, set, 30).flatMap(({ text }) => [
        ...anonymise(text).spans,
        ...findResidualRisks(text),
      ]),
    ),
  );
  const rules = new Set([...found, ...STRUCTURED_RULES, ...RISK_RULES].map(({ rule }) => rule));
  expect(rules.size).toBeGreaterThan(70);
  expect([...rules].filter((rule) => !EXPLAINED_RULES.includes(rule))).toEqual([]);
  for (const rule of EXPLAINED_RULES) {
    const { ky, ru, en } = explainRule(rule);
    expect(new Set([ky, ru, en]).size).toBe(3);
  }
});

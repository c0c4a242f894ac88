import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS } from '../../../../server/cases/codes/code-lists.ts';
import { DEFAULT_HIERARCHY } from '../../../../server/cases/disclosure/hierarchy.ts';
import type { FigureRisk, RiskReport } from '../../../../server/cases/disclosure/risk-report.ts';
import { tellRisk } from '../../../../server/cases/disclosure/tell-risk.ts';
import { shippedRules } from '../../../builders/letter.ts';

const { messages } = shippedRules;

function told(lang: 'ky' | 'ru' | 'en', coarsened: FigureRisk['coarsened']) {
  const report: RiskReport = {
    recipient: 'ministry',
    counted: 40,
    leftOut: 0,
    stops: {
      cases: 0,
      alone: 0,
      few: 0,
      aloneByAll: 0,
      telling: [],
      coarsen: null,
    },
    figures: {
      smallestCell: 5,
      untoldPercent: 0,
      heldBack: 0,
      coarsened,
      earlierPacks: 0,
      found: [],
    },
    stories: [],
    storyCount: 0,
  };
  return tellRisk(report, { say: messages[lang], lang, lists: DEFAULT_CODE_LISTS });
}

test('what is told more coarsely, and what not at all, stands in plain words', () => {
  const coarsened = [
    { dimension: 'time', from: 'month', to: 'half-year' },
    { dimension: 'areaTime', from: 'district/quarter', to: 'oblast/year' },
    { dimension: 'place', from: 'place', to: null },
  ];
  expect(told('en', coarsened)).toContain(
    'Told more coarsely than this body might be told, so that no figure points at few: when (only by half-year); where and when together (only by oblast and year).',
  );
  expect(told('ru', coarsened)).toContain(
    'Не сказано вовсе, потому что такая таблица указывала бы на немногих: вид места.',
  );
  expect(told('ky', coarsened).join(' ')).toContain('качан болгону (жарым жыл боюнча гана)');
});

test.each(['ky', 'ru', 'en'] as const)(
  'every way to tell less has its words, and none is said where nothing is lost: %s',
  (lang) => {
    const ways = DEFAULT_HIERARCHY.dimensions.flatMap(({ name, levels }) =>
      [...levels.slice(1), null].map((to) => ({ dimension: name, from: levels[0]!, to })),
    );
    const plain = told(lang, []);
    for (const way of ways) {
      const more = told(lang, [way]).filter((line) => !plain.includes(line));
      expect(more).toHaveLength(1);
      expect(more[0]).not.toMatch(/risk\.|undefined|[{}]/);
    }
    expect(ways.length).toBeGreaterThan(DEFAULT_HIERARCHY.dimensions.length);
  },
);

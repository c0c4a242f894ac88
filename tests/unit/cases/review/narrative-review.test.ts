import { expect, test } from 'vitest';
import {
  approveNarrative,
  checkDecision,
  type Decision,
  keepWords,
  reviewNarrative,
} from '../../../../server/cases/review/narrative-review.ts';

const narrative = {
  ru: 'Его остановил Асан. Потом Асан ушёл.',
  en: 'He was stopped by Asan.',
};
const by = { reason: 'a changed name', byRole: 'lawyer', decidedAt: '2026-11-23T10:15:00Z' };
const all = keepWords(narrative, { words: ['Асан', 'Asan'], ...by });
const open = { code: 'NARRATIVE_UNDECIDED' };

test('every place is a decision of its own', () => {
  expect(all.map(({ language, start, surface }) => [language, start, surface])).toEqual([
    ['ru', 14, 'Асан'],
    ['ru', 26, 'Асан'],
    ['en', 18, 'Asan'],
  ]);
  expect(reviewNarrative({ narrative, decisions: all.slice(1) }).map((one) => one.verdict)).toEqual(
    [null, 'keep', 'keep'],
  );
});

test('a narrative leaves when each span was kept, and only then', () => {
  expect(approveNarrative({ narrative, decisions: all }).texts).toEqual(narrative);
  for (let i = 0; i < all.length; i++) {
    const missing = all.toSpliced(i, 1);
    expect(() => approveNarrative({ narrative, decisions: missing })).toThrow(
      expect.objectContaining(open),
    );
    const changed: Decision[] = [...all, { ...all[i]!, verdict: 'change' }];
    expect(() => approveNarrative({ narrative, decisions: changed })).toThrow(
      expect.objectContaining(open),
    );
  }
});

test('a text that was edited no longer fits its decisions', () => {
  const edited = { ...narrative, en: 'He was stopped by Azat.' };
  expect(() => approveNarrative({ narrative: edited, decisions: all })).toThrow(
    expect.objectContaining(open),
  );
  const moved = { ...narrative, ru: `Да. ${narrative.ru}` };
  expect(() => approveNarrative({ narrative: moved, decisions: all })).toThrow(
    expect.objectContaining(open),
  );
});

test('the refusal quotes nothing, and no narrative is no approval', () => {
  try {
    approveNarrative({ narrative, decisions: [] });
    expect.unreachable();
  } catch (error) {
    expect((error as Error).message).not.toMatch(/Асан|Asan/);
  }
  expect(() => approveNarrative({ narrative: {}, decisions: [] })).toThrow(
    expect.objectContaining(open),
  );
});

test('a decision about words that are not there is refused', () => {
  expect(() => checkDecision(narrative, all[0]!)).not.toThrow();
  for (const wrong of [{ start: 15 }, { surface: 'Азат' }, { language: 'ky' as const }]) {
    expect(() => checkDecision(narrative, { ...all[0]!, ...wrong })).toThrow(
      expect.objectContaining({ code: 'DECISION_UNFOUNDED' }),
    );
  }
});

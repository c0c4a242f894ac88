import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import {
  findKnownStops,
  STOP_FACTS,
  type StopFact,
} from '../../../../server/cases/disclosure/known-stops.ts';
import { aCase } from '../../../builders/case.ts';

const told = (record: CaseRecord, fact: StopFact): string => {
  if (fact === 'perpetrator') return String([...record.perpetrators].sort());
  if (fact === 'population') return String([...record.populations].sort());
  if (fact === 'act') return String([...record.acts].sort());
  if (fact === 'duration') {
    const { durationMinutes } = record;
    return durationMinutes === null ? 'unknown' : String(durationMinutes > 180);
  }
  return String(record[fact]);
};

/** How many cases agree with one in all of these facts: read off the cases, one by one. */
const sharing = (cases: readonly CaseRecord[], one: CaseRecord, facts: readonly StopFact[]) =>
  cases.filter((other) => facts.every((fact) => told(other, fact) === told(one, fact))).length;

const sets = STOP_FACTS.flatMap((a, i) => [
  [a],
  ...STOP_FACTS.slice(i + 1).flatMap((b, k) => [
    [a, b],
    ...STOP_FACTS.slice(i + k + 2).map((c) => [a, b, c]),
  ]),
]);

test('whoever is found by brute force is reported, and nobody else', async () => {
  const drawn = fc.record({
    month: fc.constantFrom('2024-01', '2024-02'),
    oblast: fc.constantFrom('chuy', 'osh'),
    site: fc.constantFrom(null, 'site-1'),
    perpetrators: fc.constantFrom<string[]>(['a'], ['a', 'b'], ['b', 'a']),
    gender: fc.constantFrom('man', 'woman', null),
    acts: fc.constantFrom<string[]>(['threat'], ['threat', 'extortion'], ['extortion', 'threat']),
    durationMinutes: fc.constantFrom(null, 180, 181),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 1, maxLength: 40 }), async (all) => {
      const cases = all.map((changes) => aCase(changes));
      const reached = (fewer: number) =>
        cases.filter((one) => sets.some((facts) => sharing(cases, one, facts) < fewer));
      const found = await findKnownStops(cases);
      expect(found).toMatchObject({
        alone: reached(2).length,
        few: reached(5).length,
        aloneByAll: cases.filter((one) => sharing(cases, one, STOP_FACTS) === 1).length,
      });
      for (const { facts, alone, few } of found.telling) {
        const minimal = (fewer: number) => (one: CaseRecord) =>
          sharing(cases, one, facts) < fewer &&
          facts.every(
            (left) =>
              facts.length === 1 ||
              sharing(
                cases,
                one,
                facts.filter((f) => f !== left),
              ) >= fewer,
          );
        expect(alone).toBe(cases.filter(minimal(2)).length);
        expect(few).toBe(cases.filter((one) => minimal(2)(one) || minimal(5)(one)).length);
      }
    }),
    { numRuns: 60 },
  );
});

test('what tells people apart is named, and nothing where nobody stands out', async () => {
  const many = Array.from({ length: 30 }, (_, i) => aCase({ gender: i < 2 ? 'trans-man' : 'man' }));
  expect(await findKnownStops(many)).toEqual({
    cases: 30,
    alone: 0,
    few: 2,
    aloneByAll: 0,
    telling: [{ facts: ['gender'], alone: 0, few: 2 }],
    coarsen: 'gender',
  });
  expect(await findKnownStops(many.slice(2))).toMatchObject({ few: 0, telling: [], coarsen: null });
});

test('what was done to somebody finds them, and so does what only all facts together tell', async () => {
  const alike = Array.from({ length: 30 }, (_, i) =>
    aCase(i === 0 ? { acts: ['threat', 'extortion'] } : {}),
  );
  const found = await findKnownStops(alike);
  expect(found).toMatchObject({ alone: 1, few: 1, aloneByAll: 1, coarsen: 'act' });
  expect(found.telling).toEqual([{ facts: ['act'], alone: 1, few: 1 }]);
  // Every three of four halves are shared by four others or more; all four are one's own.
  const halves = Array.from({ length: 16 }, (_, i) => i);
  const own = halves.flatMap((i) =>
    Array.from({ length: i === 0 ? 1 : 5 }, () =>
      aCase({
        month: i & 1 ? '2024-01' : '2024-02',
        gender: i & 2 ? 'man' : 'woman',
        durationMinutes: i & 4 ? 200 : 20,
        place: i & 8 ? 'street' : 'home',
      }),
    ),
  );
  expect(await findKnownStops(own)).toMatchObject({ alone: 0, few: 0, aloneByAll: 1 });
});

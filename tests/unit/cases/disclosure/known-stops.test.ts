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

test('whoever is found by brute force is reported, and nobody else', () => {
  const drawn = fc.record({
    month: fc.constantFrom('2024-01', '2024-02'),
    oblast: fc.constantFrom('chuy', 'osh'),
    site: fc.constantFrom(null, 'site-1'),
    perpetrators: fc.constantFrom<string[]>(['a'], ['a', 'b'], ['b', 'a']),
    gender: fc.constantFrom('man', 'woman', null),
  });
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 1, maxLength: 40 }), (all) => {
      const cases = all.map((changes) => aCase(changes));
      const reached = (fewer: number) =>
        cases.filter((one) => sets.some((facts) => sharing(cases, one, facts) < fewer));
      const found = findKnownStops(cases);
      expect(found).toMatchObject({ alone: reached(2).length, few: reached(5).length });
      for (const { facts, alone } of found.telling) {
        const minimal = cases.filter(
          (one) =>
            sharing(cases, one, facts) === 1 &&
            facts.every(
              (left) =>
                facts.length === 1 ||
                sharing(
                  cases,
                  one,
                  facts.filter((f) => f !== left),
                ) > 1,
            ),
        );
        expect(alone).toBe(minimal.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('what tells people apart is named, and nothing where nobody stands out', () => {
  const many = Array.from({ length: 30 }, (_, i) => aCase({ gender: i < 2 ? 'trans-man' : 'man' }));
  expect(findKnownStops(many)).toEqual({
    cases: 30,
    alone: 0,
    few: 2,
    telling: [{ facts: ['gender'], alone: 0, few: 2 }],
    coarsen: 'gender',
  });
  expect(findKnownStops(many.slice(2))).toMatchObject({ few: 0, telling: [], coarsen: null });
});

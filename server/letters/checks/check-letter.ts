import { faultAt } from '../letter-faults.ts';
import type { LetterModel, Presence } from '../letter-model.ts';
import { presenceDays, secondsOfDay } from '../presence-days.ts';
import { SMALLEST_CELL, SMALLEST_COUNT } from '../smallest-counts.ts';
import { languageFaults } from './compare-languages.ts';

/**
 * Faults of a letter whose fields contradict each other, say different things in different languages
 * or show too few cases; one sentence each.
 * A number that can be had by subtraction counts as shown.
 */
export function checkLetter(model: LetterModel): string[] {
  return [
    ...kindFaults(model),
    ...periodFaults(model),
    ...figureFaults(model),
    ...tableFaults(model),
    ...(model.presence === undefined ? [] : presenceFaults(model.presence)),
    ...annexFaults(model),
    ...languageFaults(model),
  ];
}

function kindFaults(model: LetterModel): string[] {
  if (model.kind === 'complaint' && model.mandate === undefined) {
    return [
      faultAt(['mandate'], 'expected for a complaint; without a mandate write an application'),
    ];
  }
  if (model.kind === 'application' && model.mandate !== undefined) {
    return [
      faultAt(['mandate'], 'expected for a complaint only; an application asks for nobody by name'),
    ];
  }
  return [];
}

function periodFaults({ period, outgoing, narratives }: LetterModel): string[] {
  const faults: string[] = [];
  if (period.from > period.to) {
    faults.push(faultAt(['period', 'to'], 'expected a month that is not before period.from'));
  }
  if (period.to > outgoing.date.slice(0, 7)) {
    faults.push(faultAt(['period', 'to'], 'expected a month that is not after the letter'));
  }
  narratives.forEach(({ month }, i) => {
    if (month < period.from || month > period.to) {
      faults.push(faultAt(['narratives', i, 'month'], 'expected a month within the period'));
    }
  });
  return faults.concat(
    repeated(
      narratives.map((one) => one.exhibit),
      ['narratives'],
      'exhibit',
    ),
  );
}

function figureFaults({ figures }: LetterModel): string[] {
  const { documented, lawEnforcement, byPrimaryPopulation, nearOstSites } = figures;
  const faults: string[] = [];
  const at = (...path: PropertyKey[]) => ['figures', ...path];
  if (lawEnforcement > documented) {
    faults.push(faultAt(at('lawEnforcement'), 'expected no more than figures.documented'));
  }
  faults.push(...shownFaults(lawEnforcement, documented, SMALLEST_CELL, at('lawEnforcement')));
  byPrimaryPopulation.forEach(({ count }, i) => {
    if (count < SMALLEST_COUNT) {
      faults.push(faultAt(at('byPrimaryPopulation', i, 'count'), tooFew(SMALLEST_COUNT)));
    }
  });
  const sum = byPrimaryPopulation.reduce((total, row) => total + row.count, 0);
  if (sum > lawEnforcement) {
    faults.push(
      faultAt(
        at('byPrimaryPopulation'),
        'expected counts that add up to no more than figures.lawEnforcement, one population a case',
      ),
    );
  } else if (sum > 0 && sum < lawEnforcement && lawEnforcement - sum < SMALLEST_COUNT) {
    faults.push(
      faultAt(
        at('byPrimaryPopulation'),
        `expected a rest of 0 or of ${SMALLEST_COUNT} cases and more`,
      ),
    );
  }
  if (nearOstSites !== null) {
    if (nearOstSites > lawEnforcement) {
      faults.push(faultAt(at('nearOstSites'), 'expected no more than figures.lawEnforcement'));
    }
    faults.push(...shownFaults(nearOstSites, lawEnforcement, SMALLEST_COUNT, at('nearOstSites')));
  }
  return faults;
}

function tableFaults({ figures, pattern, tables }: LetterModel): string[] {
  const bases = [figures.documented, figures.lawEnforcement, figures.nearOstSites];
  const faults = pattern.flatMap(({ count, base }, i) => {
    const path = ['pattern', i];
    if (!bases.includes(base)) {
      return [faultAt([...path, 'base'], 'expected one of the totals in figures')];
    }
    if (count > base) return [faultAt([...path, 'count'], 'expected no more than its base')];
    return shownFaults(count, base, SMALLEST_COUNT, [...path, 'count']);
  });
  tables.forEach(({ base, rows }, t) => {
    rows.forEach(({ count }, i) => {
      const path = ['tables', t, 'rows', i, 'count'];
      if (count > base) faults.push(faultAt(path, 'expected no more than the base of the table'));
      else if (count < SMALLEST_CELL) faults.push(faultAt(path, tooFew(SMALLEST_CELL)));
    });
  });
  return faults;
}

function shownFaults(count: number, base: number, minimum: number, path: PropertyKey[]): string[] {
  if (count < minimum) return [faultAt(path, tooFew(minimum))];
  if (count < base && base - count < minimum) {
    return [faultAt(path, `expected a rest of its base of 0 or of ${minimum} cases and more`)];
  }
  return [];
}

function tooFew(minimum: number): string {
  return `expected ${minimum} cases or more; leave out what is smaller`;
}

function presenceFaults(presence: Presence): string[] {
  const faults: string[] = [];
  for (const list of ['reviewed', 'intervals'] as const) {
    presence[list].forEach((span, i) => {
      if (secondsOfDay(span.from) >= secondsOfDay(span.to)) {
        faults.push(
          faultAt(['presence', list, i, 'to'], 'expected a time after from, on the same day'),
        );
      }
    });
  }
  const days = new Map(presenceDays(presence).map((day) => [day.date, day]));
  if (days.size > presence.recordedDays) {
    faults.push(
      faultAt(['presence', 'recordedDays'], 'expected at least as many days as were reviewed'),
    );
  }
  presence.intervals.forEach((interval, i) => {
    const [fromS, toS] = [secondsOfDay(interval.from), secondsOfDay(interval.to)];
    const spans = days.get(interval.date)?.reviewed ?? [];
    if (!spans.some((span) => span.fromS <= fromS && toS <= span.toS)) {
      faults.push(
        faultAt(
          ['presence', 'intervals', i],
          'expected an interval inside what was reviewed that day',
        ),
      );
    }
  });
  return faults;
}

function annexFaults({ annexes }: LetterModel): string[] {
  const faults = annexes.flatMap(({ number }, i) =>
    number === i + 1
      ? []
      : [
          faultAt(
            ['annexes', i, 'number'],
            `expected ${i + 1}: annexes are numbered from 1 in order`,
          ),
        ],
  );
  const files = annexes.flatMap((annex) => annex.files);
  return faults.concat(
    repeated(
      files.map((file) => file.path.toLowerCase()),
      ['annexes'],
      'path',
    ),
  );
}

function repeated(values: readonly string[], path: PropertyKey[], field: string): string[] {
  return new Set(values).size === values.length
    ? []
    : [faultAt(path, `expected every ${field} once`)];
}

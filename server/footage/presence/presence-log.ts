import { z } from 'zod';
import { SITE_CODE } from '../../kernel/site-code.ts';
import { PresenceError } from './presence-error.ts';
import { holder, type TimeSpan } from './presence-spans.ts';
import { localTime, spanOf } from './presence-time.ts';

/** What stood there. */
export const PRESENCE_KINDS = ['marked-car', 'unmarked-car', 'van', 'officers-on-foot'] as const;
/** By what it was told to be police. */
export const PRESENCE_SOURCES = ['livery', 'light-bar', 'plate', 'uniforms', 'statement'] as const;
/** How sure whoever judged it was, least sure first. */
export const PRESENCE_CERTAINTIES = ['possible', 'probable', 'certain'] as const;

/** A kind of presence. */
export type PresenceKind = (typeof PRESENCE_KINDS)[number];
/** A degree of certainty. */
export type PresenceCertainty = (typeof PRESENCE_CERTAINTIES)[number];

/** An opaque name of a camera: it must tell nothing of its place or owner. */
const camera = z.string().regex(/^[a-z0-9]{1,32}$/);
const window = { camera, from: localTime, to: localTime };

/**
 * A presence log of one site, version 1, in camera time: what the recorders' clocks showed. It is
 * sealed; what leaves is {@link publishPresence}'s. Recorded and reviewed windows are what makes a
 * statement of absence possible: time outside of them says nothing.
 */
export const presenceLogSchema = z.strictObject({
  version: z.literal(1),
  /** Code of the site, as cases name it; sealed, and never part of what leaves. */
  site: z.string().regex(SITE_CODE).optional(),
  /** Moments at which a recorder's clock was compared with the true time. */
  clockChecks: z
    .array(z.strictObject({ camera, shown: localTime, actual: localTime }))
    .max(1_000)
    .default([]),
  /** When a recording exists. */
  recorded: z.array(z.strictObject(window)).max(20_000),
  /** What of it a person has looked at in full. */
  reviewed: z.array(z.strictObject(window)).max(20_000),
  /** When police were seen: confirmed by a person, each inside a reviewed window. */
  intervals: z
    .array(
      z.strictObject({
        camera,
        start: localTime,
        end: localTime,
        kind: z.enum(PRESENCE_KINDS),
        source: z.enum(PRESENCE_SOURCES),
        certainty: z.enum(PRESENCE_CERTAINTIES),
        note: z.string().max(500).optional(),
        /** Id of a sealed still that shows it. */
        still: z.string().max(64).optional(),
      }),
    )
    .max(20_000),
});

/** A presence log whose windows and intervals fit each other. */
export type PresenceLog = z.output<typeof presenceLogSchema>;
/** One stay. */
export type PresenceInterval = PresenceLog['intervals'][number];

/**
 * Reads a presence log and checks that every span ends after it starts, that what was reviewed was
 * recorded, and that every interval lies in what was reviewed, each by the same camera.
 *
 * @throws {PresenceError} `PRESENCE_LOG_INVALID`; the message names the fields.
 */
export function parsePresenceLog(input: unknown): PresenceLog {
  const parsed = presenceLogSchema.safeParse(input);
  const faults = parsed.success
    ? misfits(parsed.data)
    : parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole');
  if (parsed.success && faults.length === 0) return parsed.data;
  const shown = [...new Set(faults)].slice(0, 20).join(', ');
  throw new PresenceError(
    'PRESENCE_LOG_INVALID',
    `The presence log cannot be used; these parts of it are faulty: ${shown}. Spans must end after they start, reviewed ones must have been recorded, and intervals must have been reviewed.`,
  );
}

function misfits({ recorded, reviewed, intervals }: PresenceLog): string[] {
  const stays = intervals.map(({ camera: by, start, end }) => ({
    camera: by,
    from: start,
    to: end,
  }));
  const inRecorded = holders(recorded);
  const inReviewed = holders(reviewed);
  return [
    ...recorded.flatMap(({ from, to }, i) => (from < to ? [] : [`recorded.${i}`])),
    ...reviewed.flatMap((one, i) => (inRecorded(one) ? [] : [`reviewed.${i}`])),
    ...stays.flatMap((one, i) => (inReviewed(one) ? [] : [`intervals.${i}`])),
  ];
}

/** A test for windows that lie wholly in the given ones of the same camera. */
function holders(windows: PresenceLog['recorded']) {
  const byCamera = new Map<string, TimeSpan[]>();
  for (const { camera: by, from, to } of windows) {
    const spans = byCamera.get(by) ?? [];
    spans.push(spanOf(from, to));
    byCamera.set(by, spans);
  }
  const tests = new Map([...byCamera].map(([by, spans]) => [by, holder(spans)]));
  return ({ camera: by, from, to }: PresenceLog['recorded'][number]) =>
    tests.get(by)?.(spanOf(from, to)) ?? false;
}

/**
 * The log without what is no vehicle: a letter that speaks of service vehicles must not count officers
 * on foot among them.
 */
export function vehiclesOnly(log: PresenceLog): PresenceLog {
  return { ...log, intervals: log.intervals.filter(({ kind }) => kind !== 'officers-on-foot') };
}

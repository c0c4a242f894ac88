import type { ReviewStore } from '../anonymise/ports.ts';
import type { Release } from '../disclosure/release.ts';
import type { CaseStore, KeptImport } from '../ports.ts';
import type { CaseEvent } from './case-history.ts';

/** One step of a case on its way from intake to the Ministry. */
export interface JourneyStep {
  /** `counted` and `told`: in a pack, as one of a number or with its story. */
  readonly stage: 'imported' | 'entered' | 'edited' | 'consent' | 'reviewed' | 'counted' | 'told';
  /** UTC to the second; null where nobody noted it. */
  readonly at: string | null;
  readonly role: string | null;
  readonly reason: string | null;
  /** Names of the fields that changed. */
  readonly fields: readonly string[];
  readonly pack: string | null;
}

/** Tells a case's way, derived from what happened to it. */
export type TellJourney = (id: string) => Promise<readonly JourneyStep[]>;

/**
 * Creates the telling. Nothing is kept for it: imports, history, decisions and the ledger of packs say
 * it all, so that it cannot differ from them.
 *
 * @throws {CasesError} from the use case: `CASE_UNKNOWN`.
 */
export function createTellJourney(deps: {
  store: Pick<CaseStore, 'historyOf' | 'decisionsOf'>;
  /** Where narratives are reviewed place by place, and approved as they leave. */
  reviews: Pick<ReviewStore, 'approvals'>;
  importOf: (id: string) => Promise<KeptImport | null>;
  releases: () => Promise<readonly Release[]>;
}): TellJourney {
  const { store, reviews, importOf, releases } = deps;
  return async function tellJourney(id) {
    const [history, decisions] = [await store.historyOf(id), await store.decisionsOf(id)];
    const came = await importOf(id);
    const approvals = await reviews.approvals(id);
    const [reviewed] = [
      ...decisions.map(({ decidedAt, byRole }) => ({ at: decidedAt, role: byRole })),
      ...approvals.map(({ at, by }) => ({ at, role: by.role })),
    ].sort((a, b) => (a.at > b.at ? -1 : 1));
    const steps: JourneyStep[] = [
      ...(came === null ? [] : [step('imported', came.startedAt, {})]),
      ...history.map((event) => fromEvent(event)),
      ...(reviewed === undefined ? [] : [step('reviewed', reviewed.at, { role: reviewed.role })]),
      ...(await releases()).flatMap((release) => fromRelease(release, id)),
    ];
    return steps.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  };
}

function fromEvent({ kind, at, role, reason, before }: CaseEvent): JourneyStep {
  return step(kind, at, { role, reason, fields: Object.keys(before) });
}

function fromRelease(release: Release, id: string): JourneyStep[] {
  const told = release.narratives.some((narrative) => narrative.case === id);
  const counted = release.cells.some((cell) => cell.cases.includes(id));
  if (!told && !counted) return [];
  return [step(told ? 'told' : 'counted', release.releasedAt, { pack: release.pack })];
}

function step(
  stage: JourneyStep['stage'],
  at: string,
  rest: Partial<Omit<JourneyStep, 'stage' | 'at'>>,
): JourneyStep {
  return { stage, at, role: null, reason: null, fields: [], pack: null, ...rest };
}

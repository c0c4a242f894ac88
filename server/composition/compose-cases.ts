import { createTableReader } from '../adapters/tables/table-reader.ts';
import { createReviewCase } from '../cases/anonymise/review-case.ts';
import type { CodeLists, Language } from '../cases/codes/code-lists.ts';
import { createTakeConsentAnswers } from '../cases/consent/consent-answers.ts';
import { createAskConsent } from '../cases/consent/consent-requests.ts';
import { createConsentsHold } from '../cases/consent/consents-hold.ts';
import { createFollowConsentChanges } from '../cases/consent/follow-consent-changes.ts';
import { createListLostPacks } from '../cases/consent/list-lost-packs.ts';
import { createDisclosureControl } from '../cases/disclosure/disclosure-control.ts';
import { DEFAULT_HIERARCHY } from '../cases/disclosure/hierarchy.ts';
import { createPlanFigures } from '../cases/disclosure/plan-figures.ts';
import { publishedCases } from '../cases/disclosure/published-cases.ts';
import { createReportRisk, type RiskReport } from '../cases/disclosure/risk-report.ts';
import { tellRisk } from '../cases/disclosure/tell-risk.ts';
import { createCaseImports } from '../cases/import/case-imports.ts';
import { createTellJourney } from '../cases/registry/case-journey.ts';
import { createKeepCases } from '../cases/registry/keep-cases.ts';
import { createSearchCases } from '../cases/registry/search-cases.ts';
import { createSelectCases } from '../cases/registry/select-cases.ts';
import type { CustodyLog } from '../custody/custody-log.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { createListPackUses } from '../packs/list-pack-uses.ts';
import type { Stores } from './compose-stores.ts';
import type { Letters, Tools } from './compose-tools.ts';
import { presenceMoments } from './presence-told.ts';

/** What is done with cases: registry, import, consent, anonymisation, disclosure. */
export type CaseParts = ReturnType<typeof composeCases>;

/** Builds it. */
export function composeCases(deps: {
  stores: Stores;
  lists: CodeLists;
  tools: Tools;
  messages: Letters['templates']['messages'];
  custody: CustodyLog;
  clock: Clock;
  random: RandomBytes;
}) {
  const { stores, lists, tools, messages, custody, clock, random } = deps;
  const { cases, reviews, caseImports, ledger, packs, submissions } = stores;
  const recordCustody = custody.record;
  const readTable = createTableReader();
  const selectCases = createSelectCases({ store: cases });
  const keepCases = createKeepCases({ store: cases, lists, clock, random });
  const reviewCase = createReviewCase({
    cases,
    reviews,
    anonymiser: tools.anonymiser,
    countLawyers: () => stores.accounts.countByRole('lawyer'),
    recordCustody,
    clock,
  });
  const planFigures = createPlanFigures({ ledger, lists, hierarchy: DEFAULT_HIERARCHY });
  const disclosure = createDisclosureControl({ ledger });
  const packUses = createListPackUses({
    packs,
    releases: ledger.releases,
    wasSent: async (pack) => (await submissions.submissionsOf(pack)).length > 0,
  });
  const followConsentChanges = createFollowConsentChanges({ packUses, recordCustody, clock });
  return {
    selectCases,
    keepCases,
    searchCases: createSearchCases({ store: cases }),
    tellJourney: createTellJourney({
      store: cases,
      reviews,
      importOf: caseImports.importOf,
      releases: ledger.releases,
    }),
    imports: createCaseImports({
      store: cases,
      imports: caseImports,
      readTable,
      lists,
      clock,
      random,
      published: async () => publishedCases(await ledger.releases()),
      recordCustody,
    }),
    consentsHold: createConsentsHold({ store: cases }),
    askConsent: createAskConsent({ store: cases, lists }),
    takeConsentAnswers: createTakeConsentAnswers({
      store: cases,
      keepCases,
      readTable,
      lists,
      clock,
      followChanges: followConsentChanges,
    }),
    followConsentChanges,
    listLostPacks: createListLostPacks({ packUses, store: cases, clock }),
    reviewCase,
    planFigures,
    disclosure,
    reportRisk: createReportRisk({
      selectCases,
      planFigures,
      disclosure,
      reviewCase,
      presenceMoments: async () =>
        (await stores.presence.logs()).flatMap(({ log }) => presenceMoments(log)),
    }),
    tellRisk: async (report: RiskReport, lang: Language) =>
      tellRisk(report, { say: messages[lang], lang, lists }),
  };
}

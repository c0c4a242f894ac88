import type { AttemptLimit } from '../accounts/attempt-limit.ts';
import type { VaultAccess } from '../accounts/ports.ts';
import { accountRoutes } from '../accounts/routes.ts';
import type { Sessions } from '../accounts/sessions.ts';
import type { SignIn } from '../accounts/sign-in.ts';
import { vaultRoutes } from '../accounts/vault-routes.ts';
import { writeArchive } from '../adapters/archiver-packs.ts';
import { createCsvTable } from '../adapters/tables/csv-table.ts';
import { createTableReader } from '../adapters/tables/table-reader.ts';
import { reviewRoutes } from '../cases/anonymise/review-routes.ts';
import { codeListRoutes } from '../cases/codes/code-list-routes.ts';
import { FILMED_SCHEMA } from '../cases/disclosure/media-joins.ts';
import { riskRoutes } from '../cases/disclosure/risk-routes.ts';
import { statisticsRoutes } from '../cases/figures/statistics-routes.ts';
import { summariseCases } from '../cases/figures/summarise-cases.ts';
import { importRoutes } from '../cases/import/import-routes.ts';
import { createProposeMapping } from '../cases/import/propose-mapping.ts';
import { registryRoutes } from '../cases/registry/registry-routes.ts';
import { caseRoutes } from '../cases/routes.ts';
import { custodyRoutes } from '../custody/routes.ts';
import { footageRoutes } from '../footage/routes.ts';
import { HttpError } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import { jobRoutes } from '../jobs/routes.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { ENTERED_LETTER_SCHEMA } from '../letters/editing/entered-letter.ts';
import { letterVariantRoutes } from '../letters/editing/variant-routes.ts';
import { NOTHING_CONFIRMED } from '../letters/grounds/confirmations.ts';
import { letterLibraryRoutes } from '../letters/library-routes.ts';
import { paperRoutes } from '../letters/papers/paper-routes.ts';
import { letterRoutes } from '../letters/routes.ts';
import { drawChart, drawMap } from '../letters/sheets/draw-chart.ts';
import { keyRoutes } from '../packs/key-routes.ts';
import { openingRoutes } from '../packs/opening-routes.ts';
import { packRoutes } from '../packs/routes.ts';
import { timestampRoutes } from '../packs/timestamp-routes.ts';
import { responseRoutes } from '../responses/routes.ts';
import type { VaultDoor } from '../vault-door.ts';
import type { OpenHouse } from './compose-open.ts';
import type { Tools } from './compose-tools.ts';

/**
 * All routes of the service. What needs the vault is looked up when it is asked for: a route that
 * says so is never reached while the vault is locked.
 */
export function composeRoutes(deps: {
  door: VaultDoor<OpenHouse>;
  isVaultMade: () => Promise<boolean>;
  tools: Tools;
  limit: AttemptLimit;
  signIn: SignIn;
  sessions: Sessions;
  secureCookies: boolean;
  clock: Clock;
  random: RandomBytes;
}): Route[] {
  const { door, isVaultMade, tools, limit, signIn, sessions, secureCookies, clock, random } = deps;
  const house = (): OpenHouse => {
    if (door.house !== null) return door.house;
    throw new HttpError('VAULT_LOCKED', 'The vault is locked.');
  };
  const submit = async (kind: string, input: JsonValue) => {
    const job = await house().jobs.submit(kind, input);
    door.wake();
    return job;
  };
  const blobs = () => house().blobs;
  const vault: VaultAccess = {
    state: async () => (door.house !== null ? 'open' : (await isVaultMade()) ? 'locked' : 'none'),
    open: door.open,
    lock: door.lock,
  };
  // While the vault is locked nobody can know what was confirmed, so nothing counts as confirmed.
  const letterTemplates = async () =>
    door.house === null
      ? { ...(await tools.letters()).templates, confirmed: NOTHING_CONFIRMED }
      : await door.house.letterRules();
  return [
    ...accountRoutes({ signIn, sessions, secureCookies }),
    ...vaultRoutes({ vault, limit }),
    ...importRoutes({
      imports: () => house().imports,
      proposeMapping: (bytes) =>
        createProposeMapping({ readTable: createTableReader(), lists: house().lists })(bytes),
    }),
    ...registryRoutes({
      cases: () => house().cases,
      keepCases: () => house().keepCases,
      tellJourney: () => house().tellJourney,
      askConsent: () => house().askConsent,
      takeConsentAnswers: () => house().takeConsentAnswers,
      followConsentChanges: () => house().followConsentChanges,
    }),
    ...caseRoutes({
      cases: () => house().cases,
      selectCases: () => house().selectCases,
      searchCases: () => house().searchCases,
      summarise: (cases) => summariseCases(cases, house().lists),
      clock,
    }),
    ...reviewRoutes({ reviewCase: () => house().reviewCase }),
    ...codeListRoutes({ codeLists: () => house().codeLists }),
    ...riskRoutes({
      reportRisk: () => house().reportRisk,
      tellRisk: (report, lang) => house().tellRisk(report, lang),
      lists: () => house().lists,
      clock,
    }),
    ...statisticsRoutes({
      selectCases: () => house().selectCases,
      planFigures: () => house().planFigures,
      disclosure: () => house().disclosure,
      drawChart: async (table, lang) => drawChart((await tools.letters()).templates, table, lang),
      drawMap: async (table, lang) => drawMap((await tools.letters()).templates, table, lang),
      clock,
    }),
    ...footageRoutes({
      blobs,
      recordings: () => house().recordings,
      plans: () => house().plans,
      presence: () => house().presence,
      readTable: createCsvTable(),
      ingestRecording: () => house().ingestRecording,
      getPicture: () => house().getPicture,
      proposeStillPlan: tools.proposeStillPlan,
      pictures: () => house().pictures,
      submit,
    }),
    ...letterRoutes({
      renderLetter: async () => door.house?.renderLetter ?? (await tools.letters()).renderLetter,
      templates: letterTemplates,
    }),
    ...letterLibraryRoutes({
      rules: letterTemplates,
      confirmations: () => house().confirmations,
      recordConfirmed: (of, digests) =>
        house().custody.record({
          kind: 'reviewed',
          role: 'lawyer',
          detail: {
            confirmed: [...digests],
            of,
            by: of === 'kyrgyz' ? 'reader' : 'lawyer',
          },
        }),
      clock,
    }),
    ...paperRoutes({
      papers: () => house().papers,
      takePaper: () => house().takePaper,
      destroyPaper: () => house().destroyPaper,
      listPapers: () => house().listPapers,
      blobs,
    }),
    ...letterVariantRoutes({
      variants: () => house().letterVariants,
      rules: letterTemplates,
      random,
    }),
    ...packRoutes({
      blobs,
      packs: () => house().packs,
      gatherPack: () => house().gatherPack,
      previewDisclosure: () => house().previewDisclosure,
      renderPack: () => house().renderPack,
      judgePackLetter: () => house().judgePackLetter,
      deliverPack: () => house().deliverPack,
      refuseEndedConsent: () => house().refuseEndedConsent,
      hasConsentEnded: () => house().hasConsentEnded,
      writeArchive,
      submit,
      letterSchema: ENTERED_LETTER_SCHEMA,
      filmedSchema: FILMED_SCHEMA,
      clock,
      random,
    }),
    ...openingRoutes({ openItem: () => house().openItem }),
    ...timestampRoutes({ stampLater: () => house().stampLater, submit }),
    ...responseRoutes({
      followPacks: () => house().followPacks,
      followUpPack: () => house().followUpPack,
      blobs,
    }),
    ...keyRoutes({ packKeys: () => house().packKeys }),
    ...jobRoutes({ jobs: () => house().jobs }),
    ...custodyRoutes({ custody: () => house().custody }),
  ];
}

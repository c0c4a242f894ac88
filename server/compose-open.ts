import type { Logger } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { writeArchive } from './adapters/archiver-packs.ts';
import { blobMediaSource } from './adapters/blob-media-source.ts';
import { digestFonts } from './adapters/font-files.ts';
import { inspectTools } from './adapters/installed-tools.ts';
import { encryptWithAge } from './adapters/keys/age-recipients.ts';
import { createHttpTimestamps } from './adapters/keys/http-timestamps.ts';
import { checkP256Signature } from './adapters/keys/p256-signatures.ts';
import { createLoopbackBlobs } from './adapters/loopback-blobs.ts';
import { nameRenderer } from './adapters/name-renderer.ts';
import { createSealedPackReader } from './adapters/opened-pack.ts';
import { readOwnTexts } from './adapters/own-texts.ts';
import { loadVerifyFiles } from './adapters/pack-verify-files.ts';
import { createTokenOver } from './adapters/pdf/letter-timestamps.ts';
import { createPadesLetters } from './adapters/pdf/pades-letters.ts';
import { readRenderedText } from './adapters/pdf/pdf-text.ts';
import { openPrivateFolders } from './adapters/private-folder.ts';
import { createProofFolders } from './adapters/proof-folders.ts';
import { listsOfSealed } from './adapters/sqlite/sealed-lists.ts';
import { createSqliteAccounts } from './adapters/sqlite/sqlite-accounts.ts';
import { createSqliteCases } from './adapters/sqlite/sqlite-cases.ts';
import { createSqliteCodeLists } from './adapters/sqlite/sqlite-code-lists.ts';
import { createSqliteCustody } from './adapters/sqlite/sqlite-custody.ts';
import { type Database, purgeDeleted } from './adapters/sqlite/sqlite-database.ts';
import { createSqliteImports } from './adapters/sqlite/sqlite-imports.ts';
import { createSqliteJobs } from './adapters/sqlite/sqlite-jobs.ts';
import { createSqliteLetterConfirmations } from './adapters/sqlite/sqlite-letter-confirmations.ts';
import { createSqliteLetterVariants } from './adapters/sqlite/sqlite-letter-variants.ts';
import { createSqlitePacks } from './adapters/sqlite/sqlite-packs.ts';
import { createSqlitePapers } from './adapters/sqlite/sqlite-papers.ts';
import { createSqlitePictures } from './adapters/sqlite/sqlite-pictures.ts';
import { createSqlitePlans } from './adapters/sqlite/sqlite-plans.ts';
import { createSqlitePresence } from './adapters/sqlite/sqlite-presence.ts';
import { createSqliteRecordings } from './adapters/sqlite/sqlite-recordings.ts';
import { createSqliteReleaseLedger } from './adapters/sqlite/sqlite-release-ledger.ts';
import { createSqliteReviews } from './adapters/sqlite/sqlite-reviews.ts';
import { createSqliteSubmissions } from './adapters/sqlite/sqlite-submissions.ts';
import { createSqliteTimestamps } from './adapters/sqlite/sqlite-timestamps.ts';
import { createSqliteWorkStores } from './adapters/sqlite/sqlite-work-store.ts';
import { createTableReader } from './adapters/tables/table-reader.ts';
import type { Vault } from './adapters/vault/vault.ts';
import { createNamesTakenOut } from './cases/anonymise/names-taken-out.ts';
import { createReviewCase } from './cases/anonymise/review-case.ts';
import { DEFAULT_CODE_LISTS, type Language } from './cases/codes/code-lists.ts';
import { createEditCodeLists } from './cases/codes/edit-code-lists.ts';
import { createTakeConsentAnswers } from './cases/consent/consent-answers.ts';
import { createAskConsent } from './cases/consent/consent-requests.ts';
import { createConsentsHold } from './cases/consent/consents-hold.ts';
import { createFollowConsentChanges } from './cases/consent/follow-consent-changes.ts';
import { createListLostPacks } from './cases/consent/list-lost-packs.ts';
import { createDisclosureControl } from './cases/disclosure/disclosure-control.ts';
import { DEFAULT_HIERARCHY } from './cases/disclosure/hierarchy.ts';
import { createPlanFigures } from './cases/disclosure/plan-figures.ts';
import { publishedCases } from './cases/disclosure/published-cases.ts';
import { createReportRisk, type RiskReport } from './cases/disclosure/risk-report.ts';
import { storiesOfFew } from './cases/disclosure/stories-of-few.ts';
import { tellRisk } from './cases/disclosure/tell-risk.ts';
import { createCaseImports } from './cases/import/case-imports.ts';
import { presentCase } from './cases/present.ts';
import { createTellJourney } from './cases/registry/case-journey.ts';
import { createKeepCases } from './cases/registry/keep-cases.ts';
import { createSelectCases } from './cases/registry/select-cases.ts';
import type { Tools } from './compose-tools.ts';
import { type Config, TEMPLATES_DIR } from './config.ts';
import { createCustodyLog } from './custody/custody-log.ts';
import { createAnalyseRecording } from './footage/analysis/analyse-recording.ts';
import { createGetRecordedPicture } from './footage/analysis/recorded-picture.ts';
import { createKeepCopy } from './footage/copy/keep-copy.ts';
import { createRedactAgain } from './footage/copy/redact-again.ts';
import { createRedactRecording } from './footage/copy/redact-recording.ts';
import { redactionReceipt } from './footage/copy/redaction-receipt.ts';
import { createIngestRecording } from './footage/ingest-recording.ts';
import { createMakeProxy } from './footage/make-proxy.ts';
import { vehiclesOnly } from './footage/presence/presence-log.ts';
import { publishPresence } from './footage/presence/presence-published.ts';
import { presenceStates } from './footage/presence/presence-states.ts';
import { createRedactRecordedFrame } from './footage/stills/redact-recorded-frame.ts';
import { createRedactRecordedStill } from './footage/stills/redact-recorded-still.ts';
import { createJobHandlers } from './job-handlers.ts';
import { createJobs } from './jobs/jobs.ts';
import type { RandomBytes } from './kernel/ids.ts';
import type { Clock } from './kernel/time.ts';
import { byDigest } from './letters/grounds/confirmations.ts';
import { termIfKnown } from './letters/grounds/reply-term.ts';
import { createDestroyPaper } from './letters/papers/destroy-paper.ts';
import { createListPapers } from './letters/papers/list-papers.ts';
import { createTakePaper } from './letters/papers/take-paper.ts';
import { readyLetter } from './letters/ready-letter.ts';
import type { RenderLetter } from './letters/render-letter.ts';
import { inEveryLanguage, packTexts } from './pack-texts.ts';
import { type BuildPack, createBuildPack } from './packs/build-pack.ts';
import { createDeliverPack } from './packs/deliver-pack.ts';
import { createGatherPack } from './packs/gather-pack.ts';
import { createGatherPapers } from './packs/gather-papers.ts';
import { createHasConsentEnded } from './packs/has-consent-ended.ts';
import { createItemConsent } from './packs/item-consent.ts';
import { createJudgePackLetter } from './packs/judge-pack-letter.ts';
import { createListPackUses } from './packs/list-pack-uses.ts';
import { createMakeAuditorFile } from './packs/make-auditor-file.ts';
import { createOpenItem } from './packs/open-item.ts';
import { createPackKeys } from './packs/pack-keys.ts';
import { createPackLetter } from './packs/pack-letter.ts';
import { createPreviewDisclosure } from './packs/preview-disclosure.ts';
import { createRefuseEndedConsent } from './packs/refuse-ended-consent.ts';
import { createRenderPack } from './packs/render-pack.ts';
import { createReproducePack, type ReproducePack } from './packs/reproduce-pack.ts';
import { createScanRendered } from './packs/scan-rendered.ts';
import { createSealPack, type SealPack } from './packs/seal-pack.ts';
import { createStampLater } from './packs/stamp-later.ts';
import { createFollowPacks } from './responses/follow-packs.ts';
import { createFollowUpPack } from './responses/follow-up.ts';

/** What works only while the vault is open. */
export type OpenHouse = Awaited<ReturnType<typeof composeOpen>>;

/** The family that the style sheet of letters names. */
const LETTER_FONT = 'Noto Serif';
/** Name of the custody log in its checkpoints. It names no place and no organisation. */
const LOG_ORIGIN = 'dalil/custody';

/** Builds every adapter and use case that needs the vault. */
export async function composeOpen(deps: {
  config: Config;
  database: Database;
  vault: Vault;
  tools: Tools;
  clock: Clock;
  random: RandomBytes;
  log: Logger;
}) {
  const { config, database, vault, tools, clock, random, log } = deps;
  const { blobs, sealer, namer, keys } = vault;
  const editLists = createEditCodeLists({
    store: createSqliteCodeLists({ database, sealer }),
    shipped: DEFAULT_CODE_LISTS,
    clock,
  });
  // One object for everybody who was given the lists: what it holds follows what was edited.
  const lists = { ...(await editLists.current()).lists };
  const followLists = async () => Object.assign(lists, (await editLists.current()).lists);
  const folders = openPrivateFolders({ dataDir: config.dataDir, random });
  const loopback = createLoopbackBlobs({ blobs, random });
  const sourceOf = (blob: string) => blobMediaSource(loopback, blob);

  const custody = createCustodyLog({
    store: createSqliteCustody({ database, sealer }),
    signer: await keys.signer('custody'),
    clock,
    random,
    origin: LOG_ORIGIN,
  });
  const recordCustody = custody.record;

  const cases = createSqliteCases({ db: database, sealer, namer, lists });
  const recordings = createSqliteRecordings({ database, sealer });
  const pictures = createSqlitePictures({ database, sealer });
  const plans = createSqlitePlans({ database, sealer });
  const presence = createSqlitePresence({ database, sealer, random });
  const { analyseFootage, redactFootage, redactFrame, redactStill } = tools;
  const workStores = createSqliteWorkStores({ database, sealer, namer, blobs });
  const analyseRecording = createAnalyseRecording({
    blobs,
    recordings,
    sourceOf,
    analyseFootage,
    workOf: (recording) => workStores(recording, 'analysis'),
    recordCustody,
  });
  const keepCopy = createKeepCopy({ recordings, recordCustody, random });
  const redactRecording = createRedactRecording({
    blobs,
    recordings,
    sourceOf,
    redactFootage,
    folders: createProofFolders(folders),
    workOf: (recording) => workStores(recording, 'copy'),
    keepCopy,
  });
  const redactRecordedFrame = createRedactRecordedFrame({
    blobs,
    recordings,
    sourceOf,
    redactFrame,
    keepCopy,
  });
  const redactRecordedStill = createRedactRecordedStill({
    blobs,
    recordings,
    redactStill,
    keepCopy,
  });

  const packs = createSqlitePacks({ database, sealer });
  const papers = createSqlitePapers({ database, sealer });
  const confirmations = createSqliteLetterConfirmations({ database, sealer });
  const { templates, renderLetter: print, renderInventory } = await tools.letters();
  const letterRules = async () => ({
    ...templates,
    confirmed: byDigest(await confirmations.all()),
  });
  const renderLetter: RenderLetter = async (model, lang, options) =>
    print(model, lang, { confirmed: await confirmations.all(), ...options });
  const authorities = createHttpTimestamps(config.timestampUrls);
  const stampLater = createStampLater({
    packs,
    store: createSqliteTimestamps({ database }),
    authorities,
  });
  const verifyFiles = async () => loadVerifyFiles(TEMPLATES_DIR, (await tools.verifyPage()).bytes);
  const renderer = async () => {
    const chromium = (await inspectTools(config)).find(({ name }) => name === 'Chromium');
    return await nameRenderer({
      version: manifest.version,
      chromium: chromium?.version ?? 'unknown',
      fonts: await digestFonts(LETTER_FONT),
      templates: TEMPLATES_DIR,
    });
  };
  const packKeys = createPackKeys({
    store: {
      signer: (record) => keys.signer('pack', record),
      list: () => keys.list('pack'),
      replace: (record, given) => keys.replace('pack', record, given),
      privateKeyPem: keys.privateKeyPem,
      signerBy: keys.signerBy,
      revoke: keys.revoke,
    },
    custody,
    clock,
  });
  const sealPack = createSealPack({
    packs,
    blobs,
    custody,
    currentPapers: async () => (await papers.current()).map(({ id }) => id),
    signer: packKeys.signer,
    checkSignature: checkP256Signature,
    writeArchive,
    authorities,
    signLetter: createPadesLetters({ tokenOver: createTokenOver(authorities) }),
    verifyFiles,
  });
  const selectCases = createSelectCases({ store: cases });
  const consentsHold = createConsentsHold({ store: cases });
  const accounts = createSqliteAccounts({ database });
  const reviews = createSqliteReviews({ database, sealer });
  const reviewCase = createReviewCase({
    cases,
    reviews,
    anonymiser: tools.anonymiser,
    countLawyers: () => accounts.countByRole('lawyer'),
    recordCustody,
    clock,
  });
  const ledger = createSqliteReleaseLedger({ database, sealer });
  const planFigures = createPlanFigures({ ledger, lists, hierarchy: DEFAULT_HIERARCHY });
  const gatherPapers = createGatherPapers({ papers, blobs });
  const gatherPack = createGatherPack({
    selectCases,
    consentsHold,
    leaving: reviewCase.leaving,
    planFigures,
    present: (given) => presentCase({ ...given, lists }),
    recordings,
    presenceOf: async (log) =>
      publishPresence(presenceStates(vehiclesOnly(await presence.log(log)))),
    recipientOf: (type) => templates.types.get(type)!.recipient,
    papersOf: gatherPapers,
    random,
  });
  const texts = packTexts(templates);
  const letterOf = createPackLetter({
    texts,
    keySha256: async () => (await packKeys.current()).fingerprint,
  });
  const renderPack = createRenderPack({
    letterOf,
    renderLetter: print,
    confirmations: confirmations.all,
    renderInventory,
    texts,
  });
  const disclosure = createDisclosureControl({ ledger });
  const refuseEndedConsent = createRefuseEndedConsent({ consentsHold, recordings, clock });
  const hasConsentEnded = createHasConsentEnded({ packs, refuseEndedConsent });
  const submissions = createSqliteSubmissions({ database, sealer });
  const listPackUses = createListPackUses({
    packs,
    releases: ledger.releases,
    wasSent: async (pack) => (await submissions.submissionsOf(pack)).length > 0,
  });
  const followConsentChanges = createFollowConsentChanges({
    packUses: listPackUses,
    recordCustody,
    clock,
  });
  const build = createBuildPack({
    gatherPack,
    renderPack,
    scanRendered: createScanRendered({
      namesTakenOut: createNamesTakenOut({
        reviews,
        ownTexts: () => readOwnTexts(TEMPLATES_DIR),
      }),
      readText: readRenderedText,
    }),
    refuseEndedConsent,
    sealPack,
    packs,
    blobs,
    custody,
    disclosure,
    receiptOf: (given) => redactionReceipt(given),
    withheldReason: inEveryLanguage(templates.messages, 'pack.withheld'),
    generator: manifest.version,
    renderer,
    clock,
    random,
  });

  const reproduce = createReproducePack({
    packs,
    gatherPack,
    renderPack,
    redactAgain: createRedactAgain({
      blobs,
      plans,
      sourceOf,
      redactFootage,
      redactStill,
      folders: createProofFolders(folders),
    }),
    verifyFiles,
    listsOf: (blob) => listsOfSealed(blobs, blob),
    renderer,
    generator: manifest.version,
  });
  const reproducePack: ReproducePack = async (id, options) => {
    // In the words of then; asked by a command, which does nothing beside.
    Object.assign(lists, await editLists.at((await packs.draft(id)).sealedAt));
    return await reproduce(id, options);
  };

  // Jobs run in a process of their own, which does not see what was edited in another.
  const buildPack: BuildPack = async (...given) => {
    await followLists();
    return await build(...given);
  };
  const jobs = createJobs({
    store: createSqliteJobs({ database, sealer }),
    clock,
    namer,
    random,
    onFailure: ({ id, kind }, err) => log.warn({ job: id, kind, err }, 'job failed'),
    handlers: createJobHandlers({
      analyseRecording,
      makeProxy: createMakeProxy({ blobs, recordings, pictures, media: tools.media, sourceOf }),
      redactRecording,
      redactRecordedFrame,
      redactRecordedStill,
      buildPack,
      stampLater,
    }),
  });
  const keepCases = createKeepCases({ store: cases, lists, clock, random });
  const caseImports = createSqliteImports({
    db: database,
    sealer,
    namer,
    purge: () => purgeDeleted(database),
    random,
  });

  // Texts of a table that nobody accepted must not wait for the next import to go.
  await caseImports
    .forgetOld(clock.now())
    .catch((err) => log.warn({ err }, 'imports that nobody accepted are still there'));

  const followPacks = createFollowPacks({
    store: submissions,
    async findSealedPack(id) {
      const sealed = await packs.sealed(id);
      if (sealed === null) return null;
      const { sealedAt } = await packs.draft(id);
      return { statementSha256: sealed.statementSha256, sealedAt };
    },
    hasConsentEnded,
    recordCustody,
    blobs,
    clock,
    random,
  });
  return {
    lists,
    codeLists: {
      ...editLists,
      async replace(...given: Parameters<typeof editLists.replace>) {
        const edition = await editLists.replace(...given);
        await followLists();
        return edition;
      },
      async retire(...given: Parameters<typeof editLists.retire>) {
        const edition = await editLists.retire(...given);
        await followLists();
        return edition;
      },
    },
    cases,
    confirmations,
    letterRules,
    papers,
    gatherPapers,
    takePaper: createTakePaper({
      readPaper: tools.readPaper,
      blobs,
      papers,
      recordCustody,
      clock,
      random,
    }),
    destroyPaper: createDestroyPaper({ blobs, papers, recordCustody }),
    listPapers: createListPapers({ papers, papersOfPacks: packs.papersOfPacks }),
    letterVariants: createSqliteLetterVariants({ database, sealer }),
    renderLetter,
    keepCases,
    tellJourney: createTellJourney({
      store: cases,
      reviews,
      importOf: caseImports.importOf,
      releases: ledger.releases,
    }),
    askConsent: createAskConsent({ store: cases }),
    takeConsentAnswers: createTakeConsentAnswers({
      store: cases,
      keepCases,
      readTable: createTableReader(),
      lists,
      clock,
      followChanges: followConsentChanges,
    }),
    followConsentChanges,
    listLostPacks: createListLostPacks({ packUses: listPackUses, store: cases, clock }),
    imports: createCaseImports({
      store: cases,
      imports: caseImports,
      readTable: createTableReader(),
      lists,
      clock,
      random,
      published: async () => publishedCases(await ledger.releases()),
      recordCustody,
    }),
    selectCases,
    planFigures,
    disclosure,
    reviewCase,
    reportRisk: createReportRisk({ selectCases, planFigures, disclosure, reviewCase }),
    tellRisk: async (report: RiskReport, lang: Language) =>
      tellRisk(report, { say: templates.messages[lang], lang, lists }),
    packs,
    gatherPack,
    previewDisclosure: createPreviewDisclosure({
      disclosure,
      storiesOfFew,
      registryCodeOf: async (id) => (await cases.find(id)).registryCode,
    }),
    renderPack,
    judgePackLetter: createJudgePackLetter({
      letterOf,
      refuseUnready: async (model) => void readyLetter(model, await letterRules(), { seals: true }),
    }),
    buildPack,
    /** Seals a draft once more, as after a crash; consent is asked as if it were the first time. */
    async sealPack(...[id, options]: Parameters<SealPack>) {
      await refuseEndedConsent(await packs.draft(id));
      return await sealPack(id, options);
    },
    stampLater,
    openItem: createOpenItem({
      packs,
      itemConsent: createItemConsent({ consentsHold, recordings, clock }),
      custody,
    }),
    reproducePack,
    makeAuditorFile: createMakeAuditorFile({
      packs,
      refuseEndedConsent,
      custody,
      encrypt: encryptWithAge,
    }),
    refuseEndedConsent,
    hasConsentEnded,
    deliverPack: createDeliverPack({
      packs,
      refuseEndedConsent,
      readSealedPack: createSealedPackReader({ blobs }),
      custody,
    }),
    blobs,
    recordings,
    plans,
    presence,
    pictures,
    getPicture: createGetRecordedPicture({
      blobs,
      pictures,
      recordings,
      sourceOf,
      exportPicture: tools.exportPicture,
    }),
    sourceOf,
    ingestRecording: createIngestRecording({ blobs, recordings, recordCustody, random }),
    analyseRecording,
    redactRecording,
    redactRecordedStill,
    custody,
    keys,
    packKeys,
    followPacks,
    followUpPack: createFollowUpPack({
      followPacks,
      async letterOf(pack) {
        const letter = (await packs.draft(pack)).recipe?.order.letter;
        if (letter === undefined) return null;
        const { types, terms, confirmed } = await letterRules();
        // Only where a reminder can be sent: another reader's terms are not those of this law.
        const reminded = types.get('reminder')!.recipient === types.get(letter.type)!.recipient;
        return {
          number: letter.outgoing.number,
          date: letter.outgoing.date,
          async termFrom(registered) {
            const term = reminded ? termIfKnown(registered, terms) : null;
            if (term === null) return null;
            const { due, provisional, digest } = term;
            return { due, provisional, confirmed: confirmed.term.has(digest) };
          },
        };
      },
      clock,
    }),
    /** For the process that does the jobs. */
    vaultKey: vault.key(),
    jobs,
    /** Asks again the authorities that gave no time stamp to a pack, as jobs. */
    async retryTimestamps() {
      for (const wanted of await stampLater.lacking()) await jobs.submit('stamp-pack', wanted);
    },
    close: () => loopback.close(),
  };
}

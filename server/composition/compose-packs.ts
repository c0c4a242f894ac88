import manifest from '../../package.json' with { type: 'json' };
import { writeArchive } from '../adapters/archiver-packs.ts';
import { digestFonts } from '../adapters/font-files.ts';
import { toolVersion } from '../adapters/installed-tools.ts';
import { encryptWithAge } from '../adapters/keys/age-recipients.ts';
import { createHttpTimestamps } from '../adapters/keys/http-timestamps.ts';
import { checkP256Signature } from '../adapters/keys/p256-signatures.ts';
import { nameRenderer } from '../adapters/name-renderer.ts';
import { createSealedPackReader } from '../adapters/opened-pack.ts';
import { readOwnTexts } from '../adapters/own-texts.ts';
import { loadVerifyFiles } from '../adapters/pack-verify-files.ts';
import { readRenderedText } from '../adapters/pdf/pdf-text.ts';
import { listsOfSealed } from '../adapters/sqlite/sealed-lists.ts';
import type { Vault } from '../adapters/vault/vault.ts';
import { createNamesTakenOut } from '../cases/anonymise/names-taken-out.ts';
import type { CodeLists } from '../cases/codes/code-lists.ts';
import { findMediaJoins } from '../cases/disclosure/media-joins.ts';
import { storiesOfFew } from '../cases/disclosure/stories-of-few.ts';
import { presentCase } from '../cases/present.ts';
import { type Config, TEMPLATES_DIR } from '../config.ts';
import type { CustodyLog } from '../custody/custody-log.ts';
import { redactionReceipt } from '../footage/copy/redaction-receipt.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { readyLetter } from '../letters/ready-letter.ts';
import { createBuildPack } from '../packs/build-pack.ts';
import { createDeliverPack } from '../packs/deliver-pack.ts';
import { createFindToldBesideFootage } from '../packs/find-told-beside-footage.ts';
import { createGatherPack } from '../packs/gather-pack.ts';
import { createHasConsentEnded } from '../packs/has-consent-ended.ts';
import { createItemConsent } from '../packs/item-consent.ts';
import { createJudgePackLetter } from '../packs/judge-pack-letter.ts';
import { createMakeAuditorFile } from '../packs/make-auditor-file.ts';
import { createMomentsOfOrder } from '../packs/moments-of-order.ts';
import { createOpenItem } from '../packs/open-item.ts';
import { createPackKeys } from '../packs/pack-keys.ts';
import { createPackLetter } from '../packs/pack-letter.ts';
import type { SignLetter } from '../packs/ports.ts';
import { createPreviewDisclosure } from '../packs/preview-disclosure.ts';
import { createRefuseEndedConsent } from '../packs/refuse-ended-consent.ts';
import { createRenderPack } from '../packs/render-pack.ts';
import { createReproducePack } from '../packs/reproduce-pack.ts';
import { createScanRendered } from '../packs/scan-rendered.ts';
import { createSealPack, type SealPack } from '../packs/seal-pack.ts';
import { createStampLater } from '../packs/stamp-later.ts';
import type { CaseParts } from './compose-cases.ts';
import type { FootageParts } from './compose-footage.ts';
import type { LetterParts } from './compose-letters.ts';
import type { Stores } from './compose-stores.ts';
import type { Letters, Tools } from './compose-tools.ts';
import { inEveryLanguage, packTexts } from './pack-texts.ts';
import { presenceMoments, presenceTold } from './presence-told.ts';

/** What is done with packs: gathered, rendered, sealed, opened, reproduced, delivered. */
export type PackParts = ReturnType<typeof composePacks>;

/** The family that the style sheet of letters names. */
const LETTER_FONT = 'Noto Serif';

/** Builds it. */
export function composePacks(deps: {
  config: Config;
  stores: Stores;
  vault: Pick<Vault, 'blobs' | 'keys'>;
  lists: CodeLists;
  tools: Tools;
  letters: Letters;
  custody: CustodyLog;
  clock: Clock;
  random: RandomBytes;
  cases: CaseParts;
  footage: FootageParts;
  letterParts: LetterParts;
}) {
  const { config, stores, lists, tools, letters, custody, clock, random, footage } = deps;
  const { blobs, keys } = deps.vault;
  const { packs, recordings, presence, papers, confirmations, reviews } = stores;
  const { selectCases, consentsHold, reviewCase, planFigures, disclosure } = deps.cases;
  const { gatherPapers, letterRules } = deps.letterParts;
  const { templates } = letters;

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
  const authorities = createHttpTimestamps(config.timestampUrls);
  const signLetter: SignLetter = async (...letter) => {
    // Read when something is sealed: most of what is done seals nothing.
    const [{ createTokenOver }, { createPadesLetters }] = await Promise.all([
      import('../adapters/pdf/letter-timestamps.ts'),
      import('../adapters/pdf/pades-letters.ts'),
    ]);
    return await createPadesLetters({ tokenOver: createTokenOver(authorities) })(...letter);
  };
  const verifyFiles = async () => loadVerifyFiles(TEMPLATES_DIR, (await tools.verifyPage()).bytes);
  const renderer = async () => {
    return await nameRenderer({
      version: manifest.version,
      chromium: (await toolVersion('Chromium', config)) ?? 'unknown',
      fonts: await digestFonts(LETTER_FONT),
      templates: TEMPLATES_DIR,
    });
  };
  const refuseEndedConsent = createRefuseEndedConsent({ consentsHold, recordings, clock });

  const gatherPack = createGatherPack({
    selectCases,
    consentsHold,
    leaving: reviewCase.leaving,
    planFigures,
    present: (given) => presentCase({ ...given, lists }),
    recordings,
    presenceOf: async (log) => presenceTold(await presence.log(log)),
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
    renderLetter: letters.renderLetter,
    confirmations: confirmations.all,
    renderInventory: letters.renderInventory,
    texts,
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
    signLetter,
    verifyFiles,
  });
  const momentsOfOrder = createMomentsOfOrder({
    ledger: stores.ledger,
    packs,
    momentsOf: async (log) => presenceMoments(await presence.log(log)),
  });
  const toldBesideFootage = createFindToldBesideFootage({
    caseOf: stores.cases.find,
    momentsOfOrder,
    mediaJoins: findMediaJoins,
  });
  return {
    packKeys,
    gatherPack,
    renderPack,
    judgePackLetter: createJudgePackLetter({
      letterOf,
      refuseUnready: async (model) => void readyLetter(model, await letterRules(), { seals: true }),
    }),
    previewDisclosure: createPreviewDisclosure({
      disclosure,
      storiesOfFew,
      caseOf: stores.cases.find,
      mediaJoins: findMediaJoins,
      momentsOfOrder,
      toldBesideFootage,
    }),
    buildPack: createBuildPack({
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
      toldBesideFootage,
      receiptOf: (given) => redactionReceipt(given),
      withheldReason: inEveryLanguage(templates.messages, 'pack.withheld'),
      generator: manifest.version,
      renderer,
      clock,
      random,
    }),
    /** Seals a draft once more, as after a crash; consent is asked as if it were the first time. */
    async sealPack(...[id, options]: Parameters<SealPack>) {
      await refuseEndedConsent(await packs.draft(id));
      return await sealPack(id, options);
    },
    stampLater: createStampLater({ packs, store: stores.timestamps, authorities }),
    reproducePack: createReproducePack({
      packs,
      gatherPack,
      renderPack,
      redactAgain: footage.redactAgain,
      verifyFiles,
      listsOf: (blob) => listsOfSealed(blobs, blob),
      renderer,
      generator: manifest.version,
    }),
    openItem: createOpenItem({
      packs,
      itemConsent: createItemConsent({ consentsHold, recordings, clock }),
      custody,
    }),
    makeAuditorFile: createMakeAuditorFile({
      packs,
      refuseEndedConsent,
      custody,
      encrypt: encryptWithAge,
    }),
    refuseEndedConsent,
    hasConsentEnded: createHasConsentEnded({ packs, refuseEndedConsent }),
    deliverPack: createDeliverPack({
      packs,
      refuseEndedConsent,
      readSealedPack: createSealedPackReader({ blobs }),
      custody,
    }),
  };
}

import { availableParallelism } from 'node:os';
import { createChromiumPages } from '../adapters/chromium/chromium-pages.ts';
import { createChromiumPrinter } from '../adapters/chromium/chromium-printer.ts';
import { freeBytes } from '../adapters/disk-space.ts';
import { buildVerifyPage, type VerifyPage } from '../adapters/esbuild-pages.ts';
import { createFfmpegMedia } from '../adapters/ffmpeg/ffmpeg-media.ts';
import { loadPdfTemplates } from '../adapters/pdf/pdf-templates.ts';
import { createPopplerPapers } from '../adapters/pdf/poppler-papers.ts';
import { createSharpPictures } from '../adapters/sharp-pictures.ts';
import { createSharpStills } from '../adapters/sharp-stills.ts';
import { createTableReader } from '../adapters/tables/table-reader.ts';
import {
  type AnonymisedText,
  type AnonymiseOptions,
  anonymiseText,
} from '../cases/anonymise/anonymise-text.ts';
import { createKnowledge } from '../cases/anonymise/find-traces.ts';
import { createLexicon } from '../cases/anonymise/lexicon.ts';
import { DEFAULT_CODE_LISTS } from '../cases/codes/code-lists.ts';
import { createProposeMapping, type ProposeMapping } from '../cases/import/propose-mapping.ts';
import { type Config, TEMPLATES_DIR } from '../config.ts';
import { type AnalyseFootage, createAnalyseFootage } from '../footage/analysis/analyse-footage.ts';
import { createExportPicture, type ExportPicture } from '../footage/analysis/export-pictures.ts';
import { createRedactFootage, type RedactFootage } from '../footage/copy/redact-footage.ts';
import type { FootageMedia } from '../footage/ports.ts';
import {
  createProposeStillPlan,
  type ProposeStillPlan,
} from '../footage/stills/propose-still-plan.ts';
import { createRedactFrame, type RedactFrame } from '../footage/stills/redact-frame.ts';
import { createRedactStill, type RedactStill } from '../footage/stills/redact-still.ts';
import type { LetterTemplates, ReadPaper } from '../letters/ports.ts';
import { createRenderInventory, type RenderInventory } from '../letters/render-inventory.ts';
import { createRenderLetter, type RenderLetter } from '../letters/render-letter.ts';

/** Each takes memory of its own: two tools with their frames. */
const MOST_CHUNKS_AT_ONCE = 8;

/** Letters and their annexes; Chromium starts with the first of them. */
export interface Letters {
  readonly templates: LetterTemplates;
  readonly renderLetter: RenderLetter;
  readonly renderInventory: RenderInventory;
}

/** Proposes how a text is told without leading to anybody. */
export type Anonymise = (raw: string, options?: AnonymiseOptions) => AnonymisedText;

/** What needs neither vault nor database. */
export interface Tools {
  readonly analyseFootage: AnalyseFootage;
  readonly redactFootage: RedactFootage;
  readonly redactFrame: RedactFrame;
  readonly redactStill: RedactStill;
  readonly proposeStillPlan: ProposeStillPlan;
  readonly exportPicture: ExportPicture;
  readonly media: FootageMedia;
  readonly readPaper: ReadPaper;
  readonly proposeMapping: ProposeMapping;
  /** Reads the dictionaries, once. */
  anonymiser(): Promise<Anonymise>;
  /** The page that judges packs, made once. */
  verifyPage(): Promise<VerifyPage>;
  /** Reads the templates, once. */
  letters(): Promise<Letters>;
  close(): Promise<void>;
}

/** Builds what needs neither vault nor database. Nothing is started before it is used. */
export function composeTools(config: Pick<Config, 'ffmpegPath' | 'chromiumPath'>): Tools {
  const media = createFfmpegMedia({ ffmpegPath: config.ffmpegPath });
  const analyseFootage = createAnalyseFootage({ media });
  const pictures = createSharpStills();
  const pages = createChromiumPages(config.chromiumPath);
  let letters: Promise<Letters> | undefined;
  let page: Promise<VerifyPage> | undefined;
  let anonymiser: Promise<Anonymise> | undefined;

  async function composeAnonymiser(): Promise<Anonymise> {
    // Reading them takes a while: only those wait who need them.
    const { readSpellingDictionaries } = await import('../adapters/spelling-dictionaries.ts');
    const known = createKnowledge(createLexicon(readSpellingDictionaries()));
    return (raw, options) => anonymiseText(raw, known, options);
  }

  async function composeLetters(): Promise<Letters> {
    const templates = await loadPdfTemplates(TEMPLATES_DIR);
    const printer = createChromiumPrinter({ pages });
    return {
      templates,
      renderLetter: createRenderLetter({ printer, templates }),
      renderInventory: createRenderInventory({ printer, templates }),
    };
  }

  return {
    analyseFootage,
    redactFootage: createRedactFootage({
      media,
      analyseFootage,
      freeBytes,
      // Even on two processors two are faster than one: one starts or ends while the other is at work.
      chunksAtOnce: Math.min(MOST_CHUNKS_AT_ONCE, availableParallelism()),
    }),
    redactFrame: createRedactFrame({ media, analyseFootage, pictures }),
    redactStill: createRedactStill({ pictures }),
    proposeStillPlan: createProposeStillPlan({ pictures }),
    media,
    readPaper: createPopplerPapers({ pictures }),
    exportPicture: createExportPicture({ media, codec: createSharpPictures() }),
    proposeMapping: createProposeMapping({
      readTable: createTableReader(),
      lists: DEFAULT_CODE_LISTS,
    }),
    anonymiser() {
      anonymiser ??= composeAnonymiser();
      return anonymiser;
    },
    verifyPage() {
      page ??= buildVerifyPage(TEMPLATES_DIR);
      return page;
    },
    letters() {
      letters ??= composeLetters();
      return letters;
    },
    close: () => pages.close(),
  };
}

import type { Sha256 } from '../kernel/digest.ts';
import type { UnreadText } from '../letters/checks/kyrgyz-texts.ts';
import type { ConfirmedDigest } from '../letters/grounds/confirmations.ts';
import type { AttachedFile } from '../letters/ports.ts';
import type { RenderInventory } from '../letters/render-inventory.ts';
import type { RenderLetter } from '../letters/render-letter.ts';
import type { Language, Localized } from '../letters/writing/language.ts';
import type { GatheredPack } from './gather-pack.ts';
import type { PackLetter } from './pack-letter.ts';
import type { PackOrder } from './pack-order.ts';
import type { PackTexts } from './pack-texts.ts';
import { listedFile, type RenderedFile } from './rendered-file.ts';

/** All files of the payload but the media, and what a lawyer must look at before sealing. */
export interface RenderedPack {
  readonly files: readonly RenderedFile[];
  /** Digest of the key that the letter names. */
  readonly keySha256: Sha256;
  readonly warnings: readonly Localized[];
  /** What was confirmed when it was rendered: marks of doubt and warnings follow from it. */
  readonly confirmed: readonly ConfirmedDigest[];
  /** The Kyrgyz texts of the letter that no named reader has confirmed. */
  readonly unread: readonly UnreadText[];
}

/** Where the letter lies in a pack. */
export const letterPath = (lang: Language) => `data/letter/complaint.${lang}.pdf`;

/** Where the inventory of the disc lies in a pack. */
export const inventoryPath = (lang: Language) => `data/annex/inventory.${lang}.pdf`;

/** How far the rendering has come. */
export type OnRendered = (done: number, total: number) => void;

/** Renders the letter with its annexes, and the inventory of its files. */
export type RenderPack = (
  order: PackOrder,
  gathered: GatheredPack,
  options?: {
    /** Digest of the key that the letter names; the signing key's when left out. */
    keySha256?: Sha256;
    /** What counts as confirmed; all that is so now when left out. */
    confirmed?: readonly ConfirmedDigest[];
    onRendered?: OnRendered;
    signal?: AbortSignal;
    /** Whether the letters get the files that the order asks to be attached; they do when left out. */
    attaches?: boolean;
    /** Whether a seal follows: what keeps the letter from it is then thrown. */
    seals?: boolean;
  },
) => Promise<RenderedPack>;

const LANGUAGES: readonly Language[] = ['ky', 'ru', 'en'];

/**
 * Creates the rendering of a pack's documents: the letter with all annexes bound behind it, which
 * hold the digests of the other files, and then the inventory, which holds those of the letter too.
 *
 * @throws what the rendering of letters throws, and {PackError} as `letterOfPack` does.
 */
export function createRenderPack(deps: {
  letterOf: PackLetter;
  renderLetter: RenderLetter;
  confirmations: () => Promise<readonly ConfirmedDigest[]>;
  renderInventory: RenderInventory;
  texts: Pick<PackTexts, 'letterTitle' | 'inventoryTitle'>;
}): RenderPack {
  const { letterOf, renderLetter, confirmations, renderInventory, texts } = deps;

  return async function renderPack(order, gathered, options = {}) {
    const { onRendered, signal, seals = false, attaches = true } = options;
    const { model, files, keySha256 } = await letterOf(order, gathered, options.keySha256);
    // Read once, so that the letter says the same in every language.
    const confirmed = options.confirmed ?? (await confirmations()).map(digestOnly);
    const attachments = order.attachFiles && attaches ? files.filter(isData) : [];
    const total = 2 * LANGUAGES.length;
    let warnings: readonly Localized[] = [];
    let unread: readonly UnreadText[] = [];
    const letters: RenderedFile[] = [];
    for (const lang of LANGUAGES) {
      signal?.throwIfAborted();
      const letter = await renderLetter(model, lang, { seals, confirmed, attachments });
      const title = texts.letterTitle(order.letter);
      letters.push(pdfFile(letterPath(lang), 'letter', title, letter));
      // They are the same in every language's letter.
      ({ warnings, unread } = letter);
      onRendered?.(letters.length, total);
    }
    const inventories: RenderedFile[] = [];
    for (const lang of LANGUAGES) {
      signal?.throwIfAborted();
      const inventory = await renderInventory(model, letters.map(listedFile), lang);
      inventories.push(pdfFile(inventoryPath(lang), 'annex', texts.inventoryTitle, inventory));
      onRendered?.(letters.length + inventories.length, total);
    }
    return {
      files: [...letters, ...inventories, ...files],
      keySha256,
      warnings,
      confirmed,
      unread,
    };
  };
}

const isData = (file: RenderedFile): file is RenderedFile & AttachedFile =>
  file.role === 'case' || file.role === 'statistics';
const digestOnly = ({ of, digest }: ConfirmedDigest): ConfirmedDigest => ({ of, digest });

function pdfFile(
  path: string,
  role: RenderedFile['role'],
  title: Localized,
  { pdf, contentSha256 }: { pdf: Uint8Array; contentSha256: Sha256 },
): RenderedFile {
  return { path, role, mediaType: 'application/pdf', title, bytes: pdf, contentSha256 };
}

import type { PresenceKind } from '../footage/presence-log.ts';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../kernel/digest.ts';
import type { Language, Localized } from '../letters/language.ts';
import type { Annex, LetterModel } from '../letters/letter-model.ts';
import type { AnnexKind, RenderAnnex } from '../letters/render-annex.ts';
import type { RenderLetter } from '../letters/render-letter.ts';
import type { GatheredCase, GatheredPack } from './gather-pack.ts';
import { letterOfPack } from './letter-of-pack.ts';
import type { PackOrder } from './pack-order.ts';
import { periodOfPack } from './period-of-pack.ts';

/** A file of the pack that was made while packing, whole. */
export interface RenderedFile {
  readonly path: string;
  readonly role: 'letter' | 'annex' | 'case' | 'statistics';
  readonly mediaType: 'application/pdf' | 'application/json' | 'text/csv';
  readonly title: Localized;
  readonly bytes: Uint8Array;
}

/** All files of the payload but the media, and what a lawyer must look at before sealing. */
export interface RenderedPack {
  readonly files: readonly RenderedFile[];
  readonly warnings: readonly string[];
}

/** Texts of a pack for people, in every language. */
export interface PackTexts {
  letterTitle(kind: LetterModel['kind']): Localized;
  annexTitle(
    role: 'statistics' | 'presence' | 'cases' | 'media' | 'tables' | 'exhibits',
  ): Localized;
  caseTitle(exhibit: string): Localized;
  presenceKind(kind: PresenceKind): Localized;
}

/** Where the letter lies in a pack. */
export const letterPath = (lang: Language) => `data/letter/complaint.${lang}.pdf`;

/** How far the rendering has come. */
export type OnRendered = (done: number, total: number) => void;

/** Renders the letter and its annexes. */
export type RenderPack = (
  order: PackOrder,
  gathered: GatheredPack,
  options?: { onRendered?: OnRendered; signal?: AbortSignal },
) => Promise<RenderedPack>;

const LANGUAGES: readonly Language[] = ['ky', 'ru', 'en'];

/** An annex while it is being made: its files, and how many sheets its PDF has in each language. */
interface DraftAnnex {
  readonly role: Annex['role'];
  readonly title: Localized;
  readonly files: Annex['files'];
  readonly sheets?: Readonly<Record<Language, number>>;
}

/**
 * Creates the rendering of a pack's documents. Each holds digests of what was made before it: the
 * annexes of statistics, presence and cases first, then the list of all files, the letter last.
 *
 * @throws what the rendering of letters throws, and {PackError} as `letterOfPack` does.
 */
export function createRenderPack(deps: {
  renderLetter: RenderLetter;
  renderAnnex: RenderAnnex;
  texts: PackTexts;
}): RenderPack {
  const { renderLetter, renderAnnex, texts } = deps;

  return async function renderPack(order, gathered, { onRendered, signal } = {}) {
    const { summary, cases, media, presence } = gathered;
    const period = periodOfPack(order, gathered);
    const annexes: DraftAnnex[] = [];
    const files: RenderedFile[] = [];
    const kinds: AnnexKind[] = [
      'statistics',
      ...(presence === null ? [] : ['presence' as const]),
      ...(cases.length === 0 ? [] : ['cases' as const]),
    ];
    const total = (kinds.length + 2) * LANGUAGES.length;
    let done = 0;

    const model = (lang: Language) =>
      letterOfPack(order, {
        summary,
        period,
        cases,
        presence,
        presenceKind: texts.presenceKind,
        annexes: annexes.map((annex, i) => numbered(annex, i + 1, lang)),
      });

    async function print(kind: AnnexKind, add: readonly RenderedFile[] = []): Promise<void> {
      const title = texts.annexTitle(kind);
      // Its own number must be printed on it: it stands in the list before its files are known.
      annexes.push({ role: kind, title, files: [] });
      const own: Array<{ file: RenderedFile; lang: Language }> = [];
      const sheets = { ky: 0, ru: 0, en: 0 };
      for (const lang of LANGUAGES) {
        signal?.throwIfAborted();
        const { pdf, pages } = await renderAnnex(kind, model(lang), lang);
        sheets[lang] = pages;
        own.push({ file: pdfFile(`data/annex/${kind}.${lang}.pdf`, 'annex', title, pdf), lang });
        onRendered?.(++done, total);
      }
      files.push(...own.map(({ file }) => file), ...add);
      annexes[annexes.length - 1] = {
        role: kind,
        title,
        sheets,
        files: [
          ...own.map(({ file, lang }) => listed(file, lang)),
          ...add.map((file) => listed(file)),
        ],
      };
    }

    for (const kind of kinds) await print(kind, kind === 'cases' ? cases.map(caseFile) : []);
    const tables = summary.tables.map(
      ({ name, title, csvBytes }): RenderedFile => ({
        path: `data/statistics/${name}.csv`,
        role: 'statistics',
        mediaType: 'text/csv',
        title,
        bytes: csvBytes,
      }),
    );
    if (tables.length > 0) {
      files.push(...tables);
      annexes.push({
        role: 'tables',
        title: texts.annexTitle('tables'),
        files: tables.map((file) => listed(file)),
      });
    }
    if (media.length > 0) {
      annexes.push({
        role: 'media',
        title: texts.annexTitle('media'),
        files: media.map(({ exhibit, copy }) => ({
          path: mediaPath(exhibit, copy.mediaType),
          sha256: copy.sha256,
          sizeBytes: copy.sizeBytes,
        })),
      });
    }
    await print('exhibits');

    const warnings = new Set<string>();
    for (const lang of LANGUAGES) {
      signal?.throwIfAborted();
      const letter = await renderLetter(model(lang), lang);
      const path = letterPath(lang);
      files.push(pdfFile(path, 'letter', texts.letterTitle(order.letter.kind), letter.pdf));
      for (const warning of letter.warnings) warnings.add(warning);
      onRendered?.(++done, total);
    }
    return { files, warnings: [...warnings] };
  };

  function caseFile({ published }: GatheredCase): RenderedFile {
    return {
      path: `data/cases/${published.exhibit}.json`,
      role: 'case',
      mediaType: 'application/json',
      title: texts.caseTitle(published.exhibit),
      bytes: new TextEncoder().encode(canonicalJson(published as unknown as JsonValue)),
    };
  }
}

const EXTENSIONS = {
  'video/mp4': 'mp4',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
} as const;

/** Where an exhibit's copy lies in the pack. */
export function mediaPath(exhibit: string, mediaType: keyof typeof EXTENSIONS): string {
  return `data/media/${exhibit}.${EXTENSIONS[mediaType]}`;
}

function pdfFile(
  path: string,
  role: RenderedFile['role'],
  title: Localized,
  bytes: Uint8Array,
): RenderedFile {
  return { path, role, mediaType: 'application/pdf', title, bytes };
}

function listed(file: RenderedFile, lang?: Language): Annex['files'][number] {
  const { path, bytes } = file;
  const digest: Sha256 = sha256(bytes);
  return { path, sha256: digest, sizeBytes: bytes.length, ...(lang === undefined ? {} : { lang }) };
}

function numbered(annex: DraftAnnex, number: number, lang: Language): Annex {
  const { role, title, files, sheets } = annex;
  return { number, role, title, files, ...(sheets === undefined ? {} : { sheets: sheets[lang] }) };
}

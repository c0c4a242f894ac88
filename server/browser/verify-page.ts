/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { VerificationError } from '../verification/errors.ts';
import { type Earlier, judgeChain } from '../verification/judge-chain.ts';
import type { Report, SupersededChain } from '../verification/report.ts';
import { reportInWords } from '../verification/report-in-words.ts';
import { type PageText, type PageTexts, pageText } from './page-text.ts';
import { readExtras } from './read-extras.ts';
import { type BroughtKeys, readOrigin } from './read-origin.ts';
import { element, showReport } from './show-report.ts';
import { verifyFile } from './verify-file.ts';

// The page verify.html: reads the form, judges, shows. What it looks like is in templates/pages.

const SHOW_EVERY_MS = 100;
const KEY_BYTE_LIMIT = 65_536;
const texts = JSON.parse(byId('texts').textContent) as PageTexts;
const packInput = byId<HTMLInputElement>('pack');
const keyFile = byId<HTMLInputElement>('key-file');
const keyText = byId<HTMLTextAreaElement>('key-text');
const extraFiles = byId<HTMLInputElement>('extra-files');
const drop = byId('drop');
const result = byId('result');

let text: PageText = pageText(texts, firstLanguage());
let shown: { report: Report & { chain?: SupersededChain }; fileName: string } | null = null;
let live: string | null = null;
let fault: string | null = null;
let run: AbortController | null = null;

for (const radio of document.querySelectorAll<HTMLInputElement>('[name=language]')) {
  radio.checked = radio.value === text.language;
  radio.addEventListener('change', () => {
    text = pageText(texts, radio.value);
    say();
  });
}
byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
byId('cancel').addEventListener('click', () => run?.abort());
for (const field of [packInput, keyFile, keyText, extraFiles]) {
  field.addEventListener('input', forget);
}
for (const kind of ['dragover', 'dragleave', 'drop'] as const) {
  drop.addEventListener(kind, (event) => drop.classList.toggle('over', event.type === 'dragover'));
}
// Anywhere else, a dropped file would take the page's place.
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const files = event.dataTransfer?.files;
  if (run !== null || files === undefined || files.length !== 1) return;
  packInput.files = files;
  forget();
});
say();
byId('app').hidden = false;

/** A verdict must not stand beside another pack or key than the ones it is about. */
function forget(): void {
  shown = null;
  live = null;
  fault = null;
  say();
}

/** Writes every text of the page again, in the language that is chosen. */
function say(): void {
  document.documentElement.lang = text.language;
  document.title = text('title');
  for (const place of document.querySelectorAll<HTMLElement>('[data-t]')) {
    place.textContent = text(place.dataset.t!);
  }
  const file = packInput.files?.[0];
  byId('pack-chosen').textContent =
    file === undefined ? '' : text('chosen', { name: file.name, size: megabytes(file.size) });
  // The verdict says it to eyes.
  byId('live').classList.toggle('unseen', shown !== null);
  byId('live').textContent = live === null ? '' : text(live);
  byId('fault').hidden = fault === null;
  byId('fault').textContent = fault === null ? '' : text(fault);
  result.hidden = shown === null;
  result.replaceChildren(
    ...(shown === null
      ? []
      : [...showReport(shown.report, shown.fileName, text), actions(shown.report)]),
  );
}

async function check(): Promise<void> {
  if (run !== null) return;
  shown = null;
  live = null;
  const file = packInput.files?.[0];
  if (file === undefined) return refuse('needPack', packInput);
  if (globalThis.crypto?.subtle === undefined) return refuse('noCrypto');
  const origin = await broughtOrigin();
  if (typeof origin === 'string') return refuse(origin, keyText);
  const brought = await readExtras([...(extraFiles.files ?? [])]).catch(() => null);
  if (brought === null) return refuse('badExtra', extraFiles);
  const { earlier, ...extras } = brought;
  fault = null;
  run = new AbortController();
  working(true);
  say();
  let shownAt = 0;
  try {
    const how = {
      signal: run.signal,
      onProgress(done: number, total: number) {
        const now = performance.now();
        if (now - shownAt < SHOW_EVERY_MS) return;
        shownAt = now;
        progress(done, total);
      },
    };
    const report = await verifyFile(file, { ...origin, ...extras, ...how });
    const judged: Earlier[] = [];
    // The key of an earlier pack is its own: what replaces it names the digest of its statement.
    for (const one of earlier) {
      if (typeof one === 'string') judged.push({ statement: one });
      else judged.push({ report: await verifyFile(one, { ...logKeyOf(origin), ...how }) });
    }
    const chain = judged.length === 0 ? {} : { chain: judgeChain(report, judged) };
    shown = { report: { ...report, ...chain }, fileName: file.name };
    live = `meaning.${report.verdict}`;
  } catch (error) {
    if (run.signal.aborted) live = 'cancelled';
    else fault = `error.${error instanceof VerificationError ? error.code : 'other'}`;
  }
  run = null;
  working(false);
  say();
  if (shown !== null) result.focus();
  else if (fault !== null) byId('fault').focus();
  else packInput.focus();
}

function logKeyOf({ logKeyPem }: BroughtKeys): BroughtKeys {
  return logKeyPem === undefined ? {} : { logKeyPem };
}

/** What was brought, or the key of the text that says why it cannot be used. */
async function broughtOrigin(): Promise<BroughtKeys | string> {
  const file = keyFile.files?.[0];
  if (file !== undefined && keyText.value.trim() !== '') return 'twoOrigins';
  if (file !== undefined && file.size > KEY_BYTE_LIMIT) return 'badOrigin';
  try {
    const brought = readOrigin(file === undefined ? keyText.value : await file.text());
    // An empty file is no key, though an empty field is no mistake.
    if (brought === null || (file !== undefined && Object.keys(brought).length === 0)) {
      return 'badOrigin';
    }
    return brought;
  } catch {
    return 'badOrigin';
  }
}

function refuse(key: string, field?: HTMLElement): void {
  fault = key;
  say();
  for (const one of [packInput, keyText, extraFiles]) one.removeAttribute('aria-invalid');
  field?.setAttribute('aria-invalid', 'true');
  byId('fault').focus();
}

function working(on: boolean): void {
  byId('form').hidden = on;
  byId('progress').hidden = !on;
  for (const one of [packInput, keyText, extraFiles]) one.removeAttribute('aria-invalid');
  if (!on) return;
  progress(0, packInput.files![0]!.size);
  byId('cancel').focus();
}

function progress(done: number, total: number): void {
  byId<HTMLProgressElement>('bar').value = total === 0 ? 0 : (100 * done) / total;
  byId('done').textContent = text('working', { done: megabytes(done), total: megabytes(total) });
}

function actions(report: Report & { chain?: SupersededChain }): HTMLElement {
  const save = element('button', { type: 'button', id: 'save' }, text('saveReport'));
  save.addEventListener('click', () => {
    // As `dalil verify --json` prints it, in the language that the page has now.
    const json = JSON.stringify(reportInWords(report, text), null, 2);
    const bytes = new Blob([`${json}\n`], { type: 'application/json' });
    const href = URL.createObjectURL(bytes);
    const name = `${report.pack ?? 'pack'}-verification.json`;
    element('a', { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  });
  const print = element('button', { type: 'button', id: 'print' }, text('print'));
  print.addEventListener('click', () => window.print());
  return element('div', { class: 'actions' }, save, print);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 1_000_000 ? 3 : bytes < 10_000_000 ? 1 : 0);
}

function firstLanguage(): string {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => tag in texts) ?? 'ru';
}

function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

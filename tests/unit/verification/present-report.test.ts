import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../server/letters/writing/language.ts';
import { FINDINGS, STEPS } from '../../../server/verification/findings.ts';
import { presentReport } from '../../../server/verification/present-report.ts';
import { UNPROVED } from '../../../server/verification/verdict.ts';
import { judge, packInMemory, verifyPack } from '../../builders/judged-pack.ts';
import { putTogether, refilled, renamed, takeApart } from '../../builders/raw-zip.ts';
import { REPORT_TEXT } from '../../builders/report-text.ts';
import { aRevocation } from '../../builders/revocation.ts';
import { aSealedPack } from '../../builders/sealed-pack.ts';

test('a valid pack: the verdict first, then what it is, every step, and what is not proved', async () => {
  const pack = await aSealedPack();
  const report = await judge(pack.zip, pack.signer.publicKeyPem);
  const lines = presentReport(report, REPORT_TEXT.en).split('\n');
  expect(lines[0]).toMatch(/^VALID: /);
  expect(lines[1]).toContain('ҮЛГҮ / ОБРАЗЕЦ / SAMPLE');
  const text = lines.join('\n');
  expect(text).toContain(pack.id);
  expect(text).toContain(pack.sealed.statementSha256);
  for (const { title } of report.steps) expect(text).toContain(title);
  for (const sentence of report.notProved) expect(text).toContain(sentence);
  expect(text).toMatch(/NOT CHECKED {2}A time stamp/);
  expect(text.endsWith('\n')).toBe(true);
});

test('without a key it never says valid', async () => {
  const { zip } = await aSealedPack();
  const text = presentReport(await judge(zip), REPORT_TEXT.en);
  expect(text).toMatch(/^CONSISTENT: .*NOT confirmed/);
  expect(text).not.toMatch(/^VALID/m);
});

test('names every file that is not in order, and what was found', async () => {
  const pack = await aSealedPack();
  const entries = takeApart(pack.zip);
  const at = entries.findIndex(({ name }) => name.endsWith('C-01.json'));
  const zip = putTogether(entries.with(at, refilled(entries[at]!, Buffer.from('changed'))));
  const text = presentReport(await judge(zip, pack.signer.publicKeyPem), REPORT_TEXT.en);
  expect(text).toMatch(/^INVALID: /);
  expect(text).toMatch(/^CHANGED {6}data\/cases\/C-01\.json$/m);
  expect(text).toContain('data/cases/C-01.json: The file is not what was listed.');
});

test('a hostile pack neither steers the terminal nor floods it', async () => {
  const pack = await aSealedPack();
  const entries = takeApart(pack.zip);
  const many = Array.from({ length: 5_000 }, (_, i) =>
    renamed(entries[0]!, `${pack.id}/data/\u001b[2J\r${i}`),
  );
  const report = await judge(putTogether([...entries, ...many]), pack.signer.publicKeyPem);
  expect(report.findings.length).toBeGreaterThan(5_000);
  const text = presentReport(report, REPORT_TEXT.en);
  expect(text).toMatch(/^[\n\x20-\x7e’А-яҮЛГҮөңү/]*$/u);
  expect(text.split('\n').length).toBeLessThan(200);
  expect(text).toMatch(/and \d+ more/);
});

test('every code has its words in three languages, in English those of the report itself', () => {
  for (const [code, [, said]] of Object.entries(FINDINGS)) {
    const words = LANGUAGES.map((lang) => REPORT_TEXT[lang](`finding.${code}`, { detail: 'T' }));
    expect(new Set(words).size).toBe(3);
    // What differs from pack to pack is more than the code says.
    if (code !== 'key-revoked') expect(words[2]).toBe(said);
  }
  for (const [id, title] of Object.entries(STEPS)) {
    expect(REPORT_TEXT.en(`step.${id}`)).toBe(title);
  }
  for (const [id, said] of Object.entries(UNPROVED)) {
    expect(REPORT_TEXT.en(`unproved.${id}`)).toBe(said);
  }
});

test.each(['ky', 'ru'] as const)('a report in %s has no English word but names', async (lang) => {
  const pack = await aSealedPack();
  const entries = takeApart(pack.zip);
  const at = entries.findIndex(({ name }) => name.endsWith('C-01.json'));
  const zip = putTogether(entries.with(at, refilled(entries[at]!, Buffer.from('changed'))));
  const report = await verifyPack({
    pack: packInMemory(zip),
    publicKeyPem: pack.signer.publicKeyPem,
    revocations: [aRevocation(pack.signer)],
  });
  const text = presentReport(report, REPORT_TEXT[lang]);
  expect(text).toContain('2026-11-20T00:00:00Z');
  const words = text
    .replaceAll(/EP-[a-z2-7]{26}|[0-9a-f]{64}|[0-9TZ:-]{20}|data\/\S+|[a-z-]+\.txt|SAMPLE/g, '')
    .match(/[A-Za-z]{2,}/g);
  expect(words).toBeNull();
});

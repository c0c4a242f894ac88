import { expect, test } from 'vitest';
import { presentReport } from '../../../server/verification/present-report.ts';
import { judge } from '../../builders/judged-pack.ts';
import { putTogether, refilled, renamed, takeApart } from '../../builders/raw-zip.ts';
import { aSealedPack } from '../../builders/sealed-pack.ts';

test('a valid pack: the verdict first, then what it is, every step, and what is not proved', async () => {
  const pack = await aSealedPack();
  const report = await judge(pack.zip, pack.signer.publicKeyPem);
  const lines = presentReport(report).split('\n');
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
  const text = presentReport(await judge(zip));
  expect(text).toMatch(/^CONSISTENT: .*NOT confirmed/);
  expect(text).not.toMatch(/^VALID/m);
});

test('names every file that is not in order, and what was found', async () => {
  const pack = await aSealedPack();
  const entries = takeApart(pack.zip);
  const at = entries.findIndex(({ name }) => name.endsWith('C-01.json'));
  const zip = putTogether(entries.with(at, refilled(entries[at]!, Buffer.from('changed'))));
  const text = presentReport(await judge(zip, pack.signer.publicKeyPem));
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
  const text = presentReport(report);
  expect(text).toMatch(/^[\n\x20-\x7e’А-яҮЛГҮөңү/]*$/u);
  expect(text.split('\n').length).toBeLessThan(200);
  expect(text).toMatch(/and \d+ more/);
});

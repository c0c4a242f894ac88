import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// The command on tables that are not our template: what a lawyer types, sees and gets.

const workbook = path.resolve(import.meta.dirname, '../fixtures/workbook-openpyxl.xlsx');

function vault(folder: string): Record<string, string> {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  return { DALIL_DATA: path.join(folder, 'data'), DALIL_VAULT_KEYFILE: keyFile };
}

test('a workbook: a mapping is proposed, completed, tried and used', async () => {
  const folder = aTemporaryFolder();
  const env = vault(folder);
  const file = path.join(folder, 'mapping.json');
  const proposed = await runDalil(['import', workbook, '--propose-mapping', file]);
  expect(proposed.code).toBe(0);
  expect(proposed.out).toContain('Код  →  registry_code   X-9');
  expect(proposed.out).not.toMatch(/Өзгөчө|Б-1/);
  expect(proposed.said.join()).toContain('primary_population, perpetrators, acts');
  expect(statSync(file).mode & 0o077).toBe(0);

  const mapping = JSON.parse(readFileSync(file, 'utf8'));
  Object.assign(mapping.columns, {
    primary_population: { value: 'pwid' },
    perpetrators: { value: 'police-patrol' },
    acts: { value: 'threat' },
  });
  writeFileSync(file, JSON.stringify(mapping));
  const refused = await runDalil(['import', workbook, '--mapping', file, '--json'], env);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out).problems).toEqual([
    expect.objectContaining({ row: 5, column: 'oblast', rule: 'missing-value' }),
    expect.objectContaining({ row: 5, column: 'narrative_ru', rule: 'untrusted-value' }),
  ]);

  mapping.only = { Область: ['г. Бишкек', 'Чуйская область'] };
  writeFileSync(file, JSON.stringify(mapping));
  const imported = await runDalil(['import', workbook, '--mapping', file], env);
  expect(imported).toMatchObject({ code: 0, out: '2 cases were imported.\n' });
});

test('a mapping that is none is refused with the place, before the vault is opened', async () => {
  const folder = aTemporaryFolder();
  const file = path.join(folder, 'mapping.json');
  writeFileSync(file, '{"format":"dalil-mapping/1","columns":{"acts":{"form":"a"}}}');
  const { code, said } = await runDalil(['import', workbook, '--mapping', file], vault(folder));
  expect(code).toBe(3);
  expect(said.join()).toMatch(/^The mapping cannot be used: columns\.acts/);
});

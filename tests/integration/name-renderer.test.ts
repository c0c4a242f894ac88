import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { digestFonts } from '../../server/adapters/font-files.ts';
import { nameRenderer } from '../../server/adapters/name-renderer.ts';
import { TEMPLATES_DIR } from '../../server/config.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

test('fonts have another digest once their files are others', async () => {
  const serif = await digestFonts('Noto Serif');
  expect(serif).toMatch(/^[0-9a-f]{16}$/);
  expect(await digestFonts('Noto Serif')).toBe(serif);
  expect(await digestFonts('Noto Sans')).not.toBe(serif);
});

test('what prints letters has another name once templates, texts, Chromium, fonts or zlib are others', async () => {
  const templates = path.join(temporaryFolder(), 'templates');
  cpSync(TEMPLATES_DIR, templates, { recursive: true });
  const usual = { version: '0.1.0', chromium: '150.0', fonts: 'abc' };
  const named = (other = {}) => nameRenderer({ ...usual, ...other, templates });
  const shipped = await nameRenderer({ ...usual, templates: TEMPLATES_DIR });
  expect(shipped).toMatch(
    /^dalil 0\.1\.0, layout [0-9a-f]{16}, chromium 150\.0, fonts abc, zlib \d/,
  );
  expect(shipped).toContain(process.versions.zlib);
  expect(await named()).toBe(shipped);
  expect(await named({ chromium: '151.0' })).not.toBe(shipped);
  expect(await named({ fonts: 'abd' })).not.toBe(shipped);

  // What letters are not made from changes nothing.
  writeFileSync(path.join(templates, 'pages', 'another.hbs'), 'x');
  expect(await named()).toBe(shipped);
  const seen = new Set([shipped]);
  for (const file of ['letters/partials/style.hbs', 'letters/terms.json', 'messages/ky.json']) {
    appendFileSync(path.join(templates, file), '\n');
    seen.add(await named());
  }
  expect(seen.size).toBe(4);
});

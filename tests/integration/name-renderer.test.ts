import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nameRenderer } from '../../server/adapters/name-renderer.ts';
import { TEMPLATES_DIR } from '../../server/config.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

test('what prints letters has another name once templates, texts, Chromium or zlib are others', async () => {
  const templates = path.join(temporaryFolder(), 'templates');
  cpSync(TEMPLATES_DIR, templates, { recursive: true });
  const named = (chromium = '150.0') => nameRenderer({ version: '0.1.0', chromium, templates });
  const shipped = await nameRenderer({
    version: '0.1.0',
    chromium: '150.0',
    templates: TEMPLATES_DIR,
  });
  expect(shipped).toMatch(/^dalil 0\.1\.0, layout [0-9a-f]{16}, chromium 150\.0, zlib \d/);
  expect(shipped).toContain(process.versions.zlib);
  expect(await named()).toBe(shipped);
  expect(await named('151.0')).not.toBe(shipped);

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

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aSealedPack } from '../builders/sealed-pack.ts';

const BAG_FILES = path.resolve(import.meta.dirname, '../../server/packs/bag-files.ts');

/** Writes the bag of a draft in a process of its own, where it is another day in another place. */
const PROGRAM = `
  const { draft, openings, verifyFiles, later } = JSON.parse(await new Response(process.stdin).text());
  const now = Date.now() + later;
  globalThis.Date = class extends Date {
    constructor(...given) { given.length === 0 ? super(now) : super(...given); }
    static now() { return now; }
  };
  const { bagFiles } = await import(process.argv[1]);
  const bytesOf = ({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) });
  const { tagmanifestSha256 } = bagFiles(draft, openings, verifyFiles.map(bytesOf));
  console.log(tagmanifestSha256, new Date().getTimezoneOffset());
`;

test('a draft gives the same bag on another day in another time zone', async () => {
  const { draft, bag } = await aSealedPack();
  const text = (file: string) => new TextDecoder().decode(bag.get(file));
  const openings = text('evidence/openings.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [salt, item] = JSON.parse(line);
      return { salt, item };
    });
  const verifyFiles = [...bag.keys()]
    .filter((file) => file.startsWith('verify/'))
    .map((file) => ({ path: file, text: text(file) }));
  const built = [
    { TZ: 'UTC', later: 0 },
    { TZ: 'Pacific/Kiritimati', later: 400 * 86_400_000 },
    { TZ: 'America/Anchorage', later: -86_400_000 },
  ].map(({ TZ, later }) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM, BAG_FILES], {
      input: JSON.stringify({ draft, openings, verifyFiles, later }),
      env: { TZ },
      encoding: 'utf8',
    })
      .trim()
      .split(' '),
  );
  const digest = createHash('sha256').update(bag.get('tagmanifest-sha256.txt')!).digest('hex');
  expect(built.map(([sum]) => sum)).toEqual([digest, digest, digest]);
  expect(new Set(built.map(([, zone]) => zone)).size).toBe(3);
});

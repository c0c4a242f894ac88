import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sniffStill } from '../../server/footage/stills/still-format.ts';
import { encodeHeif } from '../builders/heif.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { markedPlan, noisePicture } from '../builders/still.ts';
import { tagsBeyondAllowed } from '../builders/still-tags.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
const at = (name: string) => path.join(folder, name);
const plan = at('plan.json');

beforeAll(async () => {
  writeFileSync(plan, JSON.stringify(markedPlan([40, 40, 60, 60])));
  const noise = noisePicture(240, 160);
  writeFileSync(at('photo.jpg'), await noise.clone().jpeg().withIccProfile('p3').toBuffer());
  writeFileSync(at('picture.png'), await noise.clone().png().toBuffer());
  // Phones and messengers give a HEIC such a name.
  writeFileSync(at('misnamed.jpg'), encodeHeif(await noise.clone().png().toBuffer()));
  writeFileSync(at('empty.jpg'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (file: string) =>
  execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);

describe('dalil redact with a still', () => {
  test.each([
    ['photo.jpg', 'copy.png', 'png'],
    ['picture.png', 'copy.jpeg', 'jpeg'],
    ['misnamed.jpg', 'copy.jpg', 'jpeg'],
    ['misnamed.jpg', 'copy.webp', 'webp'],
    ['picture.png', 'copy', 'png'],
  ])(
    '%s to %s: its bytes say what it is, the copy’s name what it becomes',
    async (from, to, kind) => {
      const before = sha256(at(from));
      const { code, err } = await runDalil([
        ...['redact', at(from), '--plan', plan],
        ...['--out', at(to), '--proof', at('proof.json')],
      ]);
      expect(err).toContain('Proof passed: 3 of 3 checks.');
      expect(code).toBe(0);
      const copy = readFileSync(at(to));
      expect(sniffStill(copy)).toBe(kind);
      expect(tagsBeyondAllowed(copy, kind === 'jpeg' ? 'jpg' : kind)).toEqual([]);
      const proof = JSON.parse(readFileSync(at('proof.json'), 'utf8'));
      expect(proof.output).toMatchObject({ format: kind, sha256: sha256(at(to)) });
      expect(sha256(at(from))).toBe(before);
    },
  );

  test.each(['photo.jpg', 'misnamed.jpg'])(
    '%s gives the same bytes on a processor with no vector units, by one thread',
    async (from) => {
      const plain = { JSIMD_FORCENONE: '1', VIPS_NOVECTOR: '1', VIPS_CONCURRENCY: '1' };
      for (const kind of ['jpg', 'png', 'webp']) {
        const [one, other] = [at(`one.${kind}`), at(`other.${kind}`)];
        const args = ['redact', at(from), '--plan', plan, '--out'];
        expect((await runDalil([...args, one])).code).toBe(0);
        expect((await runDalil([...args, other], plain)).code).toBe(0);
        expect(sha256(one)).toBe(sha256(other));
      }
    },
  );

  test.each([
    ['a time, which a still has none of', ['photo.jpg', '--at', '1'], 2],
    ['an empty file', ['empty.jpg'], 3],
    ['no plan', ['photo.jpg'], 3],
  ])(
    '%s is refused with one sentence, and there is no copy',
    async (_, [file, ...more], wanted) => {
      const out = at('none.png');
      const { code, said } = await runDalil(['redact', at(file!), ...more, '--out', out]);
      expect(said.length).toBe(1);
      expect(said[0]).not.toContain(folder);
      expect(code).toBe(wanted);
      expect(existsSync(out)).toBe(false);
    },
  );
});

test('dalil doctor names the decoder of HEIC', async () => {
  const { out } = await runDalil(['doctor'], { DALIL_DATA: at('data') });
  expect(out).toMatch(/^ok {4}HEIC decoder +\d+\.\d+/m);
});

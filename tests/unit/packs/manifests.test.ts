import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256, toHex } from '../../../server/kernel/digest.ts';
import { commitItems } from '../../../server/packs/commit-items.ts';
import { formatManifest, parseManifest } from '../../../server/packs/manifest/bag-manifest.ts';
import { commitmentLeaf } from '../../../server/packs/manifest/commitments.ts';
import {
  formatStatement,
  parseStatement,
  type Statement,
} from '../../../server/packs/manifest/statement.ts';
import { numberExhibits } from '../../../server/packs/number-exhibits.ts';
import { seededBytes } from '../../builders/sealed-pack.ts';

const digests = fc.string().map((text) => sha256(text));
const paths = fc.stringMatching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,12}(\/[A-Za-z0-9][A-Za-z0-9_-]{0,8}){0,3}$/,
);
const entries = fc.uniqueArray(fc.record({ path: paths, sha256: digests }), {
  selector: ({ path }) => path.toLowerCase(),
  minLength: 1,
  maxLength: 12,
});

describe('a manifest', () => {
  test('says what was written, sorted, whatever order it was given in', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const text = formatManifest(given);
        expect(formatManifest([...given].reverse())).toBe(text);
        const sorted = [...given].sort((a, b) => (a.path < b.path ? -1 : 1));
        expect(parseManifest(text)).toEqual({ entries: sorted });
      }),
    );
  });

  const line = `${sha256('a')}  data/a`;
  test.each([
    ['no line feed at the end', line],
    ['one space', `${line.replace('  ', ' ')}\n`],
    ['capital digits', `${line.replace(/^\w{64}/, (hex) => hex.toUpperCase())}\n`],
    ['a way out', `${sha256('a')}  data/../../a\n`],
    ['an absolute path', `${sha256('a')}  /data/a\n`],
    ['a carriage return', `${line}\r\n`],
    ['a path twice', `${line}\n${line}\n`],
    ['a path twice but for its case', `${sha256('a')}  data/A\n${line}\n`],
    ['another order', `${sha256('b')}  data/b\n${line}\n`],
    ['an empty line', `${line}\n\n`],
  ])('with %s is refused', (_name, text) => {
    expect(parseManifest(text)).toHaveProperty('faults');
  });

  test('is not written with a path that no pack may have', () => {
    expect(() => formatManifest([{ path: '../a', sha256: sha256('a') }])).toThrow(RangeError);
  });
});

describe('a statement', () => {
  const statements: fc.Arbitrary<Statement> = fc.record({
    pack: fc.stringMatching(/^EP-[a-z2-7]{26}$/),
    sealedAt: fc
      .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}Z`),
    tagmanifestSha256: digests,
    commitmentRoot: digests,
    supersedes: fc.option(digests),
    signerSha256: digests,
  });

  test('comes back as it was', () => {
    fc.assert(
      fc.property(statements, (given) => {
        expect(parseStatement(formatStatement(given))).toEqual(given);
      }),
    );
  });

  test('with a character more, fewer or other is none, or says something else', () => {
    fc.assert(
      fc.property(
        statements,
        fc.nat(),
        fc.constantFrom('', '\n', ' ', 'A', '-'),
        (given, n, put) => {
          const text = formatStatement(given);
          const at = n % text.length;
          const changed = text.slice(0, at) + put + text.slice(at + 1);
          fc.pre(changed !== text);
          expect(parseStatement(changed)).not.toEqual(given);
        },
      ),
    );
  });

  test('of a day that no calendar has is none', () => {
    const [given] = fc.sample(statements, 1);
    const text = formatStatement({ ...given!, sealedAt: '2026-02-30T00:00:00Z' });
    expect(parseStatement(text)).toBeNull();
  });
});

describe('numbers of exhibits', () => {
  test('are each given once, with as many digits as the last one needs', () => {
    fc.assert(
      fc.property(fc.nat({ max: 120 }), fc.integer({ min: 1 }), (count, seed) => {
        const numbers = numberExhibits('C', count, seededBytes(seed));
        const width = count > 99 ? 3 : 2;
        const all = Array.from({ length: count }, (_, i) => `C-${`${i + 1}`.padStart(width, '0')}`);
        expect([...numbers].sort()).toEqual(all);
      }),
    );
  });

  test('come in every order', () => {
    const random = seededBytes(11);
    const orders = new Set(
      Array.from({ length: 400 }, () => numberExhibits('V', 3, random).join()),
    );
    expect(orders.size).toBe(6);
  });
});

test('every item has a salt of its own, and its leaf is what the salt opens', () => {
  const item = { class: 'exhibit', sha256: sha256('same'), bytes: 4 } as const;
  const given = ['a', 'b', 'c'].map((source) => ({ source, item, path: null }));
  const { salted, commitments } = commitItems(given, seededBytes(3));
  expect(new Set(salted.map(({ salt }) => salt)).size).toBe(3);
  expect(new Set(commitments.map(({ leaf }) => leaf)).size).toBe(3);
  for (const [i, { salt }] of salted.entries()) {
    expect(salt).toMatch(/^[0-9a-f]{64}$/);
    // RFC 8785 by hand, so that the leaf is not judged by the code that made it.
    const json = `["${salt}",{"bytes":4,"class":"exhibit","sha256":"${item.sha256}"}]`;
    expect(commitments[i]).toEqual({
      leaf: sha256(`\0${json}`),
      source: given[i]!.source,
      path: null,
    });
    expect(commitmentLeaf(salted[i]!)).toBe(commitments[i]!.leaf);
  }
  expect(salted[0]!.salt).toBe(toHex(seededBytes(3)(32)));
});

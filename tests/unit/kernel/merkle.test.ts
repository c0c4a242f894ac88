import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../server/kernel/digest.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../../server/kernel/merkle.ts';

// The eight leaves, roots and proofs that the authors of RFC 6962 published with their
// implementation, and that every log since is tested with.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(fromHex(hex)));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const A = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const B = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const C = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const D = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const E = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const F = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';
const G = 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f';

const treeOf = (size: number) => LEAVES.slice(0, size);
const rootOf = (size: number) => fromHex(ROOTS[size]!);

describe('published vectors', () => {
  test.each(ROOTS.map((root, size) => [size, root]))('root of %i leaves', (size, root) => {
    expect(toHex(merkleRoot(treeOf(size as number)))).toBe(root);
  });

  test.each<[number, number, string[]]>([
    [0, 1, []],
    [0, 8, [A, B, C]],
    [5, 8, [D, E, ROOTS[4]!]],
    [2, 3, [ROOTS[2]!]],
    [1, 5, [ROOTS[1]!, B, D]],
  ])('inclusion of leaf %i among %i', (index, size, path) => {
    expect(inclusionProof(treeOf(size), index).map(toHex)).toEqual(path);
    const claim = { leaf: LEAVES[index]!, index, size, root: rootOf(size) };
    expect(verifyInclusion({ ...claim, proof: path.map(fromHex) })).toBe(true);
  });

  test.each<[number, number, string[]]>([
    [1, 1, []],
    [1, 8, [A, B, C]],
    [6, 8, [F, E, ROOTS[4]!]],
    [2, 5, [B, D]],
    [6, 7, [F, G, ROOTS[4]!]],
  ])('consistency of %i with %i', (oldSize, newSize, path) => {
    expect(consistencyProof(treeOf(newSize), oldSize).map(toHex)).toEqual(path);
    const claim = {
      oldSize,
      oldRoot: rootOf(oldSize),
      newSize,
      newRoot: rootOf(newSize),
    };
    expect(verifyConsistency({ ...claim, proof: path.map(fromHex) })).toBe(true);
  });
});

const leafList = (minLength: number) =>
  // Distinct, for among equal leaves one proof may serve two places.
  fc
    .uniqueArray(fc.nat(), { minLength, maxLength: 70 })
    .map((numbers) => numbers.map((n) => leafHash(Buffer.from(String(n)))));

describe('properties', () => {
  test('every leaf is provable, and only at its place, in its tree, with its proof', () => {
    const input = leafList(1).chain((leaves) =>
      fc.record({
        leaves: fc.constant(leaves),
        index: fc.nat(leaves.length - 1),
        other: fc.nat(80),
        bit: fc.nat(255),
      }),
    );
    fc.assert(
      fc.property(input, ({ leaves, index, other, bit }) => {
        const proof = inclusionProof(leaves, index);
        const claim = {
          leaf: leaves[index]!,
          index,
          size: leaves.length,
          proof,
          root: merkleRoot(leaves),
        };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, claim.root] })).toBe(false);
        if (proof.length > 0) {
          expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
          const bent = proof.with(other % proof.length, flip(proof[other % proof.length]!, bit));
          expect(verifyInclusion({ ...claim, proof: bent })).toBe(false);
        }
        if (other !== index) {
          expect(verifyInclusion({ ...claim, index: other })).toBe(false);
        }
      }),
    );
  });

  test('a tree is consistent with each of its beginnings, and with no other', () => {
    const input = leafList(1).chain((leaves) =>
      fc.record({
        leaves: fc.constant(leaves),
        oldSize: fc.integer({ min: 1, max: leaves.length }),
        bit: fc.nat(255),
      }),
    );
    fc.assert(
      fc.property(input, ({ leaves, oldSize, bit }) => {
        const claim = {
          oldSize,
          oldRoot: merkleRoot(leaves.slice(0, oldSize)),
          newSize: leaves.length,
          newRoot: merkleRoot(leaves),
          proof: consistencyProof(leaves, oldSize),
        };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: flip(claim.oldRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, newRoot: flip(claim.newRoot, bit) })).toBe(false);
        expect(
          verifyConsistency({
            ...claim,
            proof: [...claim.proof, claim.newRoot],
          }),
        ).toBe(false);
      }),
    );
  });

  test.each([-1, 3, 1.5, Number.NaN])('there is no leaf %d among three', (index) => {
    expect(() => inclusionProof(treeOf(3), index)).toThrow(RangeError);
    const claim = {
      leaf: LEAVES[0]!,
      index,
      size: 3,
      proof: [],
      root: rootOf(3),
    };
    expect(verifyInclusion(claim)).toBe(false);
  });
});

function flip(hash: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8);
  return hash.with(at, hash[at]! ^ (1 << (bit % 8)));
}

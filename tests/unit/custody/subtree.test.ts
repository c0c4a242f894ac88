import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  auditPath,
  consistencyPath,
  finishedNodes,
  rangeRoot,
} from '../../../server/custody/subtree.ts';
import { toHex } from '../../../server/kernel/digest.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
} from '../../../server/kernel/merkle.ts';

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, i) => leafHash(Buffer.from(String(i))));

/** A reader over the nodes that appending one leaf after the other finishes. */
async function appended(leaves: readonly Uint8Array[]) {
  const nodes = new Map<string, Uint8Array>();
  let reads = 0;
  const nodeAt = async ({ level, position }: { level: number; position: number }) => {
    reads += 1;
    return nodes.get(`${level}/${position}`)!;
  };
  for (const [index, leaf] of leaves.entries()) {
    for (const node of await finishedNodes(index, leaf, nodeAt)) {
      nodes.set(`${node.level}/${node.position}`, node.hash);
    }
  }
  return { nodeAt, nodes, reads: () => reads };
}

test('kept subtrees give the roots and proofs of the tree of RFC 6962, of any size', async () => {
  const sizes = fc
    .integer({ min: 1, max: 130 })
    .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat(40)));
  await fc.assert(
    fc.asyncProperty(sizes, async ([size, index, later]) => {
      const leaves = leavesOf(size);
      const { nodeAt } = await appended(leavesOf(size + later));
      expect(toHex(await rangeRoot(0, size, nodeAt))).toBe(toHex(merkleRoot(leaves)));
      const path = await auditPath(index, size, nodeAt);
      expect(path.map(toHex)).toEqual(inclusionProof(leaves, index).map(toHex));
      const grown = await consistencyPath(index + 1, size, nodeAt);
      expect(grown.map(toHex)).toEqual(consistencyProof(leaves, index + 1).map(toHex));
    }),
  );
});

test('no leaves have the root of nothing', async () => {
  const { nodeAt } = await appended([]);
  expect(toHex(await rangeRoot(0, 0, nodeAt))).toBe(toHex(merkleRoot([])));
});

test('appending and proving read a number of nodes that grows with log n', async () => {
  const { nodeAt, nodes, reads } = await appended(leavesOf(5000));
  expect(nodes.size).toBeLessThan(2 * 5000);
  expect(reads()).toBeLessThan(5000);
  const before = reads();
  await auditPath(1234, 5000, nodeAt);
  await rangeRoot(0, 5000, nodeAt);
  expect(reads() - before).toBeLessThan(40);
});

import { sha256Bytes } from '../kernel/digest.ts';

// A tree of RFC 6962 of any size consists of perfect subtrees, one for each bit of its size. Their
// roots never change once finished, so a log that keeps them appends and proves in O(log n).

/** Where a perfect subtree stands: the `position`-th of those with 2^`level` leaves. */
export interface NodePlace {
  readonly level: number;
  readonly position: number;
}

/** Gives the root of a finished subtree. */
export type NodeReader = (place: NodePlace) => Promise<Uint8Array>;

const NODE = Uint8Array.of(0x01);

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962, 2.1). */
export function innerHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256Bytes(NODE, left, right);
}

/** The nodes that leaf `index` finishes, the leaf first. */
export async function finishedNodes(
  index: number,
  leaf: Uint8Array,
  nodeAt: NodeReader,
): Promise<(NodePlace & { hash: Uint8Array })[]> {
  const nodes = [{ level: 0, position: index, hash: leaf }];
  for (let node = nodes[0]!; node.position % 2 === 1; ) {
    const left = await nodeAt({
      level: node.level,
      position: node.position - 1,
    });
    node = {
      level: node.level + 1,
      position: (node.position - 1) / 2,
      hash: innerHash(left, node.hash),
    };
    nodes.push(node);
  }
  return nodes;
}

/** The root of the leaves [from, to), where `from` is a multiple of the largest subtree within. */
export async function rangeRoot(from: number, to: number, nodeAt: NodeReader): Promise<Uint8Array> {
  const places = perfectSubtrees(from, to);
  if (places.length === 0) return sha256Bytes();
  let root = await nodeAt(places.pop()!);
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    root = innerHash(await nodeAt(place), root);
  }
  return root;
}

/** The audit path of leaf `index` in the tree of the first `size` leaves, nearest sibling first. */
export async function auditPath(
  index: number,
  size: number,
  nodeAt: NodeReader,
): Promise<Uint8Array[]> {
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.push(await rangeRoot(middle, to, nodeAt));
      to = middle;
    } else {
      path.push(await rangeRoot(from, middle, nodeAt));
      from = middle;
    }
  }
  return path.reverse();
}

/**
 * The proof that the tree of the first `oldSize` leaves is a prefix of the one of `size` (RFC 6962,
 * 2.1.2), for 0 < oldSize ≤ size.
 */
export async function consistencyPath(
  oldSize: number,
  size: number,
  nodeAt: NodeReader,
): Promise<Uint8Array[]> {
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (oldSize !== to) {
    const middle = from + largestPowerBelow(to - from);
    if (oldSize <= middle) {
      path.push(await rangeRoot(middle, to, nodeAt));
      to = middle;
    } else {
      path.push(await rangeRoot(from, middle, nodeAt));
      from = middle;
    }
  }
  // Of the old tree itself the verifier has the root.
  if (from > 0) path.push(await rangeRoot(from, to, nodeAt));
  return path.reverse();
}

/** The largest subtrees that cover [from, to), left to right. */
function perfectSubtrees(from: number, to: number): NodePlace[] {
  const places: NodePlace[] = [];
  for (let at = from; at < to; ) {
    let level = 0;
    while (at + 2 ** (level + 1) <= to) level += 1;
    places.push({ level, position: at / 2 ** level });
    at += 2 ** level;
  }
  return places;
}

/** For n ≥ 2. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

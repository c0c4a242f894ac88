import type { CustodyOpening } from './custody-event.ts';
import type { NodePlace } from './subtree.ts';

/** A leaf of the log with what only we can open of it. */
export interface CustodyEntry {
  /** Canonical JSON of the event. */
  readonly leaf: string;
  readonly opening: CustodyOpening;
}

/** The root of one finished subtree. */
export interface CustodyNode extends NodePlace {
  readonly hash: Uint8Array;
}

/** Where the log lies. Nothing in it is ever changed or removed. */
export interface CustodyStore {
  /** How many entries there are. */
  size(): Promise<number>;
  /**
   * Adds the entry `index` with the nodes that it finishes, all or nothing and durably.
   *
   * @returns false when the log has another size by now: nothing was added.
   */
  append(index: number, entry: CustodyEntry, nodes: readonly CustodyNode[]): Promise<boolean>;
  /** The leaf at `index`, or null. */
  leaf(index: number): Promise<string | null>;
  /** The whole entry at `index`, or null; rejects when what is sealed was tampered with. */
  entry(index: number): Promise<CustodyEntry | null>;
  /** A finished node, or null when the cache lost it: it follows from the leaves. */
  node(place: NodePlace): Promise<Uint8Array | null>;
  /** Keeps a checkpoint that was signed; a second one of the same size is ignored. */
  keepCheckpoint(size: number, note: string): Promise<void>;
  /** All kept checkpoints, smallest size first. */
  checkpoints(): Promise<readonly { size: number; note: string }[]>;
}

/** Signs checkpoints, with Ed25519. */
export interface CustodySigner {
  /** SPKI, PEM. */
  readonly publicKeyPem: string;
  /** 64 bytes (RFC 8032) over `bytes`. */
  sign(bytes: Uint8Array): Uint8Array;
}

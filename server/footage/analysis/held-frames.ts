import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Frames are packed by so many: a packer of its own for each would cost more than its work. */
const FRAMES_A_PACK = 8;
/** Fewer than 64 are not taken for a piece. */
const SPARE_BYTES = 64;
const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT;
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Room for packed frames, which several that hold frames may share: all let go once it is used up. */
export interface HeldRoom {
  leftBytes: number;
}

/** Frames of cells that were read once and are needed once more. */
export interface HeldFrames {
  /**
   * Takes the next frame.
   *
   * @returns false once the frames take more room than they may: then all are let go.
   */
  hold(frame: Uint8Array): boolean;
  /** All frames in their order, each overwritten by the next; call it once. Null when they were let go. */
  take(): Iterable<Uint8Array> | null;
}

/**
 * Holds frames of a fixed camera in little memory and loses nothing of them: of each, what differs from
 * the one before, and that packed. Most of it is zeros.
 *
 * @param room - what packed frames may take.
 */
export function createHeldFrames(frameBytes: number, room: HeldRoom): HeldFrames {
  const words = Math.ceil(frameBytes / WORD_BYTES);
  const last = createWords(words, frameBytes);
  const now = createWords(words, frameBytes);
  let waiting = new Uint32Array(FRAMES_A_PACK * words);
  let waitingFrames = 0;
  let packs: Uint8Array[] | null = [];

  function pack(): void {
    const bytes = new Uint8Array(waiting.buffer, 0, waitingFrames * words * WORD_BYTES);
    const packed = zstdCompressSync(bytes, FAST);
    room.leftBytes -= packed.length;
    packs?.push(packed);
    waitingFrames = 0;
  }

  /** False once there is no room, though it be others that took it. */
  function hasRoom(): boolean {
    if (room.leftBytes >= 0) return packs !== null;
    packs = null;
    waiting = new Uint32Array(0);
    return false;
  }

  return {
    hold(frame) {
      if (!hasRoom()) return false;
      now.bytes.set(frame);
      const from = waitingFrames * words;
      for (let at = 0; at < words; at++) waiting[from + at] = now.words[at]! ^ last.words[at]!;
      last.words.set(now.words);
      waitingFrames++;
      if (waitingFrames === FRAMES_A_PACK) pack();
      return hasRoom();
    },
    take() {
      if (waitingFrames > 0 && hasRoom()) pack();
      waiting = new Uint32Array(0);
      if (!hasRoom() || packs === null) return null;
      last.words.fill(0);
      return unpacked(packs, last);
    },
  };
}

/** Lets go of every pack as soon as it was read. */
function* unpacked(packs: Uint8Array[], frame: Words): Generator<Uint8Array> {
  const words = frame.words.length;
  const packBytes = FRAMES_A_PACK * words * WORD_BYTES;
  for (const [at, packed] of packs.entries()) {
    // In one piece, with room left so that no other is begun: small ones are put together once more.
    const { buffer, byteOffset, byteLength } = zstdDecompressSync(packed, {
      chunkSize: packBytes + SPARE_BYTES,
    });
    packs[at] = new Uint8Array(0);
    const changes = new Uint32Array(buffer, byteOffset, byteLength / WORD_BYTES);
    for (let from = 0; from < changes.length; from += words) {
      for (let word = 0; word < words; word++) frame.words[word]! ^= changes[from + word]!;
      yield frame.bytes;
    }
  }
}

interface Words {
  readonly words: Uint32Array;
  /** The same memory; what is left of the last word stays zero. */
  readonly bytes: Uint8Array;
}

function createWords(words: number, length: number): Words {
  const memory = new ArrayBuffer(words * WORD_BYTES);
  return { words: new Uint32Array(memory), bytes: new Uint8Array(memory, 0, length) };
}

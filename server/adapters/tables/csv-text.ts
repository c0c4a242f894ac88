import { isAscii, isUtf8 } from 'node:buffer';
import { CasesError } from '../../cases/errors.ts';
import {
  countLines,
  detectEncoding,
  encodingRefusal,
  nulRefusal,
  startCyrillicTally,
  UTF16_REFUSAL,
  unfinishedBytes,
} from './csv-encoding.ts';

/** So much from the first byte beyond ASCII tells how a text is encoded. */
const WINDOW_BYTES = 1_048_576;

/** A text file, turned into UTF-8 as it is read. */
export interface CsvText {
  /** In UTF-8, whatever the file is in, without its byte order mark. */
  readonly pieces: AsyncGenerator<Buffer>;
  /** As far as the pieces tell that were read. */
  readonly encoding: 'utf-8' | 'windows-1251';
}

/**
 * Reads text in UTF-8 or windows-1251 piece by piece. ASCII is the same in both, so nothing needs to
 * be known until the first byte beyond it; from there a window is looked at, and what follows must
 * keep to what was found.
 *
 * Reading throws {CasesError} `TABLE_UNREADABLE`, naming the line.
 */
export function readCsvText(source: AsyncIterable<Uint8Array>, limitBytes: number): CsvText {
  let encoding: CsvText['encoding'] = 'utf-8';

  async function* pieces(): AsyncGenerator<Buffer> {
    let line = 1;
    let size = 0;
    let marked = false;
    let held: Buffer | null = null;
    let decided = false;
    const tally = startCyrillicTally();
    const decoder = new TextDecoder('windows-1251');

    /** Decides from the window, and gives what of it can be handed on. */
    function decide(window: Buffer, isLast: boolean): Buffer {
      const whole = window.subarray(0, window.length - (isLast ? 0 : unfinishedBytes(window)));
      const found = detectEncoding(whole, { line, marked });
      if ('refusal' in found) throw refused(found.refusal);
      decided = true;
      encoding = found.encoding;
      held = null;
      return pass(window, isLast);
    }

    /** Turns bytes of a known encoding into UTF-8. */
    function pass(bytes: Buffer, isLast: boolean): Buffer {
      if (encoding === 'windows-1251') {
        tally.add(bytes);
        line += countLines(bytes);
        return Buffer.from(decoder.decode(bytes, { stream: true }));
      }
      const all = held === null ? bytes : Buffer.concat([held, bytes]);
      const rest = isLast ? 0 : unfinishedBytes(all);
      const whole = all.subarray(0, all.length - rest);
      if (!isUtf8(whole)) throw refused(encodingRefusal(line + linesBeforeFault(whole)));
      held = rest === 0 ? null : Buffer.from(all.subarray(all.length - rest));
      line += countLines(whole);
      return whole;
    }

    for await (const given of atLeast(source, 3)) {
      let bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
      if (size === 0) {
        if (isUtf16(bytes)) throw refused(UTF16_REFUSAL);
        marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
        if (marked) bytes = bytes.subarray(3);
      }
      size += given.length;
      if (size > limitBytes) throw tooLarge(limitBytes);
      const zero = bytes.indexOf(0);
      if (zero >= 0) {
        const before = held === null ? 0 : countLines(held);
        throw refused(nulRefusal(line + before + countLines(bytes.subarray(0, zero))));
      }
      if (decided) yield pass(bytes, false);
      else {
        let window: Buffer = bytes;
        if (held !== null) window = Buffer.concat([held, bytes]);
        else {
          const first = firstBeyondAscii(bytes);
          line += countLines(bytes.subarray(0, first));
          if (first > 0) yield bytes.subarray(0, first);
          window = bytes.subarray(first);
        }
        if (window.length >= WINDOW_BYTES) yield decide(window, false);
        else held = window.length > 0 ? Buffer.from(window) : null;
      }
    }
    if (size === 0) throw refused('The file is empty. Export the table again.');
    if (held !== null) yield decided ? pass(Buffer.alloc(0), true) : decide(held, true);
    if (encoding === 'windows-1251' && !tally.readsAsWindows1251()) {
      throw refused(encodingRefusal(line));
    }
  }

  return {
    pieces: pieces(),
    get encoding() {
      return encoding;
    },
  };
}

/** The same bytes, the first piece with at least `count` of them, so that a mark is seen whole. */
async function* atLeast(source: AsyncIterable<Uint8Array>, count: number) {
  let first: Uint8Array | null = new Uint8Array();
  for await (const piece of source) {
    if (first === null) yield piece;
    else {
      first = first.length === 0 ? piece : Buffer.concat([first, piece]);
      if (first.length < count) continue;
      yield first;
      first = null;
    }
  }
  if (first !== null && first.length > 0) yield first;
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function firstBeyondAscii(bytes: Buffer): number {
  if (isAscii(bytes)) return bytes.length;
  return bytes.findIndex((byte) => byte >= 0x80);
}

/** Lines before the first line of UTF-8 that is none. A line feed is never within a character. */
function linesBeforeFault(bytes: Buffer): number {
  let lines = 0;
  for (let from = 0; ; lines++) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return lines;
    from = end + 1;
  }
}

function refused(message: string): CasesError {
  return new CasesError('TABLE_UNREADABLE', message);
}

function tooLarge(limitBytes: number): CasesError {
  const limit = Math.floor(limitBytes / 1_048_576);
  return refused(`The file is larger than ${limit} MB. Split it, by half-year for instance.`);
}

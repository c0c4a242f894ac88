import { CasesError } from '../../cases/errors.ts';

/** How deep an element may go; an event of a registry has four levels. */
const DEPTH_LIMIT = 32;
/** An event with three full narratives fits several times. */
const ELEMENT_LIMIT_BYTES = 1_048_576;
/** What stands around the list: a pager, names of lists. */
const AROUND_LIMIT_BYTES = 1_048_576;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The objects of a list in a JSON file, one by one: of the file itself when it is a list, or of the first
 * list that the file's object has under one of `names`. Each is cut out by its brackets, outside of
 * strings, and judged by `JSON.parse`; so no more of the file than one object is ever in memory,
 * however long or deep it is.
 *
 * @throws {CasesError} `TABLE_UNREADABLE`, naming the number of the object.
 */
export async function* jsonElements(
  source: AsyncIterable<Uint8Array>,
  names: readonly string[],
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  /** The depth of the list whose objects are wanted, 0 while it was not found. */
  let listDepth = 0;
  let ended = false;
  let inString = false;
  let escaped = false;
  let count = 0;
  /** Bytes of the object that began in an earlier piece, or null outside of one. */
  let parts: Buffer[] | null = null;
  let partBytes = 0;
  /** The last string outside of objects: the name of what follows. */
  let name: number[] = [];
  let around = 0;
  let size = 0;

  function parse(bytes: Buffer): unknown {
    try {
      return JSON.parse(decoder.decode(bytes));
    } catch (cause) {
      throw malformed(count, cause);
    }
  }

  for await (const given of source) {
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
    size += bytes.length;
    let from = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (parts === null && byte > 0x20 && ++around > AROUND_LIMIT_BYTES) throw noList();
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        if (inString && parts === null) name.push(byte);
        continue;
      }
      switch (byte) {
        case QUOTE:
          inString = true;
          if (parts === null) name = [];
          break;
        case OPEN_LIST:
        case OPEN_OBJECT: {
          depth++;
          if (depth > DEPTH_LIMIT) throw tooDeep(count);
          if (parts !== null || ended) break;
          if (byte === OPEN_OBJECT && listDepth > 0 && depth === listDepth + 1) {
            count++;
            around = 0;
            parts = [];
            partBytes = 0;
            from = i;
          } else if (byte === OPEN_LIST && listDepth === 0) {
            const isWanted = depth === 2 && names.includes(Buffer.from(name).toString());
            if (depth === 1 || isWanted) listDepth = depth;
          }
          break;
        }
        case CLOSE_LIST:
        case CLOSE_OBJECT:
          depth--;
          if (depth < 0) throw malformed(count);
          if (parts !== null && depth === listDepth) {
            parts.push(bytes.subarray(from, i + 1));
            yield parse(Buffer.concat(parts));
            parts = null;
          } else if (parts === null && listDepth > 0 && depth === listDepth - 1) ended = true;
          break;
      }
    }
    if (parts !== null) {
      partBytes += bytes.length - from;
      if (partBytes > ELEMENT_LIMIT_BYTES) throw tooLong(count);
      // A copy: whoever gave the piece may use its memory again.
      parts.push(Buffer.from(bytes.subarray(from)));
    }
  }
  if (depth !== 0 || inString || size === 0) throw malformed(count);
  if (listDepth === 0) throw noList();
}

function malformed(count: number, cause?: unknown): CasesError {
  const where = count === 0 ? 'The file' : `Event ${count} of the file`;
  return refused(
    `${where} is not whole, or is no JSON in UTF-8. Export it again from the registry.`,
    cause,
  );
}

function tooDeep(count: number): CasesError {
  return refused(
    `Event ${Math.max(1, count)} of the file is nested deeper than any event of a registry. Export it again.`,
  );
}

function tooLong(count: number): CasesError {
  return refused(
    `Event ${count} of the file is far longer than a case can be, or does not end. Export it again.`,
  );
}

function noList(): CasesError {
  return refused(
    'The JSON file has no list of events. Export it from /api/tracker/events or /api/events of the registry.',
  );
}

function refused(message: string, cause?: unknown): CasesError {
  return new CasesError('TABLE_UNREADABLE', message, { cause });
}

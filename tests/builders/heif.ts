import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A coded picture as an item of a HEIF file: its data, and its properties as whole boxes. */
export interface CodedPicture {
  readonly kind: 'hvc1' | 'av01';
  readonly data: Buffer;
  readonly properties: readonly Buffer[];
}

/** An item for {@link heifFile}. */
export interface HeifItem {
  readonly kind: string;
  readonly data: Uint8Array;
  readonly properties?: readonly Buffer[];
  readonly hidden?: boolean;
  /** References to other items, by their places from 0. */
  readonly to?: Readonly<Record<string, readonly number[]>>;
}

/** Codes a PNG with heif-enc and returns the whole file. */
export function encodeHeif(
  png: Uint8Array,
  options: { avif?: boolean; args?: readonly string[]; input?: 'png' | 'jpg' } = {},
): Buffer {
  const { avif = false, args = [], input = 'png' } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
  try {
    const [from, to] = [path.join(folder, `in.${input}`), path.join(folder, 'out')];
    writeFileSync(from, png);
    execFileSync('heif-enc', [...(avif ? ['-A'] : []), ...args, from, '-o', to], {
      stdio: 'ignore',
    });
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The one coded picture of a file that {@link encodeHeif} made of an opaque picture. */
export function codedPicture(file: Buffer, kind: CodedPicture['kind'] = 'hvc1'): CodedPicture {
  const boxes = (from: number, to: number) => {
    const found: Array<{ name: string; whole: Buffer; from: number; to: number }> = [];
    for (let at = from; at < to; ) {
      const size = file.readUInt32BE(at);
      const name = file.toString('latin1', at + 4, at + 8);
      found.push({ name, whole: file.subarray(at, at + size), from: at + 8, to: at + size });
      at += size;
    }
    return found;
  };
  const named = (name: string, inside: ReturnType<typeof boxes>) =>
    inside.find((box) => box.name === name)!;
  const top = boxes(0, file.length);
  const meta = named('meta', top);
  const iprp = named('iprp', boxes(meta.from + 4, meta.to));
  const ipco = named('ipco', boxes(iprp.from, iprp.to));
  const wanted = ['hvcC', 'av1C', 'ispe', 'colr', 'pixi'];
  const properties = boxes(ipco.from, ipco.to).filter(({ name }) => wanted.includes(name));
  const data = named('mdat', top);
  return {
    kind,
    data: file.subarray(data.from, data.to),
    properties: properties.map(({ whole }) => whole),
  };
}

/** Quarter turns against the clock. */
export const turned = (quarters: number) => box('irot', Buffer.from([quarters]));
/** Mirrored about an axis. */
export const mirrored = (axis: number) => box('imir', Buffer.from([axis]));
/** What an auxiliary picture is. */
export const auxiliary = (urn: string) => fullBox('auxC', Buffer.from(`${urn}\0`, 'latin1'));
/** The size of a picture that is put together. */
export const extent = (widthPx: number, heightPx: number) =>
  fullBox('ispe', u32(widthPx, heightPx));

/** The data of an item that puts tiles together, row by row. */
export function gridData(of: {
  rows: number;
  columns: number;
  widthPx: number;
  heightPx: number;
}): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(of.widthPx, 0);
  size.writeUInt16BE(of.heightPx, 2);
  return Buffer.concat([Buffer.from([0, 0, of.rows - 1, of.columns - 1]), size]);
}

/** Writes a file of the given items; the first is the main one unless `main` says another place. */
export function heifFile(
  items: readonly HeifItem[],
  options: { brand?: string; main?: number; behind?: Uint8Array } = {},
): Buffer {
  const { brand = 'heic', main = 0, behind = Buffer.alloc(0) } = options;
  const properties = items.flatMap((item) => item.properties ?? []);
  let next = 1;
  const ties = items.map((item, place) => {
    const indexes = (item.properties ?? []).map(() => next++);
    return Buffer.concat([u16(place + 1), Buffer.from([indexes.length, ...indexes])]);
  });
  const entries = items.map((item, place) =>
    fullBox(
      'infe',
      Buffer.concat([u16(place + 1, 0), Buffer.from(`${item.kind}\0`, 'latin1')]),
      2,
      item.hidden === true ? 1 : 0,
    ),
  );
  const references = items.flatMap((item, place) =>
    Object.entries(item.to ?? {}).map(([name, to]) =>
      box(name, u16(place + 1, to.length, ...to.map((other) => other + 1))),
    ),
  );
  const head = box('ftyp', Buffer.concat([ascii(brand), u32(0), ascii(`mif1${brand}`)]));
  const metaOf = (dataStart: number) => {
    let at = dataStart;
    const places = items.map(({ data }, place) => {
      const one = Buffer.concat([u16(place + 1, 0, 1), u32(at, data.length)]);
      at += data.length;
      return one;
    });
    const location = Buffer.concat([Buffer.from([0x44, 0]), u16(items.length), ...places]);
    const handler = Buffer.concat([u32(0), ascii('pict'), Buffer.alloc(13)]);
    return fullBox(
      'meta',
      Buffer.concat([
        fullBox('hdlr', handler),
        fullBox('pitm', u16(main + 1)),
        fullBox('iloc', location),
        fullBox('iinf', Buffer.concat([u16(items.length), ...entries])),
        ...(references.length === 0 ? [] : [fullBox('iref', Buffer.concat(references))]),
        box(
          'iprp',
          Buffer.concat([
            box('ipco', Buffer.concat(properties)),
            fullBox('ipma', Buffer.concat([u32(items.length), ...ties])),
          ]),
        ),
      ]),
    );
  };
  const start = head.length + metaOf(0).length + 8;
  const data = box('mdat', Buffer.concat(items.map((item) => item.data)));
  return Buffer.concat([head, metaOf(start), data, behind]);
}

function box(name: string, content: Uint8Array): Buffer {
  return Buffer.concat([u32(content.length + 8), ascii(name), content]);
}

function fullBox(name: string, content: Uint8Array, version = 0, flags = 0): Buffer {
  return box(name, Buffer.concat([Buffer.from([version, 0, 0, flags]), content]));
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value, 2 * i);
  return bytes;
}

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

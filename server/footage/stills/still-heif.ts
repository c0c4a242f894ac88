import { chunkName } from './still-format.ts';

/** What a HEIF file says of its pictures, before one of them is decoded. */
export interface HeifFacts {
  /**
   * Pictures that stand for themselves: neither hidden (the tiles of a grid are), nor a thumbnail,
   * nor auxiliary (depth, gain map, transparency).
   */
  readonly pictures: number;
  /** Whether frames in time lie beside the pictures. */
  readonly sequence: boolean;
  /** Size of the main picture before it is turned; null where the file does not say it. */
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null;
}

/** Kinds of items that are pictures: coded (HEVC, AV1, VVC and others) or put together from coded ones. */
const PICTURES = new Set('hvc1 hev1 av01 avc1 vvc1 evc1 jpeg j2k1 unci grid iden iovl'.split(' '));
/** Items that belong to another picture, by the kind of their reference to it. */
const BELONGS = new Set(['thmb', 'auxl']);

/** Phones write some hundreds, one for each tile; what has more is made to be costly. */
const MOST_BOXES = 10_000;

interface HeifBox {
  readonly name: string;
  /** Where its content begins and ends in the file. */
  readonly from: number;
  readonly to: number;
}

/**
 * Reads what is told of the pictures in a HEIF file (HEIC, AVIF); null when its boxes are broken
 * or too many.
 *
 * @see ISO/IEC 23008-12, and ISO/IEC 14496-12 for the boxes `meta`, `iinf`, `iref` and `pitm`
 */
export function heifFacts(bytes: Uint8Array): HeifFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const top = boxesIn(view, 0, bytes.length);
    const meta = top.find(({ name }) => name === 'meta');
    if (meta === undefined) return null;
    const inMeta = boxesIn(view, meta.from + 4, meta.to);
    const find = (name: string) => inMeta.find((box) => box.name === name);
    const [items, main] = [find('iinf'), find('pitm')];
    if (items === undefined || main === undefined) return null;
    const belonging = belongingItems(view, find('iref'));
    const pictures = visiblePictures(view, items).filter((item) => !belonging.has(item));
    const wide = view.getUint8(main.from) > 0;
    const mainItem = wide ? view.getUint32(main.from + 4) : view.getUint16(main.from + 4);
    return {
      pictures: pictures.length,
      sequence: top.some(({ name }) => name === 'moov'),
      size: sizeOf(view, find('iprp'), mainItem),
    };
  } catch (error) {
    // What a number in the file points to lies outside of it.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function boxesIn(view: DataView, from: number, to: number): HeifBox[] {
  const boxes: HeifBox[] = [];
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at);
    const name = nameAt(view, at + 4);
    const header = short === 1 ? 16 : 8;
    const size = short === 0 ? to - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < header || at + size > to) throw new RangeError(`box ${name}`);
    if (boxes.length === MOST_BOXES) throw new RangeError('boxes');
    boxes.push({ name, from: at + header, to: at + size });
    at += size;
  }
  return boxes;
}

/** Numbers of the items that are pictures and not hidden. */
function visiblePictures(view: DataView, { from, to }: HeifBox): number[] {
  const counted = view.getUint8(from) === 0 ? 2 : 4;
  const items: number[] = [];
  for (const entry of boxesIn(view, from + 4 + counted, to)) {
    const version = view.getUint8(entry.from);
    if (entry.name !== 'infe' || version < 2) continue;
    const hidden = (view.getUint8(entry.from + 3) & 1) === 1;
    const wide = version > 2;
    const item = wide ? view.getUint32(entry.from + 4) : view.getUint16(entry.from + 4);
    const kind = nameAt(view, entry.from + (wide ? 10 : 8));
    if (!hidden && PICTURES.has(kind)) items.push(item);
  }
  return items;
}

/** Numbers of the items that are a thumbnail of another, or auxiliary to it. */
function belongingItems(view: DataView, references: HeifBox | undefined): Set<number> {
  const items = new Set<number>();
  if (references === undefined) return items;
  const wide = view.getUint8(references.from) > 0;
  for (const { name, from } of boxesIn(view, references.from + 4, references.to)) {
    if (BELONGS.has(name)) items.add(wide ? view.getUint32(from) : view.getUint16(from));
  }
  return items;
}

/** The size among an item's properties; the largest, should there be several. */
function sizeOf(view: DataView, box: HeifBox | undefined, item: number): HeifFacts['size'] {
  if (box === undefined) return null;
  const inside = boxesIn(view, box.from, box.to);
  const container = inside.find(({ name }) => name === 'ipco');
  if (container === undefined) return null;
  const properties = boxesIn(view, container.from, container.to);
  let size: HeifFacts['size'] = null;
  for (const map of inside.filter(({ name }) => name === 'ipma')) {
    for (const index of propertiesOf(view, map, item)) {
      const property = properties[index - 1];
      if (property?.name !== 'ispe') continue;
      const widthPx = view.getUint32(property.from + 4);
      const heightPx = view.getUint32(property.from + 8);
      if (size === null || widthPx * heightPx > size.widthPx * size.heightPx) {
        size = { widthPx, heightPx };
      }
    }
  }
  return size;
}

/** Places, from 1, of the properties that are tied to an item. */
function propertiesOf(view: DataView, { from }: HeifBox, item: number): number[] {
  const wideItems = view.getUint8(from) > 0;
  const wideIndexes = (view.getUint8(from + 3) & 1) === 1;
  const found: number[] = [];
  let at = from + 8;
  for (let left = view.getUint32(from + 4); left > 0; left--) {
    const owner = wideItems ? view.getUint32(at) : view.getUint16(at);
    at += wideItems ? 4 : 2;
    const count = view.getUint8(at++);
    for (let i = 0; i < count; i++) {
      // The highest bit says that the property must be understood.
      const index = wideIndexes ? view.getUint16(at) & 0x7fff : view.getUint8(at) & 0x7f;
      if (owner === item) found.push(index);
      at += wideIndexes ? 2 : 1;
    }
  }
  return found;
}

function nameAt(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) throw new RangeError('name');
  return chunkName(new Uint8Array(view.buffer, view.byteOffset + at, 4), 0);
}

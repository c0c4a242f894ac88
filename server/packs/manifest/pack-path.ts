/** A pack's id: `EP-` and 128 random bits in lower-case base32. */
export const PACK_ID = /^EP-[a-z2-7]{26}$/;

/** A hidden file or an option of a command begins otherwise, and Windows drops a dot at the end. */
const PART = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
/** Names that stand for devices on Windows, with any ending: no file can have them there. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const LONGEST = 200;

/**
 * Whether `text` can name a file of a pack. So narrow that no name needs escaping in a manifest, and
 * none means different things to different file systems.
 */
export function isPackPath(text: string): boolean {
  const isGood = (part: string) => PART.test(part) && !DEVICE.test(part);
  return text.length <= LONGEST && text.split('/').every(isGood);
}

/** Compares two paths byte by byte, as `LC_ALL=C sort` does. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The part of the pack that only sealing makes. */
export function isSealPath(path: string): boolean {
  return path.startsWith('seal/');
}

/** The order of entries in the archive: byte by byte, `seal/` last. */
export function compareEntries(a: string, b: string): number {
  return Number(isSealPath(a)) - Number(isSealPath(b)) || comparePaths(a, b);
}

const EXTENSIONS = {
  'video/mp4': 'mp4',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
} as const;

/** Where an exhibit's copy lies in the pack. */
export function mediaPath(exhibit: string, mediaType: keyof typeof EXTENSIONS): string {
  return `data/media/${exhibit}.${EXTENSIONS[mediaType]}`;
}

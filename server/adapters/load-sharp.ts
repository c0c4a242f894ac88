type Sharp = typeof import('sharp').default;

let loading: Promise<Sharp> | undefined;

/**
 * Reads sharp when a picture is first worked on: most of what is done works on none, and it is large. No
 * libvips of this process loads anything but JPEG, PNG and WebP from memory: no SVG, PDF, TIFF or GIF, and
 * no file.
 */
export function loadSharp(): Promise<Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: [
        'VipsForeignLoadJpegBuffer',
        'VipsForeignLoadPngBuffer',
        'VipsForeignLoadWebpBuffer',
      ],
    });
    // What was decoded is a picture of somebody: nothing of it stays in memory for later.
    sharp.cache(false);
    return sharp;
  });
  return loading;
}

import { type FrameGrid, TILE_PX } from '../../footage/frame-grid.ts';
import type { FrameSpan } from '../../footage/frame-span.ts';
import type { Entry, OpenMedia, SourceFacts } from '../../footage/ports.ts';

// Containers that recorders, phones and players write. No playlist and no script is among them:
// those make ffmpeg open further files by name.
const CONTAINERS =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,mjpeg,dhav,asf,flv,ivf,obu,mxf,nut';

/** Options before an input: what may be read, and how, whatever the bytes ask for. */
export function inputLimits(media: Pick<OpenMedia, 'protocols'>): string[] {
  return ['-protocol_whitelist', media.protocols, '-format_whitelist', CONTAINERS];
}

/** Options common to every run: quiet, no questions, no remains of the last one. */
export const QUIET = ['-hide_banner', '-nostdin', '-v', 'error'];

/**
 * The input of every decode of a recording. All of them read it alike: rotation is left to
 * {@link displayedFrame}, times are the container's own, and a change of format within the stream
 * does not restart the filters (frames would be lost between two legs of a graph). Each decoder has one
 * thread: several make up what is missing of a damaged picture otherwise each time, and none that came
 * after would see what was analysed.
 *
 * @param entry - where to begin when not at the start; {@link trimTo} leaves out what comes too early.
 */
export function footageInput(
  media: OpenMedia,
  { codec, timeBase }: Pick<SourceFacts, 'codec' | 'timeBase'>,
  entry: Entry | null,
): string[] {
  const aim = ({ aimTick }: Entry) => ((aimTick * timeBase[0]) / timeBase[1]).toFixed(6);
  return [
    ...inputLimits(media),
    ...['-threads', '1'],
    ...(codec === 'mjpeg' ? ['-err_detect:v', 'explode'] : []),
    ...['-noautorotate', '-reinit_filter', '0', '-copyts'],
    ...(entry === null ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', aim(entry)]),
    ...['-i', media.url],
  ];
}

/** The filter that leaves only a span: by its times after a jump, else by counting. */
export function trimTo([from, to]: FrameSpan, entry: Entry | null): string {
  if (entry === null) return `trim=start_frame=${from}:end_frame=${to}`;
  const end = entry.toTick === null ? '' : `:end_pts=${entry.toTick}`;
  return `trim=start_pts=${entry.fromTick}${end}`;
}

const TURN: Record<SourceFacts['rotationDegrees'], string> = {
  0: '',
  90: ',transpose=clock',
  180: ',hflip,vflip',
  270: ',transpose=cclock',
};

/**
 * The filters that make the displayed frame: square pixels, upright, even sides, yuv420p in limited
 * range. Analysis, rendering and proof all begin with exactly this.
 */
export function displayedFrame(facts: SourceFacts): string {
  const { codedWidthPx, codedHeightPx, pixelAspect, rotationDegrees } = facts;
  const width = pixelAspect > 1 ? Math.round(codedWidthPx * pixelAspect) : codedWidthPx;
  const height = pixelAspect < 1 ? Math.round(codedHeightPx / pixelAspect) : codedHeightPx;
  // Told that frames are what they are to become, the scaler hands them on; else it copies every one.
  const range = facts.limitedYuv420p ? 'in_range=tv:out_range=tv' : 'out_range=tv';
  const upright = rotationDegrees % 180 === 0 ? [width, height] : [height, width];
  const even = upright[0] === facts.widthPx && upright[1] === facts.heightPx;
  return (
    `scale=${width}:${height}:flags=bicubic+accurate_rnd:${range},format=yuv420p,setsar=1` +
    (facts.mirrored ? ',hflip' : '') +
    TURN[rotationDegrees] +
    // The filter copies every frame, even where there is nothing to pad.
    (even ? '' : `,pad=${facts.widthPx}:${facts.heightPx}:0:0:black`)
  );
}

/** The filters from a displayed frame to planes of cells: mean values. */
export function cellFilters(grid: FrameGrid): string {
  const { widthPx, heightPx } = grid;
  const [width, height] = [grid.tilesX * TILE_PX, grid.tilesY * TILE_PX];
  const whole = width === widthPx && height === heightPx;
  // To whole tiles by more of the picture's edge: black beside it would dilute whoever stands there.
  const pad = whole
    ? ''
    : `pad=${width}:${height},fillborders=right=${width - widthPx}:bottom=${height - heightPx}:mode=smear,`;
  return `${pad}scale=${grid.cellsX}:${grid.cellsY}:flags=area+accurate_rnd,format=yuv420p`;
}

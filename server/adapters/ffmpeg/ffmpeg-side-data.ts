import { z } from 'zod';
import type { OpenMedia } from '../../footage/ports.ts';
import { inputLimits } from './ffmpeg-input.ts';
import { startTool, textOf } from './ffmpeg-process.ts';

/** What lies beside a video: how it is to be turned, and whether its first packet is encrypted. */
export interface SideData {
  readonly encrypted: boolean;
  /**
   * The display matrix (ISO/IEC 14496-12, 6.2.2), a, b, c and d in units of 1/65,536: what lies at (x, y)
   * is shown at (a·x + c·y, b·x + d·y). Null when there is none.
   */
  readonly matrix: readonly [a: number, b: number, c: number, d: number] | null;
}

const list = z.array(
  z.looseObject({ side_data_type: z.string().optional(), displaymatrix: z.string().optional() }),
);
const holder = z.array(z.looseObject({ side_data_list: list.default([]) })).default([]);
const answer = z.looseObject({ packets: holder, streams: holder });

/** Reads it from the first packet of the first video that is no cover picture. */
export async function probeSideData(ffprobePath: string, media: OpenMedia): Promise<SideData> {
  const told = await textOf(
    startTool({
      path: ffprobePath,
      args: [
        ...['-v', 'error', ...inputLimits(media), '-select_streams', 'V:0'],
        ...['-read_intervals', '%+#1', '-of', 'json', '-show_entries'],
        ...['packet_side_data=side_data_type:stream_side_data=side_data_type,displaymatrix'],
        media.url,
      ],
    }),
  );
  const { packets, streams } = answer.parse(JSON.parse(told));
  const beside = [...packets, ...streams].flatMap((found) => found.side_data_list);
  const matrix = beside.find((found) => found.displaymatrix !== undefined)?.displaymatrix;
  return {
    encrypted: beside.some((found) => /^Encryption/.test(found.side_data_type ?? '')),
    matrix: matrix === undefined ? null : numbersOf(matrix),
  };
}

/** Lines of `00000000: a b u`, `00000001: c d v`, `00000002: x y w`. */
function numbersOf(matrix: string): SideData['matrix'] {
  const rows = [...matrix.matchAll(/^\d+: +(-?\d+) +(-?\d+)/gm)];
  const [a, b, c, d] = rows.flatMap((row) => [Number(row[1]), Number(row[2])]);
  return d === undefined ? null : [a!, b!, c!, d];
}

/**
 * How a mirrored picture comes right: mirrored left to right, then turned clockwise by so many degrees.
 *
 * @returns null when nothing is mirrored.
 */
export function turnOfMirrored(matrix: SideData['matrix']): number | null {
  if (matrix === null) return null;
  const [a, b, c, d] = matrix;
  if (a * d - b * c >= 0) return null;
  return (Math.round((Math.atan2(-b, -a) * 180) / Math.PI) + 360) % 360;
}

import { FRAME, type Point2 } from './camera.ts';
import type { Canvas } from './canvas.ts';
import { letterDots, textSize } from './lettering.ts';
import type { TruthBox } from './truth.ts';

/** The mark on everything that is no evidence. */
export const SAMPLE_MARK = 'ҮЛГҮ / ОБРАЗЕЦ / SAMPLE';

const DOT_PX = 3;
const CAPTION_AT: Point2 = [24, 20];
const CAMERA_NAME = 'КАМ 01';

/** What the recorder's clock shows, in the way recorders do, at a moment of local time. */
export function captionText(local: Date): string {
  const [date, time] = local.toISOString().slice(0, 19).split('T') as [string, string];
  return `${CAMERA_NAME}  ${date.split('-').reverse().join('-')}  ${time}`;
}

/** Writes the recorder's caption: over everybody, but nobody walks that high in the picture. */
export function writeCaption(canvas: Canvas, local: Date): void {
  write(canvas, captionText(local), CAPTION_AT);
}

/** Writes the mark of the sample, once, into the empty street. */
export function writeMark(canvas: Canvas): void {
  write(canvas, SAMPLE_MARK, markPlace());
}

/** Where both stand, with their outlines. */
export function captionBoxes(): { caption: TruthBox; mark: TruthBox } {
  return {
    caption: boxOf(captionText(new Date(0)), CAPTION_AT),
    mark: boxOf(SAMPLE_MARK, markPlace()),
  };
}

function markPlace(): Point2 {
  const [width, height] = textSize(SAMPLE_MARK, DOT_PX);
  return [FRAME.width - width - 24, FRAME.height - height - 20];
}

function boxOf(text: string, [x, y]: Point2): TruthBox {
  const [width, height] = textSize(text, DOT_PX);
  return [x - 2, y - 2, width + 4, height + 4];
}

function write(canvas: Canvas, text: string, [x, y]: Point2): void {
  const [width, height] = textSize(text, DOT_PX);
  const at = (dx: number, dy: number) =>
    letterDots(text, (u, v) => [x + dx + u * width, y + dy + v * height]);
  for (const [dx, dy] of [
    [-2, 0],
    [2, 0],
    [0, -2],
    [0, 2],
  ] as const) {
    for (const dot of at(dx, dy)) canvas.fill(dot, { colour: [24, 24, 24] });
  }
  for (const dot of at(0, 0)) canvas.fill(dot, { colour: [244, 244, 240] });
}

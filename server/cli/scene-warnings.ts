import type { FootageAnalysis } from '../footage/analysis/analysis.ts';
import { pictureName } from '../footage/analysis/export-pictures.ts';
import type { Box } from '../footage/box.ts';
import { frameGrid } from '../footage/frame-grid.ts';
import { COVERED, emptyTileMap, setTouched } from '../footage/tile-map.ts';

/** Sentences for whoever is to approve an empty scene: which pictures there are, and where to look. */
export function sceneWarnings(analysis: FootageAnalysis): string[] {
  const { otherLights, unstable } = analysis;
  const lights =
    otherLights.length === 0
      ? []
      : [
          `The recording shows ${otherLights.length + 1} lights, for example day and night: each has an empty scene of its own, and whoever approves the plan approves all of them.`,
        ];
  const places = unstable.map(
    ({ light, box, share }) =>
      `The empty scene is unstable at the ${placeOf(box, analysis)} (${pictureName({ light })}, box ${box.join(' ')}): in up to ${Math.round(100 * share)} % of the samples something else was there. Look whether somebody or something is shown that is not always there, and cover it or take another recording.`,
  );
  return [...lights, ...places, ...doubts(analysis)];
}

/** Of more in doubt a copy shows little until somebody approves the scene. */
const MUCH_IN_DOUBT = 0.5;

function doubts({ widthPx, heightPx, doubtfulPlaces }: FootageAnalysis): string[] {
  const grid = frameGrid(widthPx, heightPx);
  const map = emptyTileMap(grid);
  for (const place of doubtfulPlaces) setTouched(map, grid, place);
  const share = map.filter((tile) => tile === COVERED).length / map.length;
  if (share < MUCH_IN_DOUBT) return [];
  return [
    `In ${Math.round(100 * share)} % of the picture something stirs behind which somebody may be: wind, a camera that trembles, or people who hardly move. All of it is covered from the first frame to the last until somebody approves the empty scene.`,
  ];
}

/** In words where in the picture a box lies. */
function placeOf(
  [x, y, width, height]: Box,
  { widthPx, heightPx }: Pick<FootageAnalysis, 'widthPx' | 'heightPx'>,
): string {
  const third = (middle: number, whole: number) => Math.min(2, Math.floor((3 * middle) / whole));
  const across = ['left', 'middle', 'right'][third(x + width / 2, widthPx)]!;
  const down = ['upper', '', 'lower'][third(y + height / 2, heightPx)]!;
  return down === '' ? across : `${down} ${across}`;
}

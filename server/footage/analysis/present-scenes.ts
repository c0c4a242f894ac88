import { z } from 'zod';
import type { FootageAnalysis } from './analysis.ts';
import { pictureName } from './export-pictures.ts';

const count = z.int().min(0);

/** The empty scene in its lights, as it is told to whoever is to approve it. */
export const SCENES = z.array(
  z.strictObject({
    picture: z.string().describe('the picture to look at'),
    frames: z
      .array(z.tuple([count, count]))
      .describe(
        'frames [from, to) that are compared with it; none of the first: all that are left',
      ),
    unstable: z
      .array(
        z.strictObject({
          box: z.tuple([z.int(), z.int(), z.int(), z.int()]),
          share: z.number().describe('in which part of the samples something else was there'),
        }),
      )
      .describe('where to look before approving it'),
  }),
);

/** Tells what there is to approve, field by field. */
export function presentScenes(analysis: FootageAnalysis): z.infer<typeof SCENES> {
  const { otherLights, unstable } = analysis;
  return [{ spans: [] }, ...otherLights].map(({ spans }, light) => ({
    picture: pictureName({ light }),
    frames: spans.map(([from, to]) => [from, to]),
    unstable: unstable
      .filter((place) => place.light === light)
      .map(({ box, share }) => ({ box: [...box], share })),
  }));
}

import { setTimeout as sleep } from 'node:timers/promises';
import { composeTools } from '../../server/composition/compose-tools.ts';
import type { Config } from '../../server/config.ts';
import { SAMPLE_STORIES } from '../sample/cases-stories.ts';
import { type Comparison, compare } from './measure.ts';

/** As much text is anonymised in one measurement, in bytes of UTF-8. */
const SIZE_BYTES = 2_000_000;
/** The least speed, in bytes a second. */
const LEAST_SPEED = 1_000_000;

/** Text of all three languages, anonymised, against a clock that lets pass 1 MB a second. */
export async function benchAnonymise(config: Config): Promise<Comparison> {
  const tools = composeTools(config);
  try {
    const anonymise = await tools.anonymiser();
    const texts = (['ru', 'ky', 'en'] as const).map((language) => storiesOf(language));
    const sizeBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    return await compare({
      name: `anonymise ${(sizeBytes / 1e6).toFixed(1)} MB of text`,
      peer: '1 MB a second',
      limit: 1,
      pairs: 5,
      ours: async () => {
        for (const text of texts) anonymise(text);
      },
      theirs: () => sleep((1000 * sizeBytes) / LEAST_SPEED),
    });
  } finally {
    await tools.close();
  }
}

/** Sample stories, each with people and numbers of its own, up to a third of the size. */
function storiesOf(language: 'ru' | 'ky' | 'en'): string {
  const parts: string[] = [];
  let sizeBytes = 0;
  for (let at = 0; sizeBytes < SIZE_BYTES / 3; at++) {
    const story = SAMPLE_STORIES[at % SAMPLE_STORIES.length]!.text[language];
    const part = `${story} +996 555 ${100_000 + (at % 900_000)}. 01 KG ${100 + (at % 900)} ABC.\n`;
    parts.push(part);
    sizeBytes += Buffer.byteLength(part);
  }
  return parts.join('');
}

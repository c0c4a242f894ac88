import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bishkekDate } from '../../server/kernel/time.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import type { Localized } from '../../server/letters/writing/language.ts';
import type { EnteredLetter } from '../../server/packs/pack-order.ts';

/** Title of a given clip as an exhibit. */
export const CLIP_TITLE = {
  ky: 'Видеожазуу',
  ru: 'Видеозапись',
  en: 'A recording',
};

/** Title of the sample clip as an exhibit. */
export const SAMPLE_CLIP_TITLE = {
  ky: 'ҮЛГҮ. Пункттун жанындагы көчө',
  ru: 'ОБРАЗЕЦ. Улица у пункта',
  en: 'SAMPLE. The street by the site',
};

/**
 * The entered part of the sample's letter, and where its presence log was kept: an organisation and
 * offices, no real officeholder, dated today in Bishkek. It is what `templates/letters/example.json`
 * shows.
 */
export async function sampleLetter(at: Date): Promise<{ letter: EnteredLetter; place: Localized }> {
  const file = path.resolve(import.meta.dirname, '../../templates/letters/example.json');
  const example: LetterModel = JSON.parse(await readFile(file, 'utf8'));
  const { kind, sender, addressee, grounds, demands, signatory, executor } = example;
  return {
    letter: {
      type: 'ministry',
      kind,
      sender,
      addressee,
      outgoing: { number: '01-14/1', date: bishkekDate(at) },
      grounds,
      overrides: [],
      demands,
      signatory,
      executor,
    },
    place: example.presence!.place,
  };
}

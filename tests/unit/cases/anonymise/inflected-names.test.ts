import { describe, expect, test } from 'vitest';
import names from '../../../../server/cases/anonymise/names.json' with { type: 'json' };
import { anonymise } from '../../../builders/anonymise.ts';
import {
  type GrammarCase,
  kyrgyzForm,
  russianForm,
} from '../../../builders/narratives/person-forms.ts';

// Every given name of the list in two of its cases, neighbours of the list in others, in a sentence
// that says nothing of who it is.

const SENTENCES = {
  ru: {
    nom: 'Потом @ ударили.',
    gen: 'Потом у @ отобрали телефон.',
    dat: 'Потом передали @ деньги.',
    acc: 'Потом избили @ возле дома.',
    ins: 'Потом мы с @ ушли домой.',
    loc: 'Потом спросили о @ и ушли.',
  },
  ky: {
    nom: 'Анан @ келди.',
    gen: 'Анан @ телефонун алышты.',
    dat: 'Анан @ акча беришти.',
    acc: 'Анан @ сабашты.',
    loc: 'Анан @ акча бар болчу.',
    abl: 'Анан @ сурашты.',
  },
} as const;

const [male = '', female = '', slavic = ''] = names.given;
const everybody = [
  ...`${male} ${slavic}`.split(' ').map((name) => ({ name, sex: 'm' as const })),
  ...female.split(' ').map((name) => ({ name, sex: 'f' as const })),
];

/** Forms that can still be read, of `count` that were tried. */
function readable(language: 'ru' | 'ky', write: (form: string) => string) {
  const left: string[] = [];
  let count = 0;
  const sentences = Object.entries(SENTENCES[language]);
  for (const [i, { name, sex }] of everybody.entries()) {
    for (const turn of [i % sentences.length, (i + 3) % sentences.length]) {
      const [wanted, sentence] = sentences[turn]!;
      const at = wanted as GrammarCase;
      const form = write(
        language === 'ky'
          ? kyrgyzForm(name, at)
          : russianForm(name, { sex, surname: false, wanted: at }),
      );
      const text = sentence.replace('@', form);
      const start = text.indexOf(form);
      const end = start + form.length;
      count++;
      const { spans } = anonymise(text, { language });
      if (!spans.some((span) => span.start <= start && span.end >= end)) left.push(form);
    }
  }
  return { left, count };
}

describe.each(['ru', 'ky'] as const)('given names in %s, inflected', (language) => {
  test('with a capital none can be read', () => {
    expect(readable(language, (form) => form).left).toEqual([]);
  });

  test('in small letters only such can be read as are everyday words', () => {
    const { left, count } = readable(language, (form) => form.toLowerCase());
    expect(left.length / count).toBeLessThan(language === 'ru' ? 0.01 : 0.06);
    const words = left.join(' ');
    // What ends so is nobody's everyday word, whatever suffixes can be read into it.
    expect(words).not.toMatch(/(?:бек|бай|кул|гүл)(?:\p{L}{0,3})?(?: |$)/u);
  });
});

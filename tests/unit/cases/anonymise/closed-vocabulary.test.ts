import { describe, expect, test } from 'vitest';
import wordNames from '../../../../server/cases/anonymise/word-names.json' with { type: 'json' };
import { anonymise, KNOWLEDGE } from '../../../builders/anonymise.ts';
import {
  type GrammarCase,
  kyrgyzForm,
  russianForm,
} from '../../../builders/narratives/person-forms.ts';

// What is held here is no list of finds but the form of the answer: a word stays only if the closed
// vocabulary has it, and no word that is a name as often as not stays, in whatever case it is written.

const CASES: readonly GrammarCase[] = ['nom', 'gen', 'dat', 'acc', 'loc'];
const SENTENCES = {
  ru: (form: string) => `потом сказали что ${form} тоже там был`,
  ky: (form: string) => `анан ${form} тууралуу сурашты`,
} as const;
const wordsOf = (lists: readonly string[]) => lists.flatMap((list) => list.split(' '));
const isAdjective = (word: string) => /(?:ый|ий|ой)$/u.test(word);
const isCovered = (text: string, form: string, language: 'ru' | 'ky' | 'en') => {
  const start = text.indexOf(form);
  const { spans } = anonymise(text, { language });
  return spans.some((span) => span.start <= start && span.end >= start + form.length);
};

describe('an everyday word that is a name is gone', () => {
  test.each(['small', 'capital', 'look-alikes'] as const)('in Kyrgyz, in all cases, %s', (how) => {
    const left = wordsOf(wordNames.ky).flatMap((word, i) => {
      const wanted = CASES[i % CASES.length]!;
      const form = written(kyrgyzForm(word, wanted), how);
      return isCovered(SENTENCES.ky(form), form, 'ky') ? [] : [form];
    });
    expect(left).toEqual([]);
  });

  test.each(['small', 'capital', 'look-alikes'] as const)('in Russian, in all cases, %s', (how) => {
    const nouns = wordsOf(wordNames.ru).filter((word) => !isAdjective(word));
    const left = nouns.flatMap((word, i) => {
      const sex = /[ая]$/u.test(word) ? 'f' : 'm';
      const wanted = CASES[i % CASES.length]!;
      const plain = russianForm(word, { sex, surname: false, wanted });
      const form = written(plain, how);
      return isCovered(SENTENCES.ru(form), form, 'ru') ? [] : [plain];
    });
    // «Сосну» and «осела» are verbs as well, «графе» and «поле» forms of other nouns: with a capital
    // they are somebody, too.
    if (how === 'capital') expect(left).toEqual([]);
    expect(left.length / nouns.length).toBeLessThan(0.03);
    expect(left.filter((form) => nouns.includes(form) && form.length > 4)).toEqual([]);
  });

  test('in English where it stands as names do, and only there', () => {
    const words = wordsOf(wordNames.en);
    const bare = words.filter((word) => !isCovered(`then ${word} came to us`, word, 'en'));
    expect(bare).toEqual([]);
    for (const raw of [
      'they took the stone and my hope',
      'young people were there',
      'in summer we stood at the park gate',
      'she was young and they chase her',
    ]) {
      expect(anonymise(raw, { language: 'en' }).text).toBe(raw);
    }
  });

  test.each(['brook pushed him', 'then, penny told me', 'basil and ginger sell there'])(
    'in English whatever does what only people do: %s',
    (text) => {
      for (const name of text.match(/brook|penny|basil|ginger/g)!) {
        expect(isCovered(text, name, 'en')).toBe(true);
      }
    },
  );

  test.each(['police came late', 'nobody told us, people said', 'later was worse, money was gone'])(
    'and nothing else: %s',
    (raw) => {
      expect(anonymise(raw, { language: 'en' }).text).toBe(raw);
    },
  );

  test.each([
    ['an adjective with no noun behind it', 'потом бурый ударил его', 'бурый'],
    ['at the end', 'всё это делал рыжий', 'рыжий'],
  ])('%s', (_, text, form) => {
    expect(isCovered(text, form, 'ru')).toBe(true);
  });

  test('an adjective of a thing stays', () => {
    const raw = 'он показал бурый мешок и рыжий чемодан';
    expect(anonymise(raw, { language: 'ru' }).text).toBe(raw);
  });
});

describe('what the closed vocabulary does not have is gone', () => {
  // Nouns of the dictionary that nobody put on a list, and that hardly any such note would use.
  test.each(
    'бульдозерист виолончель гладиолус дирижабль ежевика заклёпка индюшонок камбала лемур мухомор нарцисс оглобля папоротник росомаха сайгак трясогузка увалень фазан хомяк чибис шашлычник щегол эскимо'.split(
      ' ',
    ),
  )('%s', (word) => {
    for (const text of [`вчера ${word} ударил его`, `Потом был там ${word}.`]) {
      expect(isCovered(text, word, 'ru')).toBe(true);
    }
  });

  test.each(['periwinkle', 'tamarind', 'bosun', 'gannet', 'thistle'])('%s', (word) => {
    expect(isCovered(`yesterday ${word} hit him`, word, 'en')).toBe(true);
  });

  test('in a Kyrgyz text Russian words are no exception', () => {
    expect(isCovered('анан росомаха келди', 'росомаха', 'ky')).toBe(true);
  });

  test('letters of other scripts are', () => {
    for (const name of ['李伟', '김철수', 'გიორგი', 'محمد', '王']) {
      expect(isCovered(`потом пришёл ${name} один`, name, 'ru')).toBe(true);
    }
  });

  test('forms that no name has stay, however rare the word', () => {
    const raw = 'его оклеветали, безжалостно унижали, потом ошарашенно отмалчивались о притеснении';
    expect(anonymise(raw, { language: 'ru' }).text).toBe(raw);
    expect(KNOWLEDGE.lexicon.isNeutral('оклеветали', 'ru')).toBe(true);
  });
});

describe('what leads to somebody without a name', () => {
  test.each([
    ['ru', 'чёрная камри стояла рядом', 'чёрная камри'],
    ['ru', 'ехали на серебристом степвагоне', 'серебристом степвагоне'],
    ['ky', 'кара хонда стрим токтоду', 'кара хонда стрим'],
    ['en', 'he drives a silver honda fit', 'silver honda fit'],
    ['ru', 'забрали возле филармонии', 'филармонии'],
    ['ru', 'живёт в общежитии с сестрой', 'общежитии'],
    ['ru', 'лежал в наркологии два раза', 'наркологии'],
    ['ky', 'анан наркологияга алып барышты', 'наркологияга'],
    ['en', 'she was near the philharmonic', 'philharmonic'],
    ['ru', 'стояли у гостиницы дружба вечером', 'дружба'],
    ['ky', 'дружба мейманканасынын жанында турушту', 'дружба'],
    ['ru', 'было в первых числах мая', 'мая'],
    ['ky', 'майдын башында болду', 'майдын'],
    ['en', 'it was in early may', 'may'],
    ['ru', 'он водитель депутата', 'депутата'],
    ['en', 'her plate ends with 388', '388'],
    ['ru', 'код у него 5512 был', '5512'],
    ['ru', 'подписали к. жумаш уулу и ещё один', 'к. жумаш уулу'],
  ] as const)('%s: %s', (language, text, found) => {
    expect(isCovered(text, found, language)).toBe(true);
  });

  test.each([
    ['ru', 'отдал 2000 сом и ещё 500'],
    ['ru', 'статья 246 и пункт 12 кодекса'],
    ['ru', 'ему 34 года, ждали 120 минут'],
    ['ky', '2000 сом алды, 150 метр жерде турду'],
    ['en', 'article 114 was read to 120 people'],
    ['ru', 'серая куртка и чёрная сумка'],
  ] as const)('%s: %s stays', (language, raw) => {
    expect(anonymise(raw, { language }).text).toBe(raw);
  });
});

function written(form: string, how: 'small' | 'capital' | 'look-alikes'): string {
  if (how === 'capital') return form[0]!.toUpperCase() + form.slice(1);
  if (how === 'small') return form;
  const twins: Readonly<Record<string, string>> = {
    а: 'a',
    е: 'e',
    о: 'o',
    с: 'c',
    р: 'p',
    х: 'x',
  };
  return form.replaceAll(/[аеосрх]/g, (letter) => twins[letter]!);
}

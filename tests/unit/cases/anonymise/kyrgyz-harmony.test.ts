import { expect, test } from 'vitest';
import { foundIn } from '../../../builders/anonymise.ts';

// In small letters only its form tells a Kyrgyz name of two words from a word with suffixes: -кан stands
// behind voiceless consonants alone, and no а stands in one word with ү.

test.each([
  'бурулкан',
  'сайракан',
  'сапаркан',
  'сейилкан',
  'сүйүмкан',
  'турдукан',
  'үмүткан',
  'гүлдана',
  'калбү',
])('кечээ биз %s менен отурганбыз: somebody', (name) => {
  expect(foundIn(`кечээ биз ${name} менен отурганбыз`, { language: 'ky' })).toEqual([name]);
});

test.each([
  'алар аны кармашкан жана кыйнашкан',
  'түнүндө уктаган эмес, баары айтылган',
  'ал жерден качкан, бирок артынан жеткен',
  'акчаны алып коюшкан, эч нерсе түшүндүрүшкөн жок',
  'үйүнө кайткан, балдарына айткан',
  'участоктогулар күлүшкөн, паспортун кайтарышкан',
  'көчөдө көп турган, үйгө киргизишкен эмес',
])('%s: nobody', (text) => {
  expect(foundIn(text, { language: 'ky' })).toEqual([]);
});

test('«Таман деген лакабы бар»: what somebody is called stands before', () => {
  expect(foundIn('таман деген лакабы бар киши', { language: 'ky' })).toEqual(['таман']);
});

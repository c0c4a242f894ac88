import { describe, expect, test } from 'vitest';
import { LetterError } from '../../../server/letters/errors.ts';
import type { LetterModel } from '../../../server/letters/letter-model.ts';
import { checkedLetter, parseLetter } from '../../../server/letters/parse-letter.ts';
import { aLetter, everywhere, shippedRules } from '../../builders/letter.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function faultsOf(value: unknown): readonly string[] {
  try {
    checkedLetter(value, shippedRules);
  } catch (error) {
    expect(error).toBeInstanceOf(LetterError);
    expect((error as LetterError).code).toBe('MODEL_INVALID');
    return (error as LetterError).faults;
  }
  return [];
}

const faultsAfter = (change: (letter: LetterModel) => void) => faultsOf(aLetter(change));

test('the example is a complete letter', () => {
  const letter = parseLetter(bytes(JSON.stringify(aLetter())), shippedRules);
  expect(letter.kind).toBe('application');
  expect(letter.presence?.recordedDays).toBe(30);
});

describe('what is no letter', () => {
  test.each([
    ['no JSON', bytes('{"version": 1')],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0xfe, 0x22)],
    ['too much', new Uint8Array(9 * 1024 * 1024)],
  ])('%s is refused with one sentence', (_, input) => {
    expect(() => parseLetter(input, shippedRules)).toThrowError(
      expect.objectContaining({ code: 'MODEL_UNREADABLE' }),
    );
  });

  test.each([null, [], 'letter', 7])('%j is refused', (value) => {
    expect(faultsOf(value)).toEqual(['The letter: expected an object in {}.']);
  });
});

describe('a fault names its field and what is expected, never the value', () => {
  test.each<[string, (letter: LetterModel) => void, string]>([
    [
      'a number as text',
      (l) => Object.assign(l.figures, { documented: '1300' }),
      'figures.documented: expected a whole number.',
    ],
    [
      'a negative count',
      (l) => Object.assign(l.figures, { lawEnforcement: -1 }),
      'figures.lawEnforcement: expected a whole number of at least 0.',
    ],
    [
      'a missing language',
      (l) => Reflect.deleteProperty(l.sender.name, 'ky'),
      'sender.name.ky: expected a text.',
    ],
    [
      'an unknown field',
      (l) => Object.assign(l.addressee, { fax: '1' }),
      'addressee.fax: is not a field of a letter; take it out.',
    ],
    [
      'an unknown field of odd name',
      (l) => Object.assign(l, { 'Имя Фамилия': '1' }),
      '(a name of odd characters): is not a field of a letter; take it out.',
    ],
    [
      'an impossible date',
      (l) => Object.assign(l.outgoing, { date: '2026-02-30' }),
      'outgoing.date: expected a date as YYYY-MM-DD.',
    ],
    [
      'a short digest',
      (l) => Object.assign(l.annexes[2]!.files[0]!, { sha256: 'abc' }),
      'annexes[2].files[0].sha256: expected a SHA-256 digest, 64 lower-case hexadecimal digits.',
    ],
    [
      'a path out of the pack',
      (l) => Object.assign(l.annexes[2]!.files[0]!, { path: 'data/../../etc/passwd' }),
      'annexes[2].files[0].path: expected a path inside the pack, of Latin letters, digits and . _ / -.',
    ],
    [
      'text that turns reading round',
      (l) => Object.assign(l.subject ?? l, { subject: everywhere('a\u202eb') }),
      'subject.ky: expected text without control or invisible characters.',
    ],
    [
      'a pictograph, which the font lacks',
      (l) => Object.assign(l.demands, [{ text: { ...everywhere('a'), ru: 'b \u{1f642}' } }]),
      'demands[0].text.ru: expected characters that the font of letters has, not U+1F642.',
    ],
    [
      'a letter of another script',
      (l) => Object.assign(l.signatory.name, { en: '\u4f60' }),
      'signatory.name.en: expected characters that the font of letters has, not U+4F60.',
    ],
    [
      'an unknown ground',
      (l) => l.grounds.splice(0, 1, 'no-such'),
      'grounds[0]: expected the id of a ground in grounds.json.',
    ],
    [
      'an unknown demand',
      (l) => l.demands.splice(1, 1, 'no-such'),
      'demands[1]: expected the id of a demand in demands.json.',
    ],
  ])('%s', (_, change, fault) => expect(faultsAfter(change)).toContain(fault));

  test('every fault is told at once', () => {
    const faults = faultsAfter((l) => {
      Object.assign(l.outgoing, { number: '', date: 5 });
      Object.assign(l, { sample: 'yes', version: 2 });
    });
    expect(faults).toHaveLength(4);
  });

  test('a foreign prototype is no field', () => {
    const text = JSON.stringify(aLetter()).replace('{', '{"__proto__": {"sample": false},');
    expect(() => parseLetter(bytes(text), shippedRules)).toThrowError(/take it out/);
  });
});

describe('fields must agree', () => {
  test.each<[string, (letter: LetterModel) => void, RegExp]>([
    ['a complaint without mandate', (l) => (l.kind = 'complaint'), /^mandate: expected for a/],
    [
      'an application with one',
      (l) => (l.mandate = everywhere('доверенность')),
      /^mandate: expected for a complaint only/,
    ],
    [
      'more than all',
      (l) => (l.figures.lawEnforcement = 1301),
      /^figures\.lawEnforcement: expected no more/,
    ],
    [
      'populations over their base',
      (l) => (l.figures.byPrimaryPopulation[0]!.count = 460),
      /^figures\.byPrimaryPopulation: expected counts that add up/,
    ],
    [
      'a small rest that can be subtracted',
      (l) => (l.figures.byPrimaryPopulation[0]!.count = 432),
      /^figures\.byPrimaryPopulation: expected a rest of 0/,
    ],
    [
      'a small cell',
      (l) => (l.figures.byPrimaryPopulation[1]!.count = 10),
      /^figures\.byPrimaryPopulation\[1\]\.count: expected 11 cases or more/,
    ],
    [
      'near sites over law enforcement',
      (l) => (l.figures.nearOstSites = 669),
      /^figures\.nearOstSites: expected no more/,
    ],
    [
      'a small near count',
      (l) => (l.figures.nearOstSites = 3),
      /^figures\.nearOstSites: expected 11/,
    ],
    [
      'nearly everybody',
      (l) => (l.pattern[0]!.count = 660),
      /^pattern\[0\]\.count: expected a rest of its base/,
    ],
    [
      'a part over its base',
      (l) => (l.pattern[0]!.count = 669),
      /^pattern\[0\]\.count: expected no/,
    ],
    [
      'a base from nowhere',
      (l) => (l.pattern[0]!.base = 667),
      /^pattern\[0\]\.base: expected one of/,
    ],
    [
      'a small cell in a table',
      (l) => (l.tables[0]!.rows[0]!.count = 4),
      /^tables\[0\]\.rows\[0\]\.count: expected 5/,
    ],
    [
      'a period turned round',
      (l) => (l.period = { from: '2021-12', to: '2020-01' }),
      /^period\.to: expected/,
    ],
    ['a period after the letter', (l) => (l.period.to = '2026-05'), /^period\.to: .* not after/],
    [
      'a narrative outside the period',
      (l) => (l.narratives[0]!.month = '2019-12'),
      /^narratives\[0\]\.month/,
    ],
    [
      'an exhibit twice',
      (l) => (l.narratives[0]!.exhibit = l.narratives[1]!.exhibit),
      /^narratives: expected every exhibit once/,
    ],
    [
      'presence that nobody reviewed',
      (l) => (l.presence!.intervals[0]!.date = '2026-03-01'),
      /^presence\.intervals\[0\]: expected an interval inside/,
    ],
    [
      'presence over the end of what was reviewed',
      (l) => (l.presence!.intervals[0]!.to = '10:31'),
      /^presence\.intervals\[0\]: expected an interval inside/,
    ],
    [
      'an interval backwards',
      (l) => (l.presence!.intervals[0]!.to = '08:00'),
      /^presence\.intervals\[0\]\.to: expected a time after/,
    ],
    [
      'more days reviewed than recorded',
      (l) => (l.presence!.recordedDays = 21),
      /^presence\.recordedDays/,
    ],
    ['a gap in the annexes', (l) => l.annexes.splice(1, 1), /^annexes\[1\]\.number: expected 2/],
    [
      'a file twice',
      (l) => (l.annexes[4]!.files[1]!.path = l.annexes[4]!.files[0]!.path.toUpperCase()),
      /^annexes: expected every path once/,
    ],
  ])('%s', (_, change, fault) => {
    expect(faultsAfter((letter) => void change(letter))).toContainEqual(
      expect.stringMatching(fault),
    );
  });

  test('a number too small to show may be withheld', () => {
    expect(
      faultsAfter((l) => {
        l.figures.nearOstSites = null;
      }),
    ).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkContestedWords } from '../../../../server/letters/checks/contested-words.ts';
import { LANGUAGES, type Language } from '../../../../server/letters/writing/language.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const contested = checkContestedWords(json('templates/letters/contested-words.json'));
const isInsulting = (text: string, lang: Language) => contested(text, lang).length > 0;

describe('every text that Dalil ships is free of contested words', () => {
  /** Texts of a file of data, with the language of their key or file; without one they count as any. */
  function textsOf(value: unknown, lang: Language | null): Array<[Language, string]> {
    if (typeof value === 'string') {
      return (lang === null ? LANGUAGES : [lang]).map((one): [Language, string] => [one, value]);
    }
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      textsOf(inner, LANGUAGES.find((one) => one === key) ?? lang),
    );
  }
  const shipped = [
    ...LANGUAGES.map((lang) => ({ file: `templates/messages/${lang}.json`, lang })),
    ...readdirSync(path.join(root, 'templates/letters'))
      .filter((name) => name.endsWith('.json') && name !== 'contested-words.json')
      .map((name) => ({ file: `templates/letters/${name}`, lang: null })),
    { file: 'server/cases/codes/code-lists.json', lang: null },
    { file: 'server/cases/disclosure/hierarchy.json', lang: null },
  ];

  test.each(shipped)('$file', ({ file, lang }) => {
    const texts = textsOf(json(file), lang);
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.filter(([of, text]) => isInsulting(text, of))).toEqual([]);
  });

  test.each(['templates/pack/VERIFY.txt', 'templates/import/cases.md', 'README.md'])(
    '%s',
    (file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      expect(LANGUAGES.filter((lang) => isInsulting(text, lang))).toEqual([]);
    },
  );
});

test.each<[Language, string]>([
  ['ky', 'Аны нашакор деп кемсинтишкен.'],
  ['ky', 'Ал баңгиге окшойт деп айтышкан.'],
  ['ky', 'Спидчилерге дары жок.'],
  ['ru', 'ВИЧ-инфицированных задержали.'],
  ['ru', 'Задержали нариков.'],
  ['ru', 'Это был гомосексуалист.'],
  ['en', 'HIV-infected people were stopped.'],
  ['en', 'They called her a whore.'],
])('found: %s «%s»', (lang, text) => {
  expect(isInsulting(text, lang)).toBe(true);
});

test.each<[Language, string]>([
  ['ky', 'Баңгизаттарды колдонгон адамдар пунктка келишет.'],
  ['ky', 'Баңги заттарын колдонгон адамдар.'],
  ['ky', 'АИВ менен жашаган адамдар жана пункттун бейтаптары.'],
  ['ru', 'Люди, живущие с ВИЧ, и пациенты пункта.'],
  ['ru', 'Динарик упал, а кошенар закрыт.'],
  ['en', 'Patients of the site and people living with HIV.'],
])('left alone: %s «%s»', (lang, text) => {
  expect(isInsulting(text, lang)).toBe(false);
});

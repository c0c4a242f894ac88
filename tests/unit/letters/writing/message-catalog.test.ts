import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { compileMessages } from '../../../../server/letters/writing/message-catalog.ts';
import { TEMPLATES_FOLDER } from '../../../builders/letter.ts';

const catalogs = Object.fromEntries(
  ['ky', 'ru', 'en'].map((lang) => [
    lang,
    JSON.parse(readFileSync(path.join(TEMPLATES_FOLDER, 'messages', `${lang}.json`), 'utf8')),
  ]),
) as { ky: object; ru: object; en: object };

function texts(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [[prefix + key, inner]] : texts(inner, `${prefix}${key}.`),
  );
}

/** Names of what a message is filled with, by the parser of the library. */
function placeholders(text: string, lang: string): string[] {
  const names = new Set<string>();
  const walk = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      if ('value' in element && element.type !== 0) names.add(String(element.value));
      if ('options' in element && typeof element.options === 'object') {
        for (const option of Object.values(element.options as object)) walk(option.value);
      }
    }
  };
  walk(new IntlMessageFormat(text, lang, undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

describe('the catalogs', () => {
  test('compile, with the same keys', () => expect(() => compileMessages(catalogs)).not.toThrow());

  test.each(['ky', 'en'] as const)('take the same values in %s as in Russian', (lang) => {
    // English alone must know which population is the last.
    const names = (text: string, of: string) => placeholders(text, of).filter((n) => n !== 'last');
    const russian = new Map(texts(catalogs.ru));
    const odd = texts(catalogs[lang]).filter(
      ([key, text]) => names(text, lang).join() !== names(russian.get(key)!, 'ru').join(),
    );
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  test('speak of registration only to deny it', () => {
    // What a lawyer is told of other texts is no part of a letter; the organisation is registered.
    const speaking = Object.values(catalogs)
      .flatMap((one) => texts(one))
      .filter(([key]) => !/^(?:finding|annex\.registration)\./.test(key))
      .filter(([, text]) => /регистр|катта[гл]|каттоо|regist(?:er(?:ed|s)|ration)/i.test(text))
      .map(([key]) => key);
    expect([...new Set(speaking)]).toEqual(['annex.statistics.intro']);
  });
});

describe('a catalog with a fault is refused', () => {
  test('keys that differ', () => {
    expect(() => compileMessages({ ky: { a: 'x' }, ru: { a: 'x' }, en: { b: 'x' } })).toThrowError(
      expect.objectContaining({ code: 'TEMPLATE_INVALID' }),
    );
  });

  test('a brace too few, and a value that is missing', () => {
    expect(() => compileMessages({ ky: { a: '{n' }, ru: { a: 'x' }, en: { a: 'x' } })).toThrowError(
      /language ky/,
    );
    const messages = compileMessages({ ky: { a: '{n}' }, ru: { a: '{n}' }, en: { a: '{n}' } });
    expect(() => messages.en('a')).toThrowError(/language en/);
    expect(() => messages.en('b')).toThrowError(/The text b/);
    expect(messages.en('a', { n: '<b>' })).toBe('<b>');
  });
});

import { describe, expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';

const NOWHERE = { DALIL_DATA: '/nonexistent/dalil' };

describe('dalil anonymise', () => {
  test('prints the text and its spans, with offsets in UTF-16 units of what it read', async () => {
    const raw = '👍 Асанов Бакыт звонил с +996 555 123456.\n';
    const { code, out } = await runDalil(['anonymise', '--lang', 'ru'], NOWHERE, raw);
    expect(code).toBe(0);
    const { text, spans } = JSON.parse(out);
    expect(text).toBe('👍 Лицо-1 звонил с [удалено].\n');
    expect(
      spans.map((span: { start: number; end: number }) => raw.slice(span.start, span.end)),
    ).toEqual(['Асанов Бакыт', '+996 555 123456']);
    expect(Object.keys(spans[0]).sort()).toEqual(['end', 'replacement', 'rule', 'start', 'type']);
  });

  test('guesses the language', async () => {
    const { out } = await runDalil(
      ['anonymise'],
      NOWHERE,
      'Аны Асанов деген милиция кызматкери сабады.',
    );
    expect(JSON.parse(out).text).toMatch(/^Аны 1-кызматкер деген|^Аны 1-адам деген/);
  });

  test('an empty text has no spans', async () => {
    const { code, out } = await runDalil(['anonymise'], NOWHERE, '');
    expect([code, JSON.parse(out)]).toEqual([0, { text: '', spans: [] }]);
  });

  test('a text that is no UTF-8 is refused and not quoted', async () => {
    const bytes = Buffer.concat([Buffer.from('Асанов '), Buffer.from([0xff, 0xc0])]);
    const { code, out, err } = await runDalil(['anonymise'], NOWHERE, bytes);
    expect([code, out]).toEqual([3, '']);
    expect(err).not.toContain('Асанов');
  });

  test('a text without end is refused', async () => {
    const { code, out } = await runDalil(
      ['anonymise'],
      NOWHERE,
      Buffer.alloc(17 * 1_048_576, 0x61),
    );
    expect([code, out]).toEqual([3, '']);
  });

  test('an unknown language is a matter of usage', async () => {
    const { code } = await runDalil(['anonymise', '--lang', 'de'], NOWHERE, 'x');
    expect(code).toBe(2);
  });
});

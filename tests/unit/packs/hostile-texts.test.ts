import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../server/packs/manifest/bag-manifest.ts';
import { parseCommitments, parseOpenings } from '../../../server/packs/manifest/commitments.ts';
import { parseCustody } from '../../../server/packs/manifest/custody-lines.ts';
import { parsePackDescription } from '../../../server/packs/manifest/pack-description.ts';
import { parseReceipt } from '../../../server/packs/manifest/receipt.ts';
import { parseStatement } from '../../../server/packs/manifest/statement.ts';
import { parseTlogProof } from '../../../server/packs/manifest/tlog-proof.ts';

// Texts of a pack that nobody had to sign, made to fill a verifier's memory: each of these took more
// than a gigabyte or a minute, or ended the process. Here each would end the test.

const LENGTH = 30_000_000;
const HOSTILE: Record<string, string> = {
  'lists in lists': '['.repeat(LENGTH / 2) + ']'.repeat(LENGTH / 2),
  'objects in objects': `${'{"a":'.repeat(LENGTH / 5)}0`,
  'millions of nothings': `{"items":[${'{},'.repeat(LENGTH / 3)}0]}\n`,
  'millions of classes': `{"items":[],"withheld":{"classes":[${'0,'.repeat(LENGTH / 2)}0]}}\n`,
  'a proof without end': `{"checkpoint":"x"}\n{"proof":[${'0,'.repeat(LENGTH / 2)}0]}\n`,
  'empty lines': '\n'.repeat(LENGTH),
  'one long line': `${'a'.repeat(LENGTH)}\n`,
  'a string that does not end': `{"items":"${'\\"'.repeat(LENGTH / 2)}`,
};

describe.each(Object.entries(HOSTILE))('%s', (_name, text) => {
  test.each(
    Object.entries({
      parsePackDescription,
      parseCustody,
      parseCommitments,
      parseOpenings,
      parseReceipt,
      parseStatement,
      parseTlogProof,
    }),
  )('are none to %s', (_parser, parse) => {
    expect(parse(text)).toBeNull();
  });
});

test('of millions of lines that are none, a list tells of a thousand', () => {
  const parsed = parseManifest('x\n'.repeat(LENGTH / 2));
  expect('faults' in parsed && parsed.faults).toHaveLength(1_001);
});

import { canonicalJson } from '../../../server/kernel/canonical-json.ts';
import { receiptText, type SealedForTest } from '../sealed-pack.ts';
import { type ForgedPack, forged, rewritten, textOf, ZEROS } from './forging.ts';

const MEDIA = 'data/media/V-01.mp4';
const RECEIPT = 'evidence/receipts/V-01.json';

/** A receipt of the copy with other fields. */
function otherReceipt(
  pack: SealedForTest,
  change: { path?: string; leaf?: string; passed?: boolean },
): string {
  const file = pack.draft.files.find(({ path }) => path === MEDIA)!;
  const { sha256, sizeBytes } = file;
  return receiptText(
    { path: change.path ?? MEDIA, sha256, sizeBytes },
    change.leaf ?? pack.draft.commitments[0]!.leaf,
    [{ name: 'covered-tiles-constant', passed: change.passed ?? true }],
  );
}

/** Receipts and custody events that do not fit the pack. */
export const FORGED_RECORDS: readonly ForgedPack[] = [
  {
    name: 'a redacted copy without a receipt',
    make: forged(() => ({ files: { [RECEIPT]: null } })),
    finds: ['receipt-missing'],
  },
  {
    name: 'a receipt with a failed check',
    make: forged((pack) => ({ files: { [RECEIPT]: otherReceipt(pack, { passed: false }) } })),
    finds: ['receipt-malformed'],
  },
  {
    name: 'a receipt whose check failed and passed',
    make: rewritten(RECEIPT, (text) =>
      text.replace('"passed":true', '"passed":false,"passed":true'),
    ),
    finds: ['receipt-malformed'],
  },
  {
    name: 'a receipt nested without end',
    make: rewritten(RECEIPT, (text) =>
      text.replace('{', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},`),
    ),
    finds: ['receipt-malformed'],
  },
  {
    name: 'a receipt of another file',
    make: forged((pack) => ({
      files: { [RECEIPT]: otherReceipt(pack, { path: 'data/media/V-02.mp4' }) },
    })),
    finds: ['receipt-other-file'],
  },
  {
    name: 'a receipt whose original is not committed',
    make: forged((pack) => ({ files: { [RECEIPT]: otherReceipt(pack, { leaf: ZEROS }) } })),
    finds: ['receipt-uncommitted'],
  },
  {
    name: 'a receipt whose original is the copy itself',
    make: forged((pack) => ({
      files: {
        [RECEIPT]: otherReceipt(pack, {
          leaf: pack.draft.commitments.find(({ path }) => path === MEDIA)!.leaf,
        }),
      },
    })),
    finds: ['receipt-opened'],
  },
  {
    name: 'a receipt that belongs to no file',
    make: forged((pack) => ({
      files: { 'evidence/receipts/V-02.json': otherReceipt(pack, {}) },
    })),
    finds: ['receipt-foreign'],
  },
  {
    name: 'two copies of one exhibit number under one receipt',
    make: forged((pack) => {
      const description = JSON.parse(textOf(pack, 'evidence/pack.json'));
      const copy = description.items.find(({ path }: { path: string }) => path === MEDIA);
      description.items.push({ ...copy, path: 'data/media/V-01.jpg' });
      description.items.sort((a: { path: string }, b: { path: string }) =>
        a.path < b.path ? -1 : 1,
      );
      return {
        files: {
          'data/media/V-01.jpg': pack.bag.get(MEDIA)!,
          'evidence/pack.json': `${canonicalJson(description)}\n`,
        },
      };
    }),
    finds: ['opening-shared', 'receipt-other-file', 'receipt-shared'],
  },
  ...Object.entries({
    'is not signed': (text: string) => text.replace(/\\n— .*\\n"/, '\\n"'),
    'has no line feed at its end': (text: string) => text.replace('\\n"}\n', '"}\n'),
    'has a line more': (text: string) => text.replace('=\\n\\n', '=\\nmore\\n\\n'),
    'is of a log whose name JSON spells otherwise': (text: string) =>
      text.replaceAll('log.example', 'log\\"example'),
    'has a signature of no byte': (text: string) => text.replace(/(— \S+) [^"\\]*/, '$1 AAAAAA=='),
  }).map(
    ([name, change]): ForgedPack => ({
      name: `a checkpoint beside the events that ${name}`,
      make: rewritten('evidence/custody.jsonl', change),
      finds: name.includes('JSON')
        ? ['custody-not-included', 'log-proof-other-log']
        : ['custody-not-included'],
    }),
  ),
  {
    name: 'an event that was changed',
    make: rewritten('evidence/custody.jsonl', (text) => text.replace('2026-', '2025-')),
    finds: ['custody-not-included'],
  },
  {
    name: 'an event that says its place wrong',
    make: rewritten('evidence/custody.jsonl', (text) => text.replace('"index":1', '"index":2')),
    finds: ['custody-not-included'],
  },
  {
    name: 'a log that claims to be longer than any',
    make: rewritten('evidence/custody.jsonl', (text) =>
      text.replace('\\n5\\n', '\\n9999999999999999\\n'),
    ),
    finds: ['custody-not-included'],
  },
  {
    name: 'an event that is left out',
    make: rewritten('evidence/custody.jsonl', (text) =>
      text.split('\n').toSpliced(1, 1).join('\n'),
    ),
    finds: ['custody-description'],
  },
  {
    name: 'no events at all',
    make: forged((pack) => ({
      files: {
        'evidence/custody.jsonl': `${textOf(pack, 'evidence/custody.jsonl').split('\n')[0]}\n`,
        'evidence/pack.json': textOf(pack, 'evidence/pack.json').replace(
          '"events":2',
          '"events":0',
        ),
      },
    })),
    finds: ['custody-empty'],
  },
  {
    name: 'events that are no JSON',
    make: rewritten('evidence/custody.jsonl', (text) => text.slice(1)),
    finds: ['custody-malformed'],
  },
];

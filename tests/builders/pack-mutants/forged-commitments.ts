import type { FindingCode } from '../../../server/verification/findings.ts';
import { type ForgedPack, rewritten, ZEROS } from './forging.ts';

/** Commitments and openings that fit nothing. */
export const FORGED_COMMITMENTS: readonly ForgedPack[] = [
  {
    name: 'commitments of other leaves',
    make: rewritten('evidence/commitments.txt', (text) => `${ZEROS}${text.slice(64)}`),
    finds: ['commitments-description', 'commitments-other-root'],
  },
  {
    name: 'commitments whose number tells how many there are',
    make: rewritten('evidence/commitments.txt', (text) => text.slice(65)),
    finds: ['commitments-malformed'],
  },
  {
    name: 'commitments that are not sorted',
    make: rewritten(
      'evidence/commitments.txt',
      (text) => text.slice(65, 130) + text.slice(0, 65) + text.slice(130),
    ),
    finds: ['commitments-malformed'],
  },
  {
    name: 'an opening of something that was never committed',
    make: rewritten('evidence/openings.jsonl', (text) =>
      [
        `["${ZEROS}",{"bytes":1,"class":"exhibit","sha256":"${ZEROS}"}]`,
        ...text.trimEnd().split('\n'),
        '',
      ].join('\n'),
    ),
    finds: ['opening-foreign', 'opening-uncommitted'],
  },
  {
    name: 'an exhibit that nothing opens',
    make: rewritten('evidence/openings.jsonl', (text) => text.slice(text.indexOf('\n') + 1)),
    finds: ['opening-missing'],
  },
  {
    name: 'an opening with another salt',
    make: rewritten('evidence/openings.jsonl', (text) =>
      text.replace(/"[0-9a-f]{64}"/, `"${ZEROS}"`),
    ),
    finds: ['opening-missing', 'opening-uncommitted', 'opening-foreign'].sort() as FindingCode[],
  },
  {
    name: 'openings in a form of their own',
    make: rewritten('evidence/openings.jsonl', (text) => text.replaceAll(',', ', ')),
    finds: ['openings-malformed'],
  },
  {
    name: 'two exhibits that claim one commitment',
    make: rewritten('evidence/pack.json', (text) => {
      const leaves = [...text.matchAll(/"leaf":"([0-9a-f]{64})"/g)].map((match) => match[1]!);
      return text.replace(leaves[1]!, leaves[0]!);
    }),
    finds: ['opening-foreign', 'opening-missing', 'opening-shared'],
  },
  {
    name: 'an exhibit that claims no commitment',
    make: rewritten('evidence/pack.json', (text) => text.replace(/"leaf":"[0-9a-f]{64}",/, '')),
    finds: ['opening-foreign', 'opening-missing'],
  },
];

import { type ForgedPack, forged, rewritten, textOf } from './forging.ts';

const RECEIPT = 'evidence/receipts/V-01.json';

/** Descriptions that do not fit the files they lie with. */
export const FORGED_DESCRIPTIONS: readonly ForgedPack[] = [
  {
    name: 'a description with a field more',
    make: rewritten('evidence/pack.json', (text) => text.replace('{', '{"a":1,')),
    finds: ['description-malformed'],
  },
  {
    name: 'a description with a field twice',
    make: rewritten('evidence/pack.json', (text) =>
      text.replace('"sample":true', '"sample":false,"sample":true'),
    ),
    finds: ['description-malformed'],
  },
  {
    name: 'a description that is no UTF-8',
    make: forged(() => ({ files: { 'evidence/pack.json': Uint8Array.of(0xff, 0x0a) } })),
    finds: ['description-malformed'],
  },
  {
    name: 'a description of another pack',
    make: rewritten('evidence/pack.json', (text) =>
      text.replace(/"id":"[^"]*"/, `"id":"EP-${'b'.repeat(26)}"`),
    ),
    finds: ['description-other-pack'],
  },
  {
    name: 'evidence that the description leaves out',
    make: forged(() => ({ files: { 'data/annex/more.en.pdf': 'more' } })),
    finds: ['description-item-left-out'],
  },
  {
    name: 'evidence that is described and not there',
    make: forged(() => ({ files: { 'data/annex/statistics.en.pdf': null } })),
    finds: ['description-item-digest'],
  },
  {
    name: 'evidence of another size than described',
    make: rewritten('evidence/pack.json', (text) => text.replace('"bytes":10,', '"bytes":11,')),
    finds: ['description-item-size'],
  },
  {
    name: 'a changed annex, listed anew',
    make: forged(() => ({ files: { 'data/annex/statistics.en.pdf': 'other figures' } })),
    finds: ['description-item-digest', 'description-item-size'],
  },
  {
    name: 'figures in a folder below their own',
    make: forged((pack) => ({
      files: {
        'data/statistics/act.csv': null,
        'data/statistics/more/act.csv': textOf(pack, 'data/statistics/act.csv'),
        'evidence/pack.json': textOf(pack, 'evidence/pack.json').replace(
          '"data/statistics/act.csv","role"',
          '"data/statistics/more/act.csv","role"',
        ),
      },
    })),
    finds: ['description-item-place'],
  },
  {
    name: 'a redacted copy that calls itself an annex, to need no receipt',
    make: forged((pack) => ({
      files: {
        'evidence/pack.json': textOf(pack, 'evidence/pack.json').replace(
          '"role":"media"',
          '"role":"annex"',
        ),
        [RECEIPT]: null,
      },
    })),
    finds: ['description-item-place'],
  },
];

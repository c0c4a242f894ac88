import { digestOf, type ForgedPack, forged, rewritten, textOf } from './forging.ts';

const CASE = 'data/cases/C-01.json';

/** Lines of a list in the order of their paths. */
function inOrder(list: string): string {
  const lines = list.trimEnd().split('\n');
  return `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')}\n`;
}

/** Bags whose lists or metadata are not those of a pack. */
export const FORGED_BAGS: readonly ForgedPack[] = [
  {
    name: 'the description is dropped and nobody lists it',
    make: forged(() => ({ files: { 'evidence/pack.json': null } })),
    finds: ['description-malformed', 'tags-list-incomplete'],
  },
  {
    name: 'the bag tells other tools to fetch files',
    make: forged(() => ({ files: { 'fetch.txt': 'https://example.org/ 1 data/x\n' } })),
    finds: ['tags-list-unknown'],
  },
  {
    name: 'the list of the bag has the evidence too',
    make: forged((pack) => ({
      tagmanifest: (list) => inOrder(`${list}${digestOf(textOf(pack, CASE))}  ${CASE}\n`),
    })),
    finds: ['tags-list-foreign'],
  },
  {
    name: 'the list of evidence has a file of the bag',
    make: forged((pack) => ({
      manifest: (list) => inOrder(`${list}${digestOf(textOf(pack, 'bagit.txt'))}  bagit.txt\n`),
    })),
    finds: ['description-item-left-out', 'payload-list-foreign'],
  },
  {
    name: 'the list of evidence is out of order',
    make: forged(() => ({
      manifest: (list) => {
        const [first, second, ...rest] = list.split('\n');
        return [second, first, ...rest].join('\n');
      },
    })),
    finds: ['file-extra', 'payload-list-malformed'],
  },
  {
    name: 'the list of the bag is a sentence',
    make: forged(() => ({ tagmanifest: () => 'all is well\n' })),
    finds: ['file-extra', 'tags-list-malformed'],
  },
  {
    name: 'a bag of another version',
    make: rewritten('bagit.txt', (text) => text.replace('1.0', '0.97')),
    finds: ['bag-declaration'],
  },
  {
    name: 'a bag that names a person',
    make: rewritten('bag-info.txt', (text) => `Contact-Name: Somebody\n${text}`),
    finds: ['bag-info-malformed'],
  },
  {
    name: 'a bag that counts its evidence wrong',
    make: forged((pack) => ({
      countPayload: false,
      files: {
        'bag-info.txt': textOf(pack, 'bag-info.txt').replace(/Oxum: .*/, 'Oxum: 1.1'),
      },
    })),
    finds: ['bag-info-payload'],
  },
  {
    name: 'a bag that names another pack',
    make: rewritten('bag-info.txt', (text) => text.replace(/EP-.{26}/, `EP-${'b'.repeat(26)}`)),
    finds: ['bag-info-other-pack'],
  },
  {
    name: 'a bag that says it is no sample',
    make: rewritten('bag-info.txt', (text) => text.replace(/^Internal.*\n/m, '')),
    finds: ['description-sample'],
  },
];

import { tlogProofOf } from '../tlog-proof.ts';
import { type ForgedPack, forged, rewritten, textOf } from './forging.ts';

const CUSTODY = 'evidence/custody.jsonl';
const DESCRIPTION = 'evidence/pack.json';
const OPENINGS = 'evidence/openings.jsonl';
const RECEIPT = 'evidence/receipts/V-01.json';
const STATISTICS = 'data/statistics/act.csv';

/** A zero byte, which some readers of lines take for the end of one, and what hides behind it. */
const HIDDEN = '\0hidden';

/** Changes the title of the case file in the description, whatever it is spelt as. */
const retitled = (name: string, title: string): ForgedPack => ({
  name: `a description with ${name}`,
  make: rewritten(DESCRIPTION, (text) =>
    text.replace('"en":"data/cases/C-01.json"', () => `"en":${title}`),
  ),
  finds: ['description-malformed'],
});

const described = (name: string, from: string | RegExp, to: string): ForgedPack => ({
  name: `a description with ${name}`,
  make: rewritten(DESCRIPTION, (text) => text.replace(from, to)),
  finds: ['description-malformed'],
});

const receipt = (name: string, change: (text: string) => string): ForgedPack => ({
  name: `a receipt with ${name}`,
  make: rewritten(RECEIPT, change),
  finds: ['receipt-malformed'],
});

/** Puts the file of figures elsewhere, and describes it there. */
const elsewhere = (path: string): ForgedPack => ({
  name: `a file that no pack may have: ${path.slice(0, 40)}`,
  make: forged((pack) => ({
    files: {
      [STATISTICS]: null,
      [path]: textOf(pack, STATISTICS),
      [DESCRIPTION]: textOf(pack, DESCRIPTION).replace(
        `"path":"${STATISTICS}"`,
        `"path":"${path}"`,
      ),
    },
  })),
  finds: ['archive-name', 'description-malformed', 'file-extra', 'payload-list-malformed'],
});

/** Texts that say the same to a careless reader, and are spelt as no pack spells them. */
export const FORGED_SPELLINGS: readonly ForgedPack[] = [
  ...['05', '08'].map(
    (size): ForgedPack => ({
      name: `a log whose length is written ${size}`,
      make: rewritten(CUSTODY, (text) => text.replace('\\n5\\n', `\\n${size}\\n`)),
      finds: ['custody-not-included'],
    }),
  ),
  {
    name: 'a statement that hides something behind a zero byte',
    make: forged(() => ({
      statement: (text) => text.replace('\nsigner ', `${HIDDEN}\nsigner `),
    })),
    finds: ['statement-malformed'],
  },
  {
    name: 'a statement of a day that there is not',
    make: forged(() => ({ statement: (text) => text.replace('2026-11-23T', '2026-11-31T') })),
    finds: ['statement-malformed'],
  },
  {
    name: 'a proof that hides something behind a zero byte',
    make: forged(() => ({ proof: (text) => text.replace('index 0', `index 0${HIDDEN}`) })),
    finds: ['log-proof-malformed'],
  },
  {
    name: 'a log of something behind a zero byte',
    make: forged(({ id, logSigner }) => ({
      proof(text) {
        const logged = atob(/^extra (.*)$/m.exec(text)![1]!);
        const [, statement, rest] = /"statement":"(.{64})(".*)$/.exec(logged)!;
        return tlogProofOf({ pack: id, statement: `${statement}${rest}${HIDDEN}` }, logSigner);
      },
    })),
    finds: ['log-proof-malformed'],
  },
  {
    name: 'a checkpoint that hides something behind a zero byte',
    make: rewritten(CUSTODY, (text) => text.replace('"}\n', `"}${HIDDEN}\n`)),
    finds: ['custody-malformed'],
  },
  {
    name: 'a checkpoint that stands twice in its line',
    make: rewritten(CUSTODY, (text) => text.replace('"}\n', '","checkpoint":"other"}\n')),
    finds: ['custody-malformed'],
  },
  {
    name: 'an event that hides something behind a zero byte',
    make: rewritten(CUSTODY, (text) => text.replace(/\n$/, `${HIDDEN}\n`)),
    finds: ['custody-malformed'],
  },
  {
    name: 'an opening that hides something behind a zero byte',
    make: rewritten(OPENINGS, (text) => text.replace('\n', `${HIDDEN}\n`)),
    finds: ['openings-malformed'],
  },
  {
    name: 'openings in another order',
    make: rewritten(OPENINGS, (text) => `${text.trimEnd().split('\n').reverse().join('\n')}\n`),
    finds: ['openings-malformed'],
  },
  receipt('a failed check, spelt with a space', (text) =>
    text.replace('"passed":true}', '"passed":true},{"name":"tiles","passed": false}'),
  ),
  receipt('a second output', (text) =>
    text.replace('"version":1', '"output":{"path":"data/media/V-09.mp4"},"version":1'),
  ),
  receipt('a field that no receipt has', (text) => text.replace('"kind":', '"judge":"ok","kind":')),
  receipt('a tool twice', (text) =>
    text.replace('"version":1', '"tools":{"ffmpeg":"5.1","ffmpeg":"7.0"},"version":1'),
  ),
  receipt('a tool whose name libraries pass over', (text) =>
    text.replace('"version":1', '"tools":{"__proto__":"7.0"},"version":1'),
  ),
  receipt('a line behind it', (text) => `${text}{}\n`),
  receipt('more bytes than a receipt has, and fewer characters', (text) =>
    text.replace('"version":1', `"reviewers":["${'ө'.repeat(40_000)}"],"version":1`),
  ),
  receipt('something behind a zero byte', (text) => text.replace('\n', `${HIDDEN}\n`)),
  {
    name: 'a description of ten times the commitments',
    make: rewritten(DESCRIPTION, (text) => text.replace('"leaves":64', '"leaves":640')),
    finds: ['commitments-description'],
  },
  retitled('an escape where none is needed', '"\\u0041"'),
  retitled('an escape in capitals', '"\\u000B"'),
  retitled('an empty title', '""'),
  retitled('a title beyond its length', `"${'x'.repeat(601)}"`),
  retitled('a title of too many characters of four bytes', `"${'😀'.repeat(601)}"`),
  retitled('a title of too many escaped backslashes', `"${'\\\\u0041'.repeat(101)}"`),
  retitled('a control character in a title', '"a\tb"'),
  {
    name: 'a description with a title that is no UTF-8',
    make: forged((pack) => ({
      files: {
        [DESCRIPTION]: Buffer.from(
          Buffer.from(textOf(pack, DESCRIPTION))
            .toString('latin1')
            .replace('"en":"', '"en":"\xc0\xaf'),
          'latin1',
        ),
      },
    })),
    finds: ['description-malformed'],
  },
  {
    name: 'a description whose line feed stands before it',
    make: rewritten(DESCRIPTION, (text) => `\n${text.slice(0, -1)}`),
    finds: ['description-malformed'],
  },
  receipt('a number of more digits than a shell counts', (text) =>
    text.replace(
      ',"output"',
      ',"operations":{"covered":1000000000000000,"kept":0,"mode":"all"},"output"',
    ),
  ),
  described('classes that are none', /"classes":\[[^\]]*\]/, '"classes":[,,"-]'),
  described('a kind of media that is none', '"mediaType":"text/csv"', '"mediaType":"+/-/"'),
  elsewhere('data/statistics/-x.csv'),
  elsewhere('data/statistics/aux.csv'),
  elsewhere(`data/statistics/${'x'.repeat(200)}.csv`),
];

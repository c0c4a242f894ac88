import { checkpointNote, tlogProofOf } from '../tlog-proof.ts';
import { type ForgedPack, forged, ZEROS } from './forging.ts';

/** Proofs of the log that do not fit the pack, or nothing. */
export const FORGED_LOGS: readonly ForgedPack[] = [
  {
    name: 'the log has another statement',
    make: forged(({ id, logSigner }) => ({
      proof: () => tlogProofOf({ pack: id, statement: ZEROS }, logSigner),
    })),
    finds: ['log-proof-other-statement'],
  },
  {
    name: 'the log has the statement as another pack’s',
    make: forged(({ logSigner }) => ({
      proof: (text) =>
        tlogProofOf(
          { pack: `EP-${'c'.repeat(26)}`, statement: loggedIn(text).statement },
          logSigner,
        ),
    })),
    finds: ['log-proof-other-statement'],
  },
  {
    name: 'the log has the statement in another month',
    make: forged(() => ({ proof: (text) => relogged(text, '2026-11-23T', '2026-10-23T') })),
    finds: ['log-proof-not-included'],
  },
  {
    name: 'the log has the statement at another second',
    make: forged(() => ({ proof: (text) => relogged(text, '10:15:01', '10:15:02') })),
    finds: ['log-proof-not-included'],
  },
  {
    name: 'the log has the statement in another place',
    make: forged(() => ({ proof: (text) => text.replace('index 0', 'index 1') })),
    finds: ['log-proof-not-included'],
  },
  {
    name: 'the proof has a hash too many',
    make: forged(() => ({
      proof: (text) => text.replace('index 0\n', `index 0\n${'A'.repeat(43)}=\n`),
    })),
    finds: ['log-proof-not-included'],
  },
  {
    name: 'the checkpoint names another root',
    make: forged(({ logSigner }) => ({
      proof: (text) =>
        text.slice(0, text.indexOf('\n\n') + 2) +
        checkpointNote({ size: 1, root: Buffer.alloc(32) }, logSigner),
    })),
    finds: ['log-proof-not-included'],
  },
  {
    name: 'the proof is of another log',
    make: forged(() => ({ proof: (text) => text.replaceAll('log.example', 'log2.example') })),
    finds: ['log-proof-other-log'],
  },
  ...Object.entries({
    'of another version': (text: string) => text.replace('@v1', '@v2'),
    'without what was logged': (text: string) => text.replace(/extra .*\n/, ''),
    'with something else logged': (text: string) =>
      text.replace(/extra .*/, `extra ${btoa('{"statement":"all is well"}')}`),
    'with another spelling of its base64': (text: string) =>
      text.replace(/extra .*/, (line) => `${line.replaceAll('=', '')}==`),
    'with an index that has a zero in front': (text: string) => text.replace('index 0', 'index 00'),
    'without a signature': (text: string) => text.replace(/— .*\n/, ''),
    'with half a signature': (text: string) => text.replace(/(— \S+ .{40}).*/, '$1A'),
    'with a signature of no byte': (text: string) => text.replace(/(— \S+) .*/, '$1 AAAAAA=='),
    'with a line more in its checkpoint': (text: string) => text.replace('=\n\n—', '=\nmore\n\n—'),
    'with lines that end in CR LF': (text: string) => text.replaceAll('\n', '\r\n'),
    'without its last line feed': (text: string) => text.slice(0, -1),
    'that is a sentence': () => 'It is in the log.\n',
  }).map(([name, proof]) => ({
    name: `a proof ${name}`,
    make: forged(() => ({ proof })),
    finds: ['log-proof-malformed'] as const,
  })),
];

function loggedIn(text: string): { statement: string } {
  const extra = /^extra (.*)$/m.exec(text)![1]!;
  return JSON.parse(atob(extra))[1].about;
}

function relogged(text: string, from: string, to: string): string {
  return text.replace(/(?<=^extra ).*$/m, (extra) => btoa(atob(extra).replace(from, to)));
}

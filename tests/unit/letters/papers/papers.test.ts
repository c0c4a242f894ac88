import { beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../../server/kernel/ids.ts';
import { LetterError } from '../../../../server/letters/errors.ts';
import { createDestroyPaper } from '../../../../server/letters/papers/destroy-paper.ts';
import type { Paper } from '../../../../server/letters/papers/papers.ts';
import { createTakePaper } from '../../../../server/letters/papers/take-paper.ts';
import { createMemoryBlobs } from '../../../fakes/memory-blobs.ts';

// Nothing of a paper may be left where nobody could find it to destroy it.

const SHEETS = ['one', 'two', 'three'].map((text) => ({
  jpeg: new TextEncoder().encode(text),
  widthPx: 1,
  heightPx: 1,
}));
const STEPS = ['put', 'record', 'add', 'destroy', 'remove'] as const;

/** What happened, and the step that fails as a full disk or a dying process would have it. */
let log: string[];
let kept: Set<string>;
let rows: Paper[];
let failing: { step: (typeof STEPS)[number]; after: number } | null;

function step(name: (typeof STEPS)[number]): void {
  if (failing?.step === name && failing.after-- === 0) throw new Error('the disk is full');
  log.push(name);
}

beforeEach(() => {
  [log, kept, rows, failing] = [[], new Set(), [], null];
});

const memory = createMemoryBlobs();
const blobs = {
  async put(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    step('put');
    const stored = await memory.put(source);
    kept.add(stored.id);
    return stored;
  },
  async destroy(id: string) {
    step('destroy');
    kept.delete(id);
  },
};
const papers = {
  async add(paper: Paper) {
    step('add');
    rows.push(paper);
  },
  async find(id: string) {
    const found = rows.find((paper) => paper.id === id);
    if (found !== undefined) return found;
    throw new LetterError('PAPER_UNKNOWN', 'There is no such paper.');
  },
  async remove(id: string) {
    step('remove');
    rows = rows.filter((paper) => paper.id !== id);
  },
};
const recordCustody = async () => step('record');
const take = () =>
  createTakePaper({
    readPaper: async () => SHEETS,
    blobs,
    papers,
    recordCustody,
    clock: { now: () => new Date('2026-11-27T05:00:00Z') },
    random: systemRandom,
  })({
    role: 'authority',
    bytes: (async function* () {
      yield new Uint8Array(1);
    })(),
    by: 'lawyer',
  });
const destroy = createDestroyPaper({ blobs, papers, recordCustody });

describe('taking in', () => {
  test.each([
    ['put', 0],
    ['put', 2],
    ['record', 0],
    ['add', 0],
  ] as const)('leaves no sheet when %s fails after %i', async (name, after) => {
    failing = { step: name, after };
    await expect(take()).rejects.toThrow('the disk is full');
    expect([kept.size, rows.length]).toEqual([0, 0]);
  });

  test('tells the log before the paper is kept', async () => {
    await take();
    expect(log).toEqual(['put', 'put', 'put', 'record', 'add']);
    expect([...kept]).toEqual(rows[0]!.sheets.map(({ id }) => id));
  });
});

describe('destroying', () => {
  test.each([
    ['record', 0],
    ['destroy', 0],
    ['destroy', 1],
    ['remove', 0],
  ] as const)('that broke off at %s after %i can be asked for again', async (name, after) => {
    const { id } = await take();
    failing = { step: name, after };
    await expect(destroy({ id, by: 'lawyer' })).rejects.toThrow('the disk is full');
    // Every sheet that is still there is named by a row.
    expect(rows.flatMap(({ sheets }) => sheets.map((sheet) => sheet.id))).toEqual(
      expect.arrayContaining([...kept]),
    );
    expect(await destroy({ id, by: 'lawyer' })).toBe(3);
    expect([kept.size, rows.length]).toEqual([0, 0]);
  });

  test('has it in the log first, and the row goes last', async () => {
    const { id } = await take();
    log = [];
    await destroy({ id, by: 'lawyer' });
    expect(log).toEqual(['record', 'destroy', 'destroy', 'destroy', 'remove']);
  });
});

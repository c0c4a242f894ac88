import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forgetUnreadable, withRedactionFolder } from '../../server/adapters/redaction-folder.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { workKey } from '../builders/work-key.ts';

const DAY_SECONDS = 86_400;

/** Makes a file so many days old. */
function anOldFile(file: string, days: number): void {
  writeFileSync(file, 'encrypted');
  const then = Date.now() / 1000 - days * DAY_SECONDS;
  utimesSync(file, then, then);
}

/** The names of a kept piece of an analysis: its record, and its bytes. */
const pieceOf = (age: number) => {
  const name = sha256(String(age));
  return [`${name}.json`, `${name}.${sha256('bytes')}.bytes`];
};

/** A plan with kept pieces of an analysis beside it, so many days old. */
function aPlanWithPieces(...days: number[]) {
  const plan = path.join(aTemporaryFolder(), 'plan.json');
  const hidden = path.join(path.dirname(plan), '.plan.json.dalil');
  const kept = path.join(hidden, 'analysis');
  mkdirSync(kept, { recursive: true });
  for (const age of days) for (const file of pieceOf(age)) anOldFile(path.join(kept, file), age);
  return { plan, hidden, kept };
}

test('what nobody can read any more goes from beside a plan, and its hidden folder with it', async () => {
  const { plan, hidden } = aPlanWithPieces(8, 400);
  await forgetUnreadable(plan);
  expect(existsSync(hidden)).toBe(false);
});

test('what may still be read stays, and so does whatever else lies there', async () => {
  const { plan, kept } = aPlanWithPieces(0, 6, 8);
  mkdirSync(path.join(kept, 'own'));
  await forgetUnreadable(plan);
  expect(readdirSync(kept).sort()).toEqual([...pieceOf(0), ...pieceOf(6), 'own'].sort());
});

test('what is no piece of ours stays, however old', async () => {
  const { plan, kept } = aPlanWithPieces(8);
  const foreign = ['night.mp4', `${sha256('a')}.mp4`, '8.bytes', `x${sha256('a')}.json`];
  for (const file of foreign) anOldFile(path.join(kept, file), 400);
  await forgetUnreadable(plan);
  expect(readdirSync(kept).sort()).toEqual(foreign.sort());
});

test.each(['the hidden folder', 'the folder in it'])(
  '%s may be a link: nothing goes from there',
  async (which) => {
    // A stick or an archive from somebody carries such a link.
    const elsewhere = aPlanWithPieces(400);
    const plan = path.join(aTemporaryFolder(), 'plan.json');
    const hidden = path.join(path.dirname(plan), '.plan.json.dalil');
    if (which === 'the hidden folder') symlinkSync(elsewhere.hidden, hidden);
    else {
      mkdirSync(hidden);
      symlinkSync(elsewhere.kept, path.join(hidden, 'analysis'));
    }
    await forgetUnreadable(plan);
    const source = path.join(aTemporaryFolder(), 'recording');
    writeFileSync(source, 'x');
    const made = withRedactionFolder(plan, workKey([source]), async () => undefined);
    if (which === 'the folder in it') await made;
    else await expect(made).rejects.toMatchObject({ code: 'RENDER_FAILED' });
    expect(readdirSync(elsewhere.kept).sort()).toEqual(pieceOf(400).sort());
  },
);

// Only root can give a folder away.
test.runIf(process.getuid?.() === 0)('of a folder of somebody else nothing goes', async () => {
  const { plan, kept } = aPlanWithPieces(400);
  execFileSync('chown', ['-R', '65534', path.dirname(kept)]);
  await forgetUnreadable(plan);
  expect(readdirSync(kept).sort()).toEqual(pieceOf(400).sort());
});

test('what cannot be removed stays, and nothing fails for it', async () => {
  const { plan, kept } = aPlanWithPieces(400);
  // Root is stopped by an attribute of the file system, anybody else by the folder's mode.
  const attribute = (change: string) => spawnSync('chattr', [change, kept]);
  chmodSync(kept, 0o500);
  attribute('+i');
  try {
    await forgetUnreadable(plan);
  } finally {
    attribute('-i');
    chmodSync(kept, 0o700);
  }
  expect(readdirSync(kept).sort()).toEqual(pieceOf(400).sort());
});

test('a command that makes something beside the same plan removes it too, also when it fails', async () => {
  const { plan, hidden } = aPlanWithPieces(8);
  const source = path.join(aTemporaryFolder(), 'recording');
  writeFileSync(source, 'x');
  const failing = withRedactionFolder(plan, workKey([source]), async ({ analysisStore }) => {
    expect(await analysisStore.find(sha256('8'))).toBeNull();
    throw new Error('stopped');
  });
  await expect(failing).rejects.toThrow('stopped');
  expect(existsSync(hidden)).toBe(false);
});

test('where nothing was kept nothing happens', async () => {
  const plan = path.join(aTemporaryFolder(), 'plan.json');
  await forgetUnreadable(plan);
  expect(readdirSync(path.dirname(plan))).toEqual([]);
});

import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forgetUnreadable, withRedactionFolder } from '../../server/adapters/redaction-folder.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { workKey } from '../builders/work-key.ts';

const DAY_SECONDS = 86_400;

/** A plan with kept pieces of an analysis beside it, each as many days old as its name says. */
function aPlanWithPieces(...days: number[]) {
  const plan = path.join(aTemporaryFolder(), 'plan.json');
  const hidden = path.join(path.dirname(plan), '.plan.json.dalil');
  const kept = path.join(hidden, 'analysis');
  mkdirSync(kept, { recursive: true });
  for (const age of days) {
    const file = path.join(kept, `${age}.bytes`);
    writeFileSync(file, 'encrypted');
    const then = Date.now() / 1000 - age * DAY_SECONDS;
    utimesSync(file, then, then);
  }
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
  expect(readdirSync(kept).sort()).toEqual(['0.bytes', '6.bytes', 'own']);
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

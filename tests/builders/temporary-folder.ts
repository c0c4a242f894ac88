import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is over. */
export function aTemporaryFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder that whoever asks for it removes, when all tests of a file are over. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
}

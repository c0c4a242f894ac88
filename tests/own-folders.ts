import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

// Every file of tests has folders of its own for what is temporary and for what commands keep: no
// test sees what another, or whoever uses this machine, left there, and nothing of a test stays.
const root = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
process.env.TMPDIR = root;
process.env.XDG_STATE_HOME = path.join(root, 'state');
afterAll(() => {
  try {
    rmSync(root, { recursive: true, force: true, maxRetries: 9 });
  } catch {
    // A tool that was told to end still writes there: the system clears its folder for such things.
  }
});

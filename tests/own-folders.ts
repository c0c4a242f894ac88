import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

// Every file of tests has folders of its own for what is temporary and for what commands keep: no
// test sees what another, or whoever uses this machine, left there, and nothing of a test stays.
const given = { TMPDIR: process.env.TMPDIR, XDG_STATE_HOME: process.env.XDG_STATE_HOME };
const root = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
process.env.TMPDIR = root;
process.env.XDG_STATE_HOME = path.join(root, 'state');
afterAll(() => {
  // The next file of the same worker begins as this one did.
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    rmSync(root, { recursive: true, force: true, maxRetries: 9 });
  } catch {
    // A tool that was told to end still writes there: the system clears its folder for such things.
  }
});

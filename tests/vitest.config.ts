import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/same-draws.ts', 'tests/own-folders.ts'],
    // Only what hangs is to be ended: the longest test takes a minute on a machine that does nothing else.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Two at once: the heavy tests start ffmpeg or Chromium, which use every core by themselves.
    maxWorkers: 2,
    reporters: ['default'],
  },
});

import { defineConfig } from 'vitest/config';

const RULES = ['tests/*.test.ts', 'tests/unit/**/*.test.ts', 'tests/contract/**/*.test.ts'];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    setupFiles: ['tests/same-draws.ts', 'tests/own-folders.ts'],
    // Only what hangs is to be ended: the longest test takes a minute on a machine that does nothing else.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Two at once: the heavy tests start ffmpeg or Chromium, which use every core by themselves.
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      // These share no state: a worker may read our sources once for many of them.
      {
        extends: true,
        test: { name: 'rules', include: [...RULES], isolate: false },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['tests/**/*.test.ts'], exclude: [...RULES] },
      },
    ],
  },
});

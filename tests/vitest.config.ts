import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Two at once: the heavy tests start ffmpeg or Chromium, which use every core by themselves.
    maxWorkers: 2,
    reporters: ['default'],
  },
});

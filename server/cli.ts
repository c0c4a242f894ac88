#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=2
import './compile-cache.ts';

const { runCli } = await import('./cli/run-cli.ts');

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
process.exitCode = await runCli(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  signal: stop.signal,
});

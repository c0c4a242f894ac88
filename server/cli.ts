#!/usr/bin/env -S node --max-semi-space-size=2
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Half of what a command takes to start is Node making programs of our sources and of those of the
// libraries. It keeps what it made beside the libraries, where only those can write who could change
// these as well; without the right to write there it starts slowly, as before.
enableCompileCache(path.resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'node'));
const { runCli } = await import('./cli/run-cli.ts');

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
process.exitCode = await runCli(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  signal: stop.signal,
});

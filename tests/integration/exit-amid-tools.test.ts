import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// A process that reads frames from a tool which never writes a whole one, and then is told to end.
const READER = `
  const [server, folder] = process.argv.slice(2);
  const { openFramePipe } = await import(server + '/adapters/ffmpeg/ffmpeg-frame-pipe.ts');
  const { startTool } = await import(server + '/adapters/ffmpeg/ffmpeg-process.ts');
  const pipe = await openFramePipe(folder, 1_000_000);
  const tool = startTool({ path: '/bin/sleep', args: ['60'], past: { 1: pipe.writeEnd } });
  pipe.eachFrame(() => undefined).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 500));
  process.stdout.write('reading');
  process.exit(0);
`;

test('a process ends although one of its threads waits for a tool', async () => {
  const folder = await aTemporaryFolder();
  const server = path.resolve(import.meta.dirname, '../../server');
  const program = path.join(folder, 'reader.mjs');
  await writeFile(program, READER);
  const reader = spawn(process.execPath, [program, server, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(reader.stdout, 'data');
  expect(String(said)).toBe('reading');
  const late = setTimeout(() => reader.kill('SIGKILL'), 20_000);
  const [code] = await once(reader, 'exit');
  clearTimeout(late);
  expect(code).toBe(0);
});

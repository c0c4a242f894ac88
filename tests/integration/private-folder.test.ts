import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openPrivateFolders } from '../../server/adapters/private-folder.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

test('a folder is private, of its job alone, and wiped when the job ends', async () => {
  const dataDir = aTemporaryFolder();
  const folders = openPrivateFolders({ dataDir });
  const used: string[] = [];
  const result = await folders.withFolder(async (outer) => {
    await folders.withFolder(async (inner) => {
      for (const folder of [outer, inner]) {
        expect(statSync(folder).mode & 0o777).toBe(0o700);
        mkdirSync(path.join(folder, 'deep'));
        writeFileSync(path.join(folder, 'deep', 'frame.png'), 'x');
      }
      used.push(outer, inner);
    });
    expect(existsSync(used[1]!)).toBe(false);
    expect(existsSync(outer)).toBe(true);
    return 42;
  });
  expect(result).toBe(42);
  expect(new Set(used).size).toBe(2);
  const failing = folders.withFolder(async (folder) => {
    writeFileSync(path.join(folder, 'half.mp4'), 'x');
    throw new Error('encoder died');
  });
  await expect(failing).rejects.toThrow('encoder died');
  expect(readdirSync(path.join(dataDir, 'work'))).toEqual([]);
});

test('what a dead process left is wiped at the start; what a living one uses stays', async () => {
  const dataDir = aTemporaryFolder();
  const work = path.join(dataDir, 'work');
  const dead = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  for (const pid of [dead, process.ppid]) {
    mkdirSync(path.join(work, `abc.${pid}.tmp`, 'deep'), { recursive: true });
    writeFileSync(path.join(work, `abc.${pid}.tmp`, 'deep', 'copy.mp4'), 'x');
  }
  const folders = openPrivateFolders({ dataDir });
  expect(readdirSync(work)).toEqual([`abc.${process.ppid}.tmp`]);
  await folders.withFolder(async (folder) => {
    openPrivateFolders({ dataDir });
    expect(existsSync(folder)).toBe(true);
  });
});

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFfmpegMedia } from '../../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { aTemporaryFolder } from '../../builders/temporary-folder.ts';

test('the versions are asked once of a program, and anew of another in its place', async () => {
  const folder = aTemporaryFolder();
  const [ffmpegPath, asked] = [path.join(folder, 'ffmpeg'), path.join(folder, 'asked')];
  const install = (version: string) => {
    const script = `#!/bin/sh\necho ${version} >> '${asked}'\necho 'ffmpeg version ${version} of a test'\necho 'libavutil  57. 28.100 / 57. 28.100'\n`;
    writeFileSync(`${ffmpegPath}.new`, script, { mode: 0o700 });
    renameSync(`${ffmpegPath}.new`, ffmpegPath);
  };
  const media = createFfmpegMedia({ ffmpegPath });
  install('5.1');
  for (let time = 0; time < 2; time++) {
    expect(await media.toolVersions()).toEqual({ ffmpeg: '5.1', libavutil: '57.28.100' });
  }
  install('6.0');
  expect(await media.toolVersions()).toEqual({ ffmpeg: '6.0', libavutil: '57.28.100' });
  expect(readFileSync(asked, 'utf8')).toBe('5.1\n6.0\n');
});

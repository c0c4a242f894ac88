import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import { proofRecordSchema } from '../../server/footage/copy/proof-record.ts';
import type { FootageMedia, OpenFootage } from '../../server/footage/ports.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import type { Sprite } from '../builders/sprite-clip.ts';
import { tagsBeyondGeometry } from '../builders/video-tags.ts';

type CoverJob = Parameters<OpenFootage['coverSpan']>[0];

const walker: Sprite = { colour: [170, 120, 140], boxAt: (f) => [5 * f - 20, 70, 20, 60] };
const clip = { width: 320, height: 192, frames: 60, fps: 12, sprites: [walker] };

describe('the proof', () => {
  let run: RedactionRun;
  let file: string;
  let analysis: FootageAnalysis;
  beforeAll(async () => {
    run = await createRedactionRun();
    // A recorder's file: sound, a title, a place and a date, all of which must not survive.
    file = run.fresh();
    const silent = await run.draw(clip);
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-i', silent, '-f', 'lavfi', '-i', 'sine=frequency=440:duration=5'],
      ...['-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', 'aac', '-metadata', 'title=Gate 4'],
      ...[
        '-metadata',
        'location=+42.8746+074.5698/',
        '-metadata',
        'creation_time=2021-03-04T05:06:07Z',
      ],
      ...['-movflags', 'use_metadata_tags', file],
    ]);
    analysis = await run.analyse(file);
  });
  afterAll(() => run.close());

  /** The real media with some of the recording's doings spoilt. */
  const spoilt = (spoil: (open: OpenFootage) => Partial<OpenFootage>): FootageMedia => ({
    toolVersions: run.media.toolVersions,
    withFootage: (source, signal, use) =>
      run.media.withFootage(source, signal, (open) => use({ ...open, ...spoil(open) })),
  });
  const spoiltSpan = (spoil: (job: CoverJob) => CoverJob) =>
    spoilt((open) => ({ coverSpan: (job) => open.coverSpan(spoil(job)) }));
  /** Changes the copy that waits beside its place. */
  const changed = (change: (pending: string) => void) =>
    spoilt((open) => ({
      async writeCopy(job) {
        const copy = await open.writeCopy(job);
        const folder = path.dirname(job.outPath);
        const name = readdirSync(folder).find((entry) => entry.endsWith('.part'))!;
        change(path.join(folder, name));
        return copy;
      },
    }));
  const tampered = (args: readonly string[]) =>
    changed((pending) => {
      const other = `${pending}.mp4`;
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', pending, ...args, other]);
      renameSync(other, pending);
    });
  const failures = async (media: FootageMedia) => {
    const { outcome, out } = await run.redact(file, { analysis, media });
    expect(outcome.passed).toBe(false);
    expect(outcome.proof).toMatchObject({ result: 'failed', output: null });
    await expect(access(out)).rejects.toThrow();
    expect((await readdir(run.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    return outcome.proof.checks.filter((check) => !check.passed).map((check) => check.name);
  };

  test('passes for an honest copy, which holds one bare video stream and nothing else', async () => {
    const { outcome, out } = await run.redact(file, { analysis });
    proofRecordSchema.parse(JSON.parse(JSON.stringify(outcome.proof)));
    expect(outcome.proof).toMatchObject({ result: 'passed', emptyScene: 'not approved' });
    const oracle = execFileSync('sha256sum', [out], { encoding: 'utf8' }).slice(0, 64);
    expect(outcome.proof.output!.sha256).toBe(oracle);

    expect(tagsBeyondGeometry(out)).toEqual([]);
    const streams = execFileSync(
      'ffprobe',
      [
        '-v',
        'error',
        '-show_entries',
        'stream=codec_name,nb_frames,has_b_frames',
        '-of',
        'csv=p=0',
        out,
      ],
      { encoding: 'utf8' },
    );
    expect(streams.trim()).toBe('h264,0,60');
    const bytes = await readFile(out);
    expect(bytes.includes('x264')).toBe(false);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  test('finds one uncovered tile in one frame', async () => {
    const media = spoiltSpan((job) => {
      const masks = [...job.masks].map((mask) => mask.slice());
      const covered = masks[30]!.lastIndexOf(255);
      masks[30]![covered] = 0;
      return { ...job, masks };
    });
    expect(await failures(media)).toEqual(['covered-tiles-constant']);
  });

  test('finds a mask that is one frame late', async () => {
    const media = spoiltSpan((job) => {
      const masks = [...job.masks].map((mask) => mask.slice());
      return { ...job, masks: [masks[0]!, ...masks.slice(0, -1)] };
    });
    expect(await failures(media)).toContain('covered-tiles-constant');
  });

  test('finds a lost frame', async () => {
    const media = spoiltSpan((job) => ({ ...job, span: [job.span[0], job.span[1] - 1] }));
    expect(await failures(media)).toEqual(['frames-equal-index']);
  });

  test('finds a picture that is not the original’s', async () => {
    const media = spoiltSpan((job) => ({
      ...job,
      onFrame(copy, original, at) {
        const brighter = (plane: Uint8Array) => plane.map((level) => Math.min(235, level + 30));
        job.onFrame({ ...copy, cells: brighter(copy.cells) }, original, at);
      },
    }));
    expect(await failures(media)).toEqual(['shown-area-similar']);
  });

  test('finds another frame of the original than the analysed one', async () => {
    const media = spoiltSpan((job) => ({
      ...job,
      onFrame(copy, original, at) {
        const other = original!.slice();
        if (at === 30) other[0]! ^= 1;
        job.onFrame(copy, other, at);
      },
    }));
    expect(await failures(media)).toEqual(['original-as-analysed']);
  });

  test('finds a frame in the file that is not the one that was proved', async () => {
    const media = changed((pending) => {
      const bytes = readFileSync(pending);
      // In the last coded frame, and only there.
      bytes[bytes.length - 2]! ^= 1;
      writeFileSync(pending, bytes);
    });
    expect(await failures(media)).toEqual(['frames-as-proved']);
  });

  test('finds other parameter sets, with which the same frames are other pictures', async () => {
    const media = changed((pending) => {
      const bytes = readFileSync(pending);
      const record = bytes.indexOf('avcC') + 4;
      const sequenceBytes = bytes.readUInt16BE(record + 6);
      const picture = record + 8 + sequenceBytes + 3;
      bytes[picture + 1]! ^= 4;
      writeFileSync(pending, bytes);
    });
    expect(await failures(media)).toEqual(['frames-as-proved']);
  });

  test('finds a file that was coded again', async () => {
    const found = await failures(tampered(['-vf', 'lutyuv=y=val+30', '-c:v', 'libx264']));
    expect(found).toContain('frames-as-proved');
    expect(found).toContain('nothing-foreign');
  });

  test('finds a second stream', async () => {
    const media = tampered([
      ...['-f', 'lavfi', '-i', 'sine=duration=2', '-map', '0', '-map', '1', '-c:v', 'copy'],
    ]);
    expect(await failures(media)).toContain('one-video-stream');
  });

  test('finds a tag that survived', async () => {
    const media = tampered(['-c', 'copy', '-metadata', 'title=Gate 4']);
    expect(await failures(media)).toContain('nothing-foreign');
  });

  test('finds other times', async () => {
    const media = spoilt((open) => ({
      writeCopy: (job) => {
        const durations = job.durations.map((ticks, at) => (at === 9 ? 3 * ticks : ticks));
        return open.writeCopy({ ...job, durations });
      },
    }));
    expect(await failures(media)).toEqual(['intervals-equal']);
  });

  test('finds bytes behind the last box', async () => {
    const media = changed((pending) => appendFileSync(pending, 'Gate 4'));
    expect(await failures(media)).toEqual(['nothing-foreign']);
  });

  test('twice the same: the same bytes', async () => {
    const first = await run.redact(file, { analysis });
    const second = await run.redact(file, { analysis: await run.analyse(file) });
    expect(Buffer.compare(await first.bytes(), await second.bytes())).toBe(0);
    expect(second.outcome).toEqual(first.outcome);
  });
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../server/config.ts';
import { benchAnonymise } from './bench/anonymise.ts';
import { benchCustody } from './bench/custody.ts';
import { benchDisclosure } from './bench/disclosure.ts';
import { benchFootage } from './bench/footage.ts';
import { benchLetters } from './bench/letters.ts';
import type { Comparison } from './bench/measure.ts';
import { benchMemory } from './bench/memory.ts';
import { benchPacks } from './bench/packs.ts';
import { benchRegistry } from './bench/registry.ts';
import { benchService } from './bench/service.ts';
import { benchVerifyPage } from './bench/verify-page.ts';

// Speed and memory as ratios against a named peer or limit, measured in the same run. With names of
// parts as arguments (footage, packs, letter, anonymise, disclosure, registry, custody,
// service, page, memory) only those are measured.

const config = readConfig();
const parts: Record<string, (folder: string) => Promise<Comparison[]>> = {
  footage: (folder) => benchFootage(config, folder),
  packs: (folder) => benchPacks(config, folder),
  letter: (folder) => benchLetters(config, folder),
  service: (folder) => benchService(config, folder),
  anonymise: async () => [await benchAnonymise(config)],
  disclosure: async (folder) => [await benchDisclosure(folder)],
  registry: (folder) => benchRegistry(folder),
  custody: (folder) => benchCustody(folder),
  page: (folder) => benchVerifyPage(config, folder),
  memory: async (folder) => [await benchMemory(folder)],
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(`There is no such part. Choose from: ${Object.keys(parts).join(', ')}.\n`);
  process.exit(2);
}

const root = await mkdtemp(path.join(tmpdir(), 'dalil-bench-'));
let missed = 0;
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const folder = path.join(root, name);
    await mkdir(folder);
    for (const found of await measure(folder)) {
      if (found.ratio > found.limit) missed++;
      process.stdout.write(`${lineOf(found)}\n`);
    }
    await rm(folder, { recursive: true });
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;

function lineOf({ name, peer, limit, ratio, spread, ours, theirs, unit }: Comparison): string {
  const verdict = ratio <= limit ? 'ok    ' : 'MISSED';
  const two = (value: number) => value.toFixed(2);
  return (
    `${verdict} ${two(ratio)}× (${two(spread[0])}–${two(spread[1])}, limit ${+limit.toFixed(2)}×)  ${name}: ` +
    `${two(ours)} ${unit}, against ${two(theirs)} ${unit} for ${peer}`
  );
}

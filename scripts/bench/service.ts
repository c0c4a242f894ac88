import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compose } from '../../server/compose.ts';
import type { Config } from '../../server/config.ts';
import { casesCsv } from '../../tests/builders/cases-csv.ts';
import { createHttpClient, type HttpClient } from '../../tests/builders/http-client.ts';
import { type ServedDalil, serveDalil } from '../../tests/builders/served-dalil.ts';
import { drawStreetScene } from '../sample/street-scene.ts';
import { noise } from './large-pack.ts';
import { againstLimit, type Comparison, compare, percentile, run } from './measure.ts';

const UPLOAD_BYTES = 2 ** 31;
const CASES = 100_000;
const READERS = 50;
const READS_EACH = 8;
const PASSWORD = 'correct horse battery';

/** The service in a process of its own, asked over HTTP as by a page or a program. */
export async function benchService(config: Config, folder: string): Promise<Comparison[]> {
  const keyFile = path.join(folder, 'vault.key');
  await writeFile(keyFile, Buffer.alloc(32, 'key'));
  const dataDir = path.join(folder, 'data');
  const house = await compose({ ...config, dataDir, vaultKeyFile: keyFile });
  await house.addUser({ login: 'lawyer', role: 'lawyer', password: PASSWORD });
  await house.close();
  const service = await serveDalil({ dataDir, keyFile });
  try {
    const lawyer = createHttpClient(service.url);
    await lawyer.signIn('lawyer', PASSWORD);
    const uploading = await benchUpload(service, folder);
    return [...uploading, await benchListing(lawyer), await benchReaders(lawyer, config, folder)];
  } finally {
    await service.end('SIGTERM');
  }
}

/** Two GiB into the vault, by a client that reads them from a file. */
async function benchUpload(service: ServedDalil, folder: string): Promise<Comparison[]> {
  const plain = path.join(folder, 'plain.bin');
  const copy = path.join(folder, 'copy.bin');
  await pipeline(Readable.from(noise(UPLOAD_BYTES)), createWriteStream(plain));
  const uploading = await compare({
    name: 'upload 2 GiB through the vault, hashed and encrypted, durably',
    peer: 'tee and sha256sum in one pipeline, then sync',
    limit: 1 / 0.6,
    pairs: 3,
    ours: () => upload(service.url, plain),
    theirs: () =>
      run('/bin/sh', [
        '-c',
        'tee "$2" < "$1" | sha256sum > "$3" && sync "$2"',
        'sh',
        plain,
        copy,
        `${copy}.sum`,
      ]),
  });
  await rm(copy);
  await rm(plain);
  const peak = /VmHWM:\s+(\d+) kB/.exec(
    readFileSync(`/proc/${service.process.pid}/status`, 'utf8'),
  )![1]!;
  const memory = againstLimit({
    name: 'memory of the service that took in 2 GiB four times',
    limit: 300,
    values: [Number(peak) / 1000],
    unit: 'MB',
  });
  return [uploading, memory];
}

/** Sends a form with a file as its bytes come from the disk. */
async function upload(url: string, file: string): Promise<void> {
  const signedIn = await createHttpClient(url).signIn('lawyer', PASSWORD);
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string };
  const before =
    '--b\r\ncontent-disposition: form-data; name="kind"\r\n\r\nclip\r\n--b\r\n' +
    'content-disposition: form-data; name="file"; filename="large.mp4"\r\n\r\n';
  const after = '\r\n--b--\r\n';
  const answered = Promise.withResolvers<number>();
  const sending = request(
    `${url}/api/v1/recordings`,
    {
      method: 'POST',
      headers: {
        cookie: signedIn.headers.get('set-cookie')!.split(';')[0]!,
        'x-csrf-token': csrfToken,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': before.length + (await stat(file)).size + after.length,
      },
    },
    (response) => {
      response.resume();
      response.once('end', () => answered.resolve(response.statusCode!));
    },
  );
  sending.once('error', answered.reject);
  sending.write(before);
  await pipeline(createReadStream(file, { highWaterMark: 1_048_576 }), sending, { end: false });
  sending.end(after);
  const status = await answered.promise;
  if (status !== 201) throw new Error(`the upload was answered with ${status}`);
}

/** Pages of a large registry: from the start, from its middle, and narrowed. */
async function benchListing(lawyer: HttpClient): Promise<Comparison> {
  const rows = Array.from({ length: CASES }, (_, i) => ({
    registry_code: `B-${i}`,
    ...(i % 3 === 0 ? { perpetrators: 'private-person' } : {}),
  }));
  const imported = await lawyer.upload(
    '/api/v1/cases/import',
    {},
    { field: 'table', name: 'cases.csv', bytes: Buffer.from(casesCsv(rows)) },
  );
  const report = (await imported.json()) as { importedCount: number };
  if (report.importedCount !== CASES) throw new Error('the cases were not imported');
  const queries = ['', '&perpetrators=private-person', '&lawEnforcement=true&minimumConsent=C1'];
  const times: number[] = [];
  for (const query of queries) {
    let next: string | null = '';
    for (let page = 0; page < 40 && next !== null; page++) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const began = performance.now();
      const answer = await lawyer.get(`/api/v1/cases?limit=50${query}${after}`);
      next = ((await answer.json()) as { next: string | null }).next;
      times.push(performance.now() - began);
    }
  }
  return againstLimit({
    name: `a page of 50 of ${CASES} cases, 95th percentile of ${times.length} pages`,
    limit: 50,
    values: [percentile(times, 0.95)],
    unit: 'ms',
  });
}

/** Many who look at picture after picture, a second at each, while a recording is being covered. */
async function benchReaders(
  lawyer: HttpClient,
  config: Config,
  folder: string,
): Promise<Comparison> {
  const { clipPath } = await drawStreetScene({
    outDir: folder,
    seed: 'dalil',
    ffmpegPath: config.ffmpegPath,
  });
  const received = await lawyer.upload(
    '/api/v1/recordings',
    { kind: 'clip' },
    { field: 'file', name: 'clip.mp4', bytes: await readFile(clipPath) },
  );
  const { id } = (await received.json()) as { id: string };
  const at = `/api/v1/recordings/${id}`;
  const start = async (of: string, body?: object) =>
    ((await (await lawyer.send('POST', `${at}/${of}`, body)).json()) as { job: string }).job;
  const stateOf = async (job: string) =>
    ((await (await lawyer.get(`/api/v1/jobs/${job}`)).json()) as { state: string }).state;
  const analysing = await start('analysis');
  await (await lawyer.get(`/api/v1/jobs/${analysing}/events`)).text();
  const analysis = (await (await lawyer.get(`${at}/analysis`)).json()) as { proposedPlan: object };
  await lawyer.send('PUT', `${at}/plan`, { after: 0, plan: analysis.proposedPlan });
  await (await lawyer.get(`${at}/pictures/empty-scene`)).arrayBuffer();
  const job = await start('redactions', { planVersion: 1 });
  while ((await stateOf(job)) === 'queued') await new Promise((done) => setTimeout(done, 50));
  const read = await createReader(lawyer.url, `${at}/pictures/empty-scene`);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      for (let count = 0; count < READS_EACH; count++) {
        const began = performance.now();
        await read();
        times.push(performance.now() - began);
        await new Promise((done) => setTimeout(done, 500 + Math.random() * 1_000));
      }
    }),
  );
  if ((await stateOf(job)) !== 'running') throw new Error('the redaction ended too early to tell');
  await lawyer.send('DELETE', `/api/v1/jobs/${job}`);
  return againstLimit({
    name: `${READERS} readers of a still during a redaction, 95th percentile of ${times.length}`,
    limit: 200,
    values: [percentile(times, 0.95)],
    unit: 'ms',
  });
}

/**
 * Reads an address to its end and drops the bytes: fifty people have fifty computers, and what a full
 * client does with an answer would be measured along with the service.
 */
async function createReader(url: string, at: string): Promise<() => Promise<void>> {
  const signedIn = await createHttpClient(url).signIn('lawyer', PASSWORD);
  const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  const agent = new Agent({ keepAlive: true });
  return () =>
    new Promise((resolve, reject) => {
      const asking = request(url + at, { agent, headers: { cookie } }, (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`answered with ${response.statusCode}`)),
        );
      });
      asking.once('error', reject);
      asking.end();
    });
}

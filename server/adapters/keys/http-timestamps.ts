import { randomBytes } from 'node:crypto';
import { sha256 } from '../../kernel/digest.ts';
import { PackError } from '../../packs/errors.ts';
import type { TimestampAuthority } from '../../packs/ports.ts';

const NONCE_BYTES = 8;
const TIMEOUT_MS = 15_000;
/** With `tsa-` in front of it, which some take, a name of a file has a hundred. */
const LONGEST_NAME = 96;
const DIGEST_CHARACTERS = 8;

/**
 * Authorities of RFC 3161, asked over HTTP (3.4): the only ones that anything is sent to, for a person
 * configured them. They learn a digest, and from where it was asked.
 *
 * @param urls - `http:` or `https:`.
 */
export function createHttpTimestamps(
  urls: readonly string[],
  { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {},
): TimestampAuthority[] {
  return urls.map((url) => ({
    name: nameOf(url, urls),
    stamp: (stamped, signal) => stampBy(url, stamped, timeoutMs, signal),
  }));
}

async function stampBy(
  url: string,
  stamped: Uint8Array,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  // Read when an authority is asked: most of what is done asks none.
  const [{ timestampRequest }, timestamps] = await Promise.all([
    import('./pkijs-timestamp-request.ts'),
    import('./pkijs-timestamps.ts'),
  ]);
  const { isWholeTimestamp, judgeTimestamp, LARGEST_TIMESTAMP_BYTES, readTimestamp } = timestamps;
  const nonce = randomBytes(NONCE_BYTES);
  // A positive number of full length: both sides write it alike.
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
  let answer: Uint8Array;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/timestamp-query',
        accept: 'application/timestamp-reply',
      },
      body: timestampRequest(stamped, nonce),
      // Nobody configured the place that it would lead to.
      redirect: 'error',
      signal: AbortSignal.any(limits),
    });
    if (!response.ok) throw refused(`it answered with status ${response.status}`);
    answer = await readBounded(response, LARGEST_TIMESTAMP_BYTES);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PackError) throw cause;
    throw refused('it did not answer in time, or cannot be reached', cause);
  }
  const read = readTimestamp(answer);
  if (read === null) throw refused('its answer holds no time stamp');
  const given = read.info.nonce?.valueBlock.valueHexView;
  if (given === undefined || Buffer.compare(given, nonce) !== 0) {
    throw refused('its answer is to another question');
  }
  const judged = await judgeTimestamp({ token: answer, stamped, roots: null });
  if (judged?.standing !== 'unchecked' || !(await isWholeTimestamp(read, stamped))) {
    throw refused('its time stamp does not hold');
  }
  return answer;
}

async function readBounded(response: Response, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > mostBytes) throw refused('its answer is longer than any time stamp');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function refused(why: string, cause?: unknown): PackError {
  return new PackError(
    'TIMESTAMP_REFUSED',
    `A time stamp authority gave no time stamp: ${why}. Check DALIL_TSA_URLS, or wait for the next attempt.`,
    { cause },
  );
}

/** A name for files, of at most 96 characters: the host in letters, digits, dots and dashes. */
function plainHost(url: string): string {
  return new URL(url).host
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/**
 * The host; where that is too long, or another authority has the same, a part of it and a digest of the
 * whole address, so that the name depends on no order.
 */
function nameOf(url: string, urls: readonly string[]): string {
  const plain = plainHost(url);
  const isOwn = urls.filter((one) => plainHost(one) === plain).length === 1;
  if (isOwn && plain !== '' && plain.length <= LONGEST_NAME) return plain;
  const digest = sha256(url).slice(0, DIGEST_CHARACTERS);
  return [plain.slice(0, LONGEST_NAME - DIGEST_CHARACTERS - 1), digest].filter(Boolean).join('-');
}

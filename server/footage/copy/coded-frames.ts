import { z } from 'zod';
import type { JsonValue } from '../../kernel/canonical-json.ts';
import { type Sha256, startSha256 } from '../../kernel/digest.ts';
import type { CodedFacts } from '../ports.ts';

const count = z.int().min(0);

const recordSchema = z.strictObject({
  sizesBytes: z.array(count),
  keyFrames: z.array(count),
  frameDigests: z.base64(),
  sequence: z.base64(),
  picture: z.base64(),
});

/** What is known of coded frames, as it is kept. */
export function encodeCodedFacts(facts: CodedFacts): JsonValue {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    sizesBytes: [...facts.sizesBytes],
    keyFrames: [...facts.keyFrames],
    frameDigests: base64(facts.frameDigests),
    sequence: base64(facts.sequence),
    picture: base64(facts.picture),
  };
}

/** Reads {@link encodeCodedFacts} back; throws what zod throws for anything else. */
export function decodeCodedFacts(value: JsonValue): CodedFacts {
  const record = recordSchema.parse(value);
  return {
    sizesBytes: record.sizesBytes,
    keyFrames: record.keyFrames,
    frameDigests: Buffer.from(record.frameDigests, 'base64'),
    sequence: Buffer.from(record.sequence, 'base64'),
    picture: Buffer.from(record.picture, 'base64'),
  };
}

/** One digest of both parameter sets, each with its length in front. */
export function parameterSetsDigest({
  sequence,
  picture,
}: Pick<CodedFacts, 'sequence' | 'picture'>): Sha256 {
  const digest = startSha256();
  for (const set of [sequence, picture]) {
    digest.update(Buffer.from(`${set.length}:`, 'ascii'));
    digest.update(set);
  }
  return digest.digest();
}

import type { Readable } from 'node:stream';

/**
 * The lines that a tool writes, each ended by a line feed and by nothing else: what stands in a file may
 * hold the other ends of lines that Unicode has, and must not begin a line of its own by them.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const text of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

import type { Response } from 'express';
import type { JsonValue } from '../kernel/canonical-json.ts';

const HEARTBEAT_MS = 15_000;

/** Sends events as they come (HTML, 9.2) until they end or the client goes. */
export async function sendEvents(
  response: Response,
  events: AsyncIterable<{ event: string; data: JsonValue }>,
): Promise<'answered'> {
  response.status(200);
  response.setHeader('content-type', 'text/event-stream');
  response.flushHeaders();
  // Proxies close what is silent for long.
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    for await (const { event, data } of events) {
      if (response.destroyed) break;
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
  return 'answered';
}

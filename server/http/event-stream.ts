import type { Response } from 'express';
import type { JsonValue } from '../kernel/canonical-json.ts';

const HEARTBEAT_MS = 15_000;

/** How long a client waits before it asks again where it was. */
const RETRY_MS = 2_000;

/**
 * Sends events as they come (HTML, 9.2) until they end, the client goes, or the service is told to
 * stop: then the client is told so by an event `closing`.
 */
export async function sendEvents(
  response: Response,
  events: AsyncIterable<{ event: string; data: JsonValue }>,
  closing: AbortSignal,
): Promise<'answered'> {
  response.status(200);
  response.setHeader('content-type', 'text/event-stream');
  response.flushHeaders();
  // Proxies close what is silent for long.
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    for await (const { event, data } of events) {
      if (response.destroyed || closing.aborted) break;
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
    if (closing.aborted) response.write(`retry: ${RETRY_MS}\nevent: closing\ndata: {}\n\n`);
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
  return 'answered';
}

import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The log of the service: a line of JSON an event. Errors are told by kind, code and place in our own
 * code; messages of other people's code may quote what passed through it, so they stay out.
 */
export function createServiceLog(destination: DestinationStream): Logger {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: presentError },
    },
    destination,
  );
}

function presentError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { name, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: name,
    ...(code === undefined ? {} : { code }),
    at: frames.slice(0, 8).map((line) => line.trim().replace(/\(?file:.*?\/server\//, '(server/')),
    ...(cause === undefined ? {} : { cause: presentError(cause) }),
  };
}

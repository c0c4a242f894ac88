import { styleText } from 'node:util';
import { createTimeLeft } from '../kernel/time-left.ts';

/** Where a command speaks: data on stdout, everything else on stderr. */
export interface Terminal {
  readonly json: boolean;
  /** Data: a line of text, or with `--json` nothing but {@link Terminal.result}. */
  data(text: string): void;
  /** The machine-readable result; printed with `--json` only. */
  result(value: unknown): void;
  /** A line for people. */
  say(text: string): void;
  warn(text: string): void;
  fail(text: string): void;
  /** A line of a log, with its line feed. */
  log(line: string): void;
  /** How far a step has come; `total` 0 while it is not known. */
  progress(step: string, done: number, total: number, unit: string): void;
  /** Ends the line of progress that stands on the screen, if any. */
  settle(): void;
}

/** Output that a terminal may be, with what is needed of it. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Without a screen progress is written once for so many per cent. */
const STEP_PERCENT = 20;
const SCREEN_INTERVAL_MS = 100;

/** Creates a terminal over two streams. */
export function createTerminal(options: {
  out: TerminalStream;
  err: TerminalStream;
  json: boolean;
}): Terminal {
  const { out, err, json } = options;
  const screen = err.isTTY === true;
  // Node itself leaves colours out for NO_COLOR and for screens that have none.
  const paint = (style: 'yellow' | 'red', text: string) =>
    screen ? styleText(style, text, { stream: err as NodeJS.WriteStream }) : text;
  let line = '';
  let shownAt = 0;
  let shown = { step: '', percent: -1 };
  let timeLeft = createTimeLeft();

  function settle(): void {
    if (line !== '') err.write('\n');
    line = '';
  }
  function say(text: string): void {
    settle();
    err.write(`${text}\n`);
  }

  return {
    json,
    data(text) {
      settle();
      if (!json) out.write(`${text}\n`);
    },
    result(value) {
      settle();
      if (json) out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    say,
    warn: (text) => say(paint('yellow', text)),
    fail: (text) => say(paint('red', text)),
    settle,
    log: (line) => err.write(line),
    progress(step, done, total, unit) {
      const percent = total > 0 ? Math.floor((100 * Math.min(done, total)) / total) : 0;
      const finished = total > 0 && done >= total;
      if (step !== shown.step) timeLeft = createTimeLeft();
      const seconds = timeLeft.estimate(done, total, Date.now());
      const left = seconds === null || finished ? '' : `, ${inWords(seconds)} left`;
      if (screen) {
        const now = Date.now();
        if (step === shown.step && !finished && now - shownAt < SCREEN_INTERVAL_MS) return;
        shownAt = now;
        if (step !== shown.step) settle();
        const next = `${step}: ${percent} % (${done} of ${total || '?'} ${unit}${left})`;
        err.write(`\r${next.padEnd(line.length)}`);
        line = next;
        if (finished) settle();
      } else {
        const due = step !== shown.step || percent >= shown.percent + STEP_PERCENT;
        if (!due && !(finished && shown.percent < 100)) return;
        err.write(`${step}: ${percent} %${left}\n`);
      }
      shown = { step, percent };
    },
  };
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

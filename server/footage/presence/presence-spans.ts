/** Time [from, to) in whole seconds of local time, counted from 1970-01-01 00:00 local. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

// Sets of time. A set is a list of spans in order that neither touch nor overlap; every function
// here takes spans in any order and returns such a list.

/** All time in any of the spans. */
export function unite(spans: readonly TimeSpan[]): TimeSpan[] {
  const united: TimeSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.to <= span.from) continue;
    const last = united.at(-1);
    if (last === undefined || span.from > last.to) united.push({ from: span.from, to: span.to });
    else united[united.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return united;
}

/** The time in `spans` that is in none of `without`. */
export function subtract(spans: readonly TimeSpan[], without: readonly TimeSpan[]): TimeSpan[] {
  const holes = unite(without);
  const left: TimeSpan[] = [];
  let next = 0;
  for (const span of unite(spans)) {
    while (next < holes.length && holes[next]!.to <= span.from) next++;
    let { from } = span;
    for (let at = next; at < holes.length && holes[at]!.from < span.to; at++) {
      if (holes[at]!.from > from) left.push({ from, to: holes[at]!.from });
      from = holes[at]!.to;
    }
    if (from < span.to) left.push({ from, to: span.to });
  }
  return left;
}

/** A test for spans that lie wholly in the given time; an empty span lies in none. */
export function holder(spans: readonly TimeSpan[]): (span: TimeSpan) => boolean {
  const united = unite(spans);
  return ({ from, to }) => {
    let [low, high] = [0, united.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (united[middle]!.to <= from) low = middle + 1;
      else high = middle;
    }
    const found = united[low];
    return found !== undefined && from < to && found.from <= from && to <= found.to;
  };
}

/** The time that is in both. */
export function intersect(a: readonly TimeSpan[], b: readonly TimeSpan[]): TimeSpan[] {
  return subtract(a, subtract(a, b));
}

/** Seconds in any of the spans, each once. */
export function seconds(spans: readonly TimeSpan[]): number {
  return unite(spans).reduce((sum, span) => sum + span.to - span.from, 0);
}

import { readFileSync, type Stats, statSync } from 'node:fs';

/** Marks a temporary name as this process's: `name.<process id>.tmp`. */
export function ownedName(name: string): string {
  return `${name}.${process.pid}.tmp`;
}

/**
 * Whether a temporary file or folder was left behind by a process that is no more. What a living
 * process owns is in use, and names of any other form are not temporary.
 */
export function isAbandoned(path: string): boolean {
  const owner = /\.(\d+)\.tmp$/.exec(path)?.[1];
  if (owner === undefined) return false;
  const pid = Number(owner);
  return pid === process.pid ? isOlderThanProcess(path) : !isAlive(pid);
}

/** After a restart of a container, processes often have the same ids as before. */
function isOlderThanProcess(path: string): boolean {
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.ctimeMs < performance.timeOrigin;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Names this process so that another one of this machine can tell later whether it still lives:
 * its id, and when it started, because ids are given again.
 */
export function processName(pid = process.pid): string {
  return `${pid}.${startedAt(pid)}`;
}

/** Whether the process of a {@link processName} is no more. */
export function isGone(name: string): boolean {
  const pid = Number(name.split('.')[0]);
  return !Number.isSafeInteger(pid) || pid < 1 || !isAlive(pid) || processName(pid) !== name;
}

/** Clock ticks between boot and start (proc(5), field 22 of stat); 0 where nothing tells it. */
function startedAt(pid: number): string {
  try {
    // The second field, the name of the program, may hold spaces and brackets.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}

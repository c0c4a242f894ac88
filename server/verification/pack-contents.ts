import type { Sha256 } from '../kernel/digest.ts';
import type { ReadFile } from './read-files.ts';
import type { FileStatus, Finding, StepId } from './report.ts';

/** What the checks work on: the files as they were read, and where findings go. */
export interface PackContents {
  /** Name of the top folder; null when the archive has no such folder. */
  readonly folder: string | null;
  readonly files: ReadonlyMap<string, ReadFile>;
  /** The text of a file in ASCII or UTF-8; null when it is missing, unreadable or no such text. */
  text(path: string): string | null;
  bytes(path: string): Uint8Array | null;
  find(step: StepId, path: string | null, message: string): void;
}

/** Wraps files that were read. */
export function packContents(options: {
  folder: string | null;
  files: ReadonlyMap<string, ReadFile>;
  findings: Finding[];
}): PackContents {
  const { folder, files, findings } = options;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const bytes = (path: string) => files.get(path)?.bytes ?? null;
  return {
    folder,
    files,
    bytes,
    text(path) {
      const found = bytes(path);
      try {
        return found === null ? null : decoder.decode(found);
      } catch {
        return null;
      }
    },
    find: (step, path, message) => findings.push({ step, path, message }),
  };
}

/** How a file stands against the digest that a list gives it; null: the list does not have it. */
export function statusOf(file: ReadFile | undefined, listed: Sha256 | null): FileStatus {
  if (file === undefined) return 'MISSING';
  if (listed === null) return 'EXTRA';
  if (file.sha256 === null) return 'UNREADABLE';
  return file.sha256 === listed ? 'OK' : 'CHANGED';
}

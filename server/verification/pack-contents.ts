import type { Sha256 } from '../kernel/digest.ts';
import { type Finding, type FindingCode, finding, type StepId } from './findings.ts';
import type { ReadFile } from './read-entry.ts';
import type { FileStatus } from './report.ts';

/** What the checks work on: the files as they were read, and where findings go. */
export interface PackContents {
  /** Name of the top folder; null when the archive has no such folder. */
  readonly folder: string | null;
  readonly files: ReadonlyMap<string, ReadFile>;
  /** The text of a file in ASCII or UTF-8; null when it is missing, unreadable or no such text. */
  text(path: string): string | null;
  bytes(path: string): Uint8Array | null;
  find(code: FindingCode, path: string | null, message?: string, detail?: string): void;
  /** Says that a step could not be checked, or not wholly, for want of something to check it by. */
  skip(step: StepId): void;
}

/** Wraps files that were read; what is found goes to `findings`, what is skipped to `notChecked`. */
export function packContents(options: {
  folder: string | null;
  files: ReadonlyMap<string, ReadFile>;
  findings: Finding[];
  notChecked: Set<StepId>;
}): PackContents {
  const { folder, files, findings, notChecked } = options;
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
    find: (code, path, message, detail) => findings.push(finding(code, path, message, detail)),
    skip: (step) => notChecked.add(step),
  };
}

/** How a file stands against the digest that a list gives it; null: no list has it. */
export function statusOf(file: ReadFile | undefined, listed: Sha256 | null): FileStatus {
  if (file === undefined) return 'MISSING';
  if (listed === null) return 'EXTRA';
  if (file.sha256 === null) return 'UNREADABLE';
  return file.sha256 === listed ? 'OK' : 'CHANGED';
}

import { type Checkpoint, parseCheckpoint } from '../../kernel/checkpoint.ts';
import { parseNote } from '../../kernel/signed-note.ts';

/**
 * Names of logs and of who signs for them: printable ASCII without spaces and plus signs, and without
 * what JSON spells otherwise, so that every tool reads a name alike.
 */
const NAME = /^[!#-*,-[\]-~]{1,200}$/;

/**
 * What the signed checkpoint of a log says, which may come from anybody; null when it is none. Its
 * signatures are not judged here.
 */
export function readLogCheckpoint(note: string): Checkpoint | null {
  const parsed = parseNote(note);
  const log = parsed === null ? null : parseCheckpoint(parsed.text);
  if (log === null || !NAME.test(log.origin)) return null;
  return parsed!.signatures.every(({ name }) => NAME.test(name)) ? log : null;
}

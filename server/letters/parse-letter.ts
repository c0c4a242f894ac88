import { checkLetter } from './checks/check-letter.ts';
import { typeFaults } from './checks/letter-type-faults.ts';
import { clauseFaults } from './clauses/check-clauses.ts';
import { LetterError } from './errors.ts';
import { legalFaults } from './grounds/choose-grounds.ts';
import { letterFaults } from './letter-faults.ts';
import { LETTER_SCHEMA, type LetterModel } from './letter-model.ts';
import type { LetterRules } from './letter-rules.ts';

/** More than the largest letter needs; keeps a foreign file from filling the memory. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/**
 * Reads a letter from the bytes of a JSON file, which may come from anywhere.
 *
 * @throws {LetterError} `MODEL_UNREADABLE` for what is no JSON in UTF-8; otherwise as
 *   {@link checkedLetter}.
 */
export function parseLetter(bytes: Uint8Array, rules: LetterRules): LetterModel {
  if (bytes.length > LARGEST_BYTES) {
    throw new LetterError(
      'MODEL_UNREADABLE',
      'The letter is larger than 8 MiB: put long material into annexes.',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new LetterError(
      'MODEL_UNREADABLE',
      'The letter is not JSON in UTF-8: compare it with templates/letters/example.json.',
      { cause },
    );
  }
  return checkedLetter(value, rules);
}

/**
 * Checks the form of a letter, what its fields say of each other, its legal ids, what its type asks
 * for, and its clauses.
 *
 * @throws {LetterError} `MODEL_INVALID`; `faults` has one sentence per fault.
 */
export function checkedLetter(value: unknown, rules: LetterRules): LetterModel {
  const parsed = LETTER_SCHEMA.safeParse(value);
  if (!parsed.success) throw invalidLetter(letterFaults(parsed.error.issues));
  const faults = modelFaults(parsed.data, rules);
  if (faults.length > 0) throw invalidLetter(faults);
  return parsed.data;
}

/** Faults of a letter whose form is right; one sentence each. */
export function modelFaults(model: LetterModel, rules: LetterRules): string[] {
  const faults = [
    ...checkLetter(model),
    ...legalFaults(model, rules.legal),
    ...typeFaults(model, rules),
  ];
  // Fields are looked up in a letter that is otherwise sound.
  return faults.length > 0 ? faults : clauseFaults(model, rules);
}

/** The error of a letter with these faults. */
export function invalidLetter(faults: readonly string[]): LetterError {
  const shown = faults.slice(0, 20).join(' ');
  const more = faults.length > 20 ? ` And ${faults.length - 20} more.` : '';
  return new LetterError('MODEL_INVALID', `The letter cannot be rendered. ${shown}${more}`, {
    faults,
  });
}

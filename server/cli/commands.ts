import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** Adds a command to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/**
 * Every command by its name, in the order in which they are listed. Each is loaded when it is asked
 * for, with what it stands on: most need a small part of the house only, and start the sooner.
 */
export const COMMANDS: ReadonlyMap<string, () => Promise<AddCommand>> = new Map<
  string,
  () => Promise<AddCommand>
>([
  ['serve', async () => (await import('./serve-command.ts')).addServeCommand],
  ['demo', async () => (await import('./demo-command.ts')).addDemoCommand],
  ['import', async () => (await import('./import-command.ts')).addImportCommand],
  ['find', async () => (await import('./find-command.ts')).addFindCommand],
  ['anonymise', async () => (await import('./anonymise-command.ts')).addAnonymiseCommand],
  ['analyse', async () => (await import('./analyse-command.ts')).addAnalyseCommand],
  ['redact', async () => (await import('./redact-command.ts')).addRedactCommand],
  ['letter', async () => (await import('./letter-command.ts')).addLetterCommand],
  ['verify', async () => (await import('./verify-command.ts')).addVerifyCommand],
  ['kit', async () => (await import('./kit-command.ts')).addKitCommand],
  ['page', async () => (await import('./page-command.ts')).addPageCommand],
  ['open', async () => (await import('./open-command.ts')).addOpenCommand],
  ['reproduce', async () => (await import('./reproduce-command.ts')).addReproduceCommand],
  ['risk', async () => (await import('./risk-command.ts')).addRiskCommand],
  ['codes', async () => (await import('./codes-command.ts')).addCodesCommand],
  ['consent', async () => (await import('./consent-command.ts')).addConsentCommand],
  ['auditor', async () => (await import('./auditor-command.ts')).addAuditorCommand],
  ['stamp', async () => (await import('./stamp-command.ts')).addStampCommand],
  ['pack', async () => (await import('./pack-command.ts')).addPackCommand],
  ['paper', async () => (await import('./paper-command.ts')).addPaperCommand],
  ['custody', async () => (await import('./custody-command.ts')).addCustodyCommand],
  ['key', async () => (await import('./key-command.ts')).addKeyCommand],
  ['user', async () => (await import('./user-command.ts')).addUserCommand],
  ['doctor', async () => (await import('./doctor-command.ts')).addDoctorCommand],
]);

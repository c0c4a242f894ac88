import type { Tools } from '../composition/compose-tools.ts';
import type { Config } from '../config.ts';
import type { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface CommandContext {
  readonly config: Config;
  readonly terminal: Terminal;
  /** What needs neither vault nor database; made when it is first asked for. */
  tools(): Promise<Tools>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Says how the command ends; without it all was well. */
  end(code: keyof typeof EXIT): void;
}

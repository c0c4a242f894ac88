import type { Command } from 'commander';
import { freeBytes, LEAST_FREE_BYTES } from '../adapters/disk-space.ts';
import { inspectTools } from '../adapters/installed-tools.ts';
import type { CommandContext } from './command-context.ts';

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do about it; empty when it is well. */
  readonly remedy: string;
}

const LEAST_NODE = 24;

/** `dalil doctor`: what is present, in which version, and what to do about what is not. */
export function addDoctorCommand(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('say what this machine has of what Dalil needs')
    .action(async () => {
      const { terminal, config } = context;
      const findings: Finding[] = [
        node(),
        ...(await inspectTools(config)).map(({ name, version, remedy }) => ({
          name,
          ok: version !== null,
          found: version ?? 'missing',
          remedy: version === null ? remedy : '',
        })),
        await disk(config.dataDir),
        vault(config),
      ];
      const ok = findings.every((finding) => finding.ok);
      terminal.result({ ok, findings });
      const width = Math.max(...findings.map(({ name }) => name.length));
      for (const { name, ok: well, found, remedy } of findings) {
        const line = `${well ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${found}`;
        terminal.data(remedy === '' ? line : `${line}\n      ${remedy}`);
      }
      if (!ok) context.end('no');
    });
}

function node(): Finding {
  const version = process.versions.node;
  const ok = Number.parseInt(version, 10) >= LEAST_NODE;
  return {
    name: 'Node',
    ok,
    found: version,
    remedy: ok ? '' : 'Run npm run setup: it brings Node 24 as a pinned package.',
  };
}

async function disk(dataDir: string): Promise<Finding> {
  const name = 'Data folder';
  try {
    const free = await freeBytes(dataDir);
    const ok = free >= LEAST_FREE_BYTES;
    const found = `writable, ${(free / 2 ** 30).toFixed(1)} GiB free`;
    const remedy = ok ? '' : 'Make room: a recording needs its own size and some more.';
    return { name, ok, found, remedy };
  } catch {
    return {
      name,
      ok: false,
      found: 'cannot be written',
      remedy: 'Give Dalil the right to write there, or name another folder in DALIL_DATA.',
    };
  }
}

/** A locked vault is no fault: the service asks for the passphrase. */
function vault({ vaultPassphrase, vaultKeyFile }: CommandContext['config']): Finding {
  const both = vaultPassphrase !== undefined && vaultKeyFile !== undefined;
  const found = both
    ? 'two secrets are set'
    : vaultKeyFile !== undefined
      ? 'opens with a key file'
      : vaultPassphrase !== undefined
        ? 'opens with a passphrase from the environment (for demonstrations only)'
        : 'starts locked: no passphrase or key file is set';
  const remedy = both ? 'Set DALIL_VAULT_PASSPHRASE or DALIL_VAULT_KEYFILE, not both.' : '';
  return { name: 'Vault', ok: !both, found, remedy };
}

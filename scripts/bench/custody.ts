import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createSqliteCustody } from '../../server/adapters/sqlite/sqlite-custody.ts';
import { type Database, openDatabase } from '../../server/adapters/sqlite/sqlite-database.ts';
import { type CustodyLog, createCustodyLog } from '../../server/custody/custody-log.ts';
import { finishedNodes, type NodePlace } from '../../server/custody/subtree.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { leafHash } from '../../server/kernel/merkle.ts';
import { aCustodySigner } from '../../tests/builders/custody-log.ts';
import { createPlainVault } from '../../tests/fakes/plain-vault.ts';
import { againstLimit, type Comparison, compare, seconds } from './measure.ts';

const EVENTS = 1_000_000;
const FEW_EVENTS = 1_000;
const BATCH = 2_000;
const APPENDS = 50;
const PROOFS = 200;
const PROOF_LIMIT_MS = 5;
/** log2 of the one size over log2 of the other. */
const APPEND_LIMIT = 2;

/**
 * The custody log at a million events: appending one against appending to a log of a thousand, and
 * proving one, or that the log only grew, against the limit. On the real store.
 */
export async function benchCustody(folder: string): Promise<Comparison[]> {
  const large = await aLog(path.join(folder, 'large'), EVENTS);
  const small = await aLog(path.join(folder, 'small'), FEW_EVENTS);
  const appending = await compare({
    name: `append ${APPENDS} events to a custody log of ${EVENTS}`,
    peer: `as many to one of ${FEW_EVENTS}`,
    limit: APPEND_LIMIT,
    pairs: 5,
    ours: () => append(large.log),
    theirs: () => append(small.log),
    unit: 'ms',
  });
  const size = await large.log.size();
  // Evenly spread over the log, the last event among them.
  const at = Array.from({ length: PROOFS }, (_, i) => Math.floor(((i + 1) * size) / PROOFS) - 1);
  const inclusion: number[] = [];
  const growth: number[] = [];
  for (const index of at) {
    inclusion.push(1000 * (await seconds(() => large.log.excerpt([index], size))));
    growth.push(1000 * (await seconds(() => large.log.prove(index))));
  }
  await Promise.all([large, small].map(({ database }) => database.destroy()));
  const limit = PROOF_LIMIT_MS;
  return [
    appending,
    againstLimit({ name: `prove one event of ${EVENTS}`, limit, values: inclusion, unit: 'ms' }),
    againstLimit({
      name: `prove that a log of ${EVENTS} events only grew`,
      limit,
      values: growth,
      unit: 'ms',
    }),
  ];
}

async function append(log: CustodyLog): Promise<void> {
  for (let i = 0; i < APPENDS; i++) {
    await log.record({ kind: 'reviewed', role: 'lawyer', detail: { number: i } });
  }
}

/** A log of so many events. They are written many at a time, for one by one would take an hour. */
async function aLog(
  dataDir: string,
  events: number,
): Promise<{ log: CustodyLog; database: Database }> {
  await mkdir(dataDir, { recursive: true });
  const database = await openDatabase({ dataDir });
  const newest = new Map<number, Uint8Array>();
  const nodeAt = async ({ level }: NodePlace) => newest.get(level)!;
  const sealed = new Uint8Array(180);
  for (let from = 0; from < events; from += BATCH) {
    const leaves: { position: number; leaf: string; sealed: Uint8Array }[] = [];
    const nodes: { level: number; position: number; hash: Uint8Array }[] = [];
    for (let position = from; position < Math.min(events, from + BATCH); position++) {
      const detail = position.toString(16).padStart(64, '0');
      const leaf = `{"detail":"${detail}","kind":"reviewed","month":"2026-11","role":"lawyer"}`;
      leaves.push({ position, leaf, sealed });
      for (const node of await finishedNodes(position, leafHash(Buffer.from(leaf)), nodeAt)) {
        newest.set(node.level, node.hash);
        nodes.push(node);
      }
    }
    await database.transaction().execute(async (transaction) => {
      await transaction.insertInto('custody_events').values(leaves).execute();
      await transaction.insertInto('custody_nodes').values(nodes).execute();
    });
  }
  const log = createCustodyLog({
    store: createSqliteCustody({ database, sealer: createPlainVault().sealer }),
    signer: aCustodySigner(),
    clock: { now: () => new Date() },
    random: systemRandom,
    origin: 'bench.example/custody',
  });
  return { log, database };
}

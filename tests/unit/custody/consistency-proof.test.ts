import { describe, expect, test } from 'vitest';
import { judgeConsistency } from '../../../server/custody/consistency-proof.ts';
import { aCustodyLog, aCustodySigner, aLogOf } from '../../builders/custody-log.ts';
import { createMemoryCustody } from '../../fakes/memory-custody.ts';

async function grow(log: Awaited<ReturnType<typeof aLogOf>>['log'], events: number) {
  for (let i = 0; i < events; i++) {
    await log.record({ kind: 'reviewed', role: 'lawyer', detail: { i } });
  }
}

describe('that a log only grew', () => {
  test('is proved between any two of its sizes, to a stranger with its key', async () => {
    const { log, signer } = await aLogOf(0);
    const kept: string[] = [];
    for (let size = 0; size <= 33; size++) {
      kept.push(await log.checkpoint());
      for (const [oldSize, checkpoint] of kept.entries()) {
        const judged = judgeConsistency(checkpoint, await log.prove(oldSize), signer.publicKeyPem);
        expect(judged).toEqual({ consistent: true, oldSize, newSize: size });
      }
      await grow(log, 1);
    }
  });

  test('takes as many hashes as the logarithm of its events', async () => {
    const { log } = await aLogOf(300);
    const proof = await log.prove(123);
    expect(proof).toMatch(/^old 123\n(?:[A-Za-z0-9+/]{43}=\n){1,10}\nlog\.example\/dalil\n300\n/);
  });

  test('is refused to a log that was cut and went on otherwise', async () => {
    const signer = aCustodySigner();
    const first = aCustodyLog(createMemoryCustody(), signer);
    await grow(first.log, 6);
    const kept = await first.log.checkpoint();
    const second = aCustodyLog(createMemoryCustody(), signer);
    await grow(second.log, 11);
    const judged = judgeConsistency(kept, await second.log.prove(6), signer.publicKeyPem);
    expect(judged).toEqual({ consistent: false, why: 'not-grown' });
    // As many events, but others.
    const { log } = aCustodyLog(createMemoryCustody(), signer);
    await grow(log, 6);
    expect(judgeConsistency(kept, await log.prove(6), signer.publicKeyPem).consistent).toBe(false);
  });

  test('says whose signature is missing', async () => {
    const { log, signer } = await aLogOf(3);
    const kept = await log.checkpoint();
    await grow(log, 2);
    const proof = await log.prove(3);
    const other = aCustodySigner().publicKeyPem;
    expect(judgeConsistency(kept, proof, other)).toMatchObject({ why: 'old-unsigned' });
    const forged = proof.replace('\n5\n', '\n6\n');
    expect(judgeConsistency(kept, forged, signer.publicKeyPem)).toMatchObject({
      why: 'new-unsigned',
    });
  });

  test('is not proved with any byte of the hashes, or the size, changed', async () => {
    const { log, signer } = await aLogOf(13);
    const kept = await log.checkpoint();
    await grow(log, 8);
    const proof = await log.prove(13);
    const end = proof.indexOf('\n\n');
    for (let at = 0; at < end; at++) {
      const bent = proof.slice(0, at) + (proof[at] === 'A' ? 'B' : 'A') + proof.slice(at + 1);
      let said = false;
      try {
        said = judgeConsistency(kept, bent, signer.publicKeyPem).consistent;
      } catch (error) {
        expect(error).toMatchObject({ code: 'PROOF_UNREADABLE' });
      }
      expect(said, `character ${at}`).toBe(false);
    }
  });

  test('has no proof from a size that it never had', async () => {
    const { log } = await aLogOf(3);
    await expect(log.prove(4)).rejects.toMatchObject({ code: 'SIZE_UNKNOWN' });
  });
});

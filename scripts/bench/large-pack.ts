import { createCipheriv, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compose } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/composition/compose-open.ts';
import type { Config } from '../../server/config.ts';
import type { Sha256 } from '../../server/kernel/digest.ts';
import { base32 } from '../../server/kernel/ids.ts';
import { drawDecoys } from '../../server/packs/manifest/commitments.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';

const PART_BYTES = 1_048_576;

/** Opens a house with a vault of its own in a folder, for the length of `use`. */
export async function withHouse<Result>(
  config: Config,
  folder: string,
  use: (house: OpenHouse) => Promise<Result>,
): Promise<Result> {
  const vaultKeyFile = path.join(folder, 'vault.key');
  await writeFile(vaultKeyFile, randomBytes(32), { mode: 0o600, flag: 'w' });
  const dataDir = path.join(folder, 'data');
  const house = await compose({ ...config, dataDir, vaultKeyFile, vaultPassphrase: undefined });
  try {
    return await use(house.open!);
  } finally {
    await house.close();
  }
}

/** Bytes that nothing can compress, as fast as AES makes them. */
export function* noise(sizeBytes: number): Iterable<Uint8Array> {
  const cipher = createCipheriv('aes-256-ctr', Buffer.alloc(32, 'noise'), Buffer.alloc(16));
  const zeros = Buffer.alloc(PART_BYTES);
  for (let left = sizeBytes; left > 0; left -= PART_BYTES) {
    yield cipher.update(zeros.subarray(0, Math.min(left, PART_BYTES)));
  }
}

/** Keeps a draft of a pack with one large file, ready to be sealed. Returns its id. */
export async function draftLargePack(house: OpenHouse, sizeBytes: number): Promise<string> {
  const { id: blob, sha256 } = await house.blobs.put(noise(sizeBytes));
  const id = `EP-${base32(randomBytes(16))}`;
  const title = { ky: 'Өлчөө', ru: 'Измерение', en: 'Measurement' };
  const event = { kind: 'exported', role: 'system', detail: { pack: id } } as const;
  const { index } = await house.custody.record(event);
  const { checkpoint, entries } = await house.custody.excerpt([index]);
  await house.packs.addDraft(
    {
      id,
      sealedAt: '2026-01-01T00:00:00Z',
      sample: true,
      supersedes: null,
      generator: 'bench',
      files: [
        {
          path: 'data/annex/large.pdf',
          role: 'annex',
          mediaType: 'application/pdf',
          title,
          sha256,
          sizeBytes,
          blob,
        },
      ],
      receipts: [],
      custody: {
        checkpoint,
        lines: entries.map(({ event, index, proof }) => ({
          event: { ...event, detail: event.detail as Sha256 },
          index,
          proof: proof.map((hash) => hash as Sha256),
        })),
      },
      // Nobody is counted, told of or shown in it, so that no consent is missing.
      recipe: {
        order: {
          recipient: 'ministry',
          use: 'complaint',
          narratives: [],
          copies: [],
        } as Partial<PackOrder> as PackOrder,
        numbering: '00'.repeat(32),
        renderer: 'bench',
      },
      commitments: [],
      decoys: drawDecoys(0, randomBytes),
      withheldReason: title,
      notes: { warnings: [], leftOut: [] },
    },
    [],
  );
  return id;
}

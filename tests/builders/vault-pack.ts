import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { readAll } from '../../server/kernel/blobs.ts';
import type { Sha256 } from '../../server/kernel/digest.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { commitItems } from '../../server/packs/commit-items.ts';
import { drawDecoys } from '../../server/packs/manifest/commitments.ts';
import { openHouse } from './open-house.ts';
import { aPackRecipe } from './pack-recipe.ts';
import { aSealedPack, receiptText } from './sealed-pack.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The bytes of the two withheld recordings. */
export const ORIGINAL = Buffer.from('the neighbour’s recording');
export const OTHER = Buffer.from('another neighbour’s recording');

/** A pack that was sealed in a vault, unpacked in a folder, with two withheld recordings. */
export async function aPackInAVault({
  sealedAt,
  ownersAgreeUntil = null,
  ...parts
}: {
  env?: Record<string, string>;
  sealedAt?: string;
  /** The last day on which the owners of the withheld recordings agree. */
  ownersAgreeUntil?: string | null;
} = {}) {
  const { house, open, dataDir } = await openHouse({ dataDir: temporaryFolder(), ...parts });
  const { draft: whole, bag } = await aSealedPack(sealedAt === undefined ? {} : { sealedAt });
  const files = await Promise.all(
    whole.files.map(async (file) => ({
      ...file,
      blob: (await open.blobs.put([bag.get(file.path)!])).id,
    })),
  );
  const received = await Promise.all(
    [ORIGINAL, OTHER].map((bytes) =>
      open.ingestRecording({
        kind: 'clip',
        bytes: Readable.from([bytes]),
        fileName: 'clip.mp4',
        ownerConsent: { takenBy: 'lawyer', takenOn: '2026-01-01', expiresOn: ownersAgreeUntil },
        role: 'lawyer',
      }),
    ),
  );
  const withheld = received.map(({ id, sha256: digest, sizeBytes }) => ({
    source: `recording/${id}`,
    item: { class: 'original-media' as const, sha256: digest, bytes: sizeBytes },
    path: null,
  }));
  const exhibits = files
    .filter(({ role }) => role === 'case' || role === 'media')
    .map(({ path: file, sha256: digest, sizeBytes }) => ({
      source: `file/${file}`,
      item: { class: 'exhibit' as const, sha256: digest, bytes: sizeBytes },
      path: file,
    }));
  const { salted, commitments } = commitItems([...withheld, ...exhibits], systemRandom);
  const { path: copy, sha256: digest, sizeBytes } = files.find(({ role }) => role === 'media')!;
  const text = receiptText({ path: copy, sha256: digest, sizeBytes }, commitments[0]!.leaf);
  const receipts = [{ exhibit: 'V-01', text }];
  const decoys = drawDecoys(commitments.length, systemRandom);
  const event = { kind: 'exported', role: 'lawyer', detail: { pack: whole.id } } as const;
  const { index } = await open.custody.record(event);
  const { checkpoint, entries } = await open.custody.excerpt([index]);
  const lines = entries.map(({ event: shown, index: at, proof }) => ({
    event: { ...shown, detail: shown.detail as Sha256 },
    index: at,
    proof: proof.map((hash) => hash as Sha256),
  }));
  const custody = { checkpoint, lines };
  const recipe = aPackRecipe();
  const draft = { ...whole, recipe, files, commitments, receipts, decoys, custody };
  await open.packs.addDraft(draft, salted);
  const { blob } = await open.sealPack(draft.id);
  const zip = path.join(dataDir, `${draft.id}.zip`);
  writeFileSync(zip, await readAll(open.blobs.read(blob)));
  const reader = temporaryFolder();
  execFileSync('unzip', ['-q', zip, '-d', reader]);
  const salts = salted.map(({ salt }) => salt);
  const events = await open.custody.size();
  await house.close();
  const env = { DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: `${dataDir}.key`, ...parts.env };
  /** The names of the two withheld recordings. */
  const originals = withheld.map(({ source }) => source) as [string, string];
  return { id: draft.id, zip, originals, env, dataDir, salts, leaves: commitments, events, reader };
}

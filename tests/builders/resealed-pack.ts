import { createHash } from 'node:crypto';
import { archiveOf, type SealedForTest } from './sealed-pack.ts';
import { tlogProofOf } from './tlog-proof.ts';

// A hand of its own: lists, statement and seal are written here in plain text, not by the sealer, so
// that packs can be made which no sealer would make and whose signatures fit all the same.

/** What a forger may change before everything is listed, hashed and signed anew. */
export interface Forgery {
  /** Files to put (bytes or text) or to take away (null), before the lists are made. */
  readonly files?: Readonly<Record<string, Uint8Array | string | null>>;
  /** Changes the lists before they are hashed. */
  readonly manifest?: (list: string) => string;
  readonly tagmanifest?: (list: string) => string;
  /** Changes the text of the statement before it is signed. */
  readonly statement?: (text: string) => string;
  /** Changes the proof that the log has the statement. */
  readonly proof?: (text: string) => string;
  /** Files to put into the seal before its list is made. */
  readonly seal?: Readonly<Record<string, Uint8Array | string>>;
  /** Changes any file after the lists are made. */
  readonly after?: Readonly<Record<string, Uint8Array | string | null>>;
  /** Changes the bag-info's Payload-Oxum to fit; true by default. */
  readonly countPayload?: boolean;
  readonly folder?: string;
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (content: Uint8Array | string) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** Makes a pack from the bag of another: all digests fit, and the signatures are by the same key. */
export async function resealed(pack: SealedForTest, forgery: Forgery = {}): Promise<Uint8Array> {
  const files = new Map(pack.bag);
  apply(files, forgery.files ?? {});
  if (forgery.countPayload !== false) countPayload(files);
  const manifest = listOf(files, (path) => path.startsWith('data/'));
  files.set('manifest-sha256.txt', bytesOf(forgery.manifest?.(manifest) ?? manifest));
  const tagmanifest = listOf(files, (path) => !/^(?:data|seal)\/|^tagmanifest/.test(path));
  files.set('tagmanifest-sha256.txt', bytesOf(forgery.tagmanifest?.(tagmanifest) ?? tagmanifest));
  const statement = (forgery.statement ?? ((text: string) => text))(
    pack.sealed.statement.replace(
      /^(tagmanifest-sha256) .*$/m,
      `$1 ${digest(files.get('tagmanifest-sha256.txt')!)}`,
    ),
  );
  files.set('seal/statement.txt', bytesOf(statement));
  files.set('seal/statement.p256.sig', pack.signer.sign(bytesOf(statement)));
  files.set('seal/signer.pem', bytesOf(pack.signer.publicKeyPem));
  const proof = tlogProofOf(
    { pack: /^pack (.*)$/m.exec(statement)?.[1] ?? '', statement: digest(bytesOf(statement)) },
    pack.logSigner,
  );
  files.set('seal/statement.tlog-proof', bytesOf(forgery.proof?.(proof) ?? proof));
  apply(files, forgery.seal ?? {});
  const list = bytesOf(listOf(files, (path) => path.startsWith('seal/')));
  files.set('seal/manifest-sha256.txt', list);
  files.set('seal/manifest.p256.sig', pack.signer.sign(list));
  apply(files, forgery.after ?? {});
  return await archiveOf(forgery.folder ?? pack.id, files);
}

function apply(files: Map<string, Uint8Array>, changes: NonNullable<Forgery['files']>): void {
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(path);
    else files.set(path, bytesOf(content));
  }
}

function countPayload(files: Map<string, Uint8Array>): void {
  const payload = [...files].filter(([path]) => path.startsWith('data/'));
  const bytes = payload.reduce((sum, [, content]) => sum + content.length, 0);
  const info = new TextDecoder().decode(files.get('bag-info.txt'));
  files.set(
    'bag-info.txt',
    bytesOf(info.replace(/^Payload-Oxum: .*$/m, `Payload-Oxum: ${bytes}.${payload.length}`)),
  );
}

function listOf(
  files: ReadonlyMap<string, Uint8Array>,
  belongs: (path: string) => boolean,
): string {
  const paths = [...files.keys()].filter(belongs).sort();
  return paths.map((path) => `${digest(files.get(path)!)}  ${path}\n`).join('');
}

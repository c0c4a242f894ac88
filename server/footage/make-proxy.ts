import type { BlobStore } from '../kernel/blobs.ts';
import type { FootageMedia, MediaSource, PictureStore, RecordingStore } from './ports.ts';

/** What names a proxy among the pictures of its recording; another form takes another name. */
export const PROXY_NAME = 'proxy-1';

/** Makes a proxy of a clip, unless there is one. */
export type MakeProxy = (recording: string, signal?: AbortSignal) => Promise<void>;

/**
 * Creates the making of proxies: small copies that a browser can play, for whoever plans what to
 * cover. They show everybody, as the original does: they lie in the vault and are never published.
 *
 * @throws {FootageError} from the use case: `RECORDING_UNKNOWN`, and what opening a recording throws.
 */
export function createMakeProxy(deps: {
  blobs: BlobStore;
  recordings: RecordingStore;
  pictures: PictureStore;
  media: FootageMedia;
  sourceOf: (blob: string) => MediaSource;
}): MakeProxy {
  const { blobs, recordings, pictures, media, sourceOf } = deps;
  return async function makeProxy(recording, signal) {
    const { id, blob } = await recordings.recording(recording);
    const of = { recording: id, name: PROXY_NAME };
    if ((await pictures.picture(of)) !== null) return;
    const stored = await media.withFootage(sourceOf(blob), signal, (footage) =>
      blobs.put(footage.viewingCopy()),
    );
    const { id: made, sha256 } = stored;
    const standing = await pictures.keepPicture(of, { blob: made, sha256 });
    if (standing.blob !== made) await blobs.destroy(made);
  };
}

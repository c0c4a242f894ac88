import { type Sha256, sha256 } from '../kernel/digest.ts';
import type { Annex } from '../letters/letter-model.ts';
import type { Localized } from '../letters/writing/language.ts';

/** A file of the pack that was made while packing, whole. */
export interface RenderedFile {
  readonly path: string;
  readonly role: 'letter' | 'annex' | 'case' | 'statistics';
  readonly mediaType: 'application/pdf' | 'application/json' | 'text/csv';
  readonly title: Localized;
  readonly bytes: Uint8Array;
  /** Of what was printed: digest of its content, whatever printed it. */
  readonly contentSha256?: Sha256;
}

/** A file as an annex lists it. */
export function listedFile({ path, bytes }: RenderedFile): Annex['files'][number] {
  return { path, sha256: sha256(bytes), sizeBytes: bytes.length };
}

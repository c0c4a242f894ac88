import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { BlobStore } from '../kernel/blobs.ts';
import { CodedError } from '../kernel/errors.ts';
import { HttpError } from './problem.ts';

/** A file on its way in, before all of it has come. */
export interface IncomingFile {
  /** As the sender named it, composed (NFC): data, never a path. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The fields of the form that came before it. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A form with one file: the fields that came before it, and what became of the file. */
export interface ReceivedUpload<Stored> {
  readonly fields: Readonly<Record<string, string>>;
  readonly stored: Stored;
}

/** Fields come before the file, few and short: what is known of it. */
const LIMITS = {
  files: 1,
  fields: 16,
  parts: 17,
  fieldNameSize: 64,
  fieldSize: 65_536,
  headerPairs: 32,
};

/**
 * Receives one file of a form, handing its bytes to `store` as they come; nothing of it touches the
 * disk on the way. A form that is broken off makes `store` fail, which then leaves nothing.
 *
 * @throws {HttpError} `REQUEST_INVALID`, `BODY_TOO_LARGE` or `UPLOAD_BROKEN`, and what `store` throws.
 */
export async function receiveUpload<Stored>(
  request: Request,
  response: Response,
  options: { field: string; store: (file: IncomingFile) => Promise<Stored> },
): Promise<ReceivedUpload<Stored>> {
  const { field, store } = options;
  if (!request.is('multipart/form-data')) {
    throw new HttpError('MEDIA_TYPE_UNSUPPORTED', 'Send a form, as multipart/form-data.');
  }
  let stored: { value: Stored } | undefined;
  let failure: unknown;
  const storage: multer.StorageEngine = {
    _handleFile(_request, file, done) {
      const name = file.originalname.normalize('NFC');
      // Whoever stops reading must not end the stream: the form would count as broken off, and the
      // true reason, a full disk for instance, would come too late.
      const bytes = (file.stream as Readable).iterator({ destroyOnReturn: false });
      store({ name, bytes, fields: textFields(request.body) }).then(
        (value) => {
          stored = { value };
          done(null, {});
        },
        (error: unknown) => {
          failure = error;
          file.stream.resume();
          done(error);
        },
      );
    },
    _removeFile(_request, _file, done) {
      done(null);
    },
  };
  const receive = multer({ storage, limits: LIMITS, defParamCharset: 'utf8' }).single(field);
  await new Promise<void>((resolve, reject) => {
    request.once('aborted', () => reject(broken(undefined)));
    receive(request, response, (error: unknown) => (error ? reject(error) : resolve()));
  }).catch((error: unknown) => {
    if (failure instanceof CodedError) throw failure;
    throw refusalOf(error);
  });
  if (stored === undefined) {
    throw new HttpError('REQUEST_INVALID', `The form has no file named ${field}.`, {
      field: `form.${field}`,
    });
  }
  return { fields: textFields(request.body), stored: stored.value };
}

function textFields(body: unknown): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(body ?? {})) {
    if (typeof value === 'string') fields[name] = value;
  }
  return fields;
}

/** Stores an incoming file as a blob. */
export function toBlob(blobs: BlobStore) {
  return ({ bytes }: IncomingFile) => blobs.put(bytes);
}

function refusalOf(error: unknown): unknown {
  if (error instanceof multer.MulterError) {
    const large = error.code.startsWith('LIMIT');
    return new HttpError(
      large ? 'BODY_TOO_LARGE' : 'REQUEST_INVALID',
      large
        ? 'The form has too many fields or files, or too long ones. Send one file and what the reference names.'
        : 'The form cannot be read. Send one file and what the reference names.',
      { cause: error },
    );
  }
  return error instanceof CodedError ? error : broken(error);
}

function broken(cause: unknown): HttpError {
  return new HttpError(
    'UPLOAD_BROKEN',
    'The upload was broken off; nothing was kept. Send it again.',
    {
      cause,
    },
  );
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '../kernel/blobs.ts';
import { type RandomBytes, systemRandom } from '../kernel/ids.ts';
import { parseByteRange } from './byte-range.ts';

/** A blob that a tool of this machine can read for a while. */
export interface LoopbackBlob {
  /** `http://127.0.0.1:<port>/<token>`; to be read with `-protocol_whitelist http,tcp`. */
  readonly url: string;
  /** Ends the token and every transfer under it. */
  close(): Promise<void>;
}

/** Serves blobs to ffmpeg, which needs an address and cannot be given a stream to seek in. */
export interface LoopbackBlobs {
  /** Throws {VaultError} `BLOB_UNKNOWN` when there is no such blob. */
  open(id: string): Promise<LoopbackBlob>;
  /** Ends all tokens and stops listening. */
  close(): Promise<void>;
}

interface Grant {
  readonly id: string;
  readonly sizeBytes: number;
  readonly transfers: Set<ServerResponse>;
}

const TOKEN_BYTES = 32;

/**
 * Serves blobs on an ephemeral port of 127.0.0.1. Every blob has a token of 256 random bits that
 * lives until it is closed; any other address answers 404. It listens only while a token lives.
 */
export function createLoopbackBlobs(deps: {
  blobs: BlobStore;
  random?: RandomBytes;
}): LoopbackBlobs {
  const { blobs, random = systemRandom } = deps;
  const grants = new Map<string, Grant>();
  let listening: Promise<Server> | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const grant = grants.get((request.url ?? '').slice(1));
    if (grant === undefined) return end(response, 404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    const { id, sizeBytes, transfers } = grant;
    const asked = parseByteRange(request.headers.range, sizeBytes);
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('cache-control', 'no-store');
    if (asked === 'unsatisfiable') {
      response.setHeader('content-range', `bytes */${sizeBytes}`);
      return end(response, 416);
    }
    const range = asked === 'all' ? { start: 0, end: sizeBytes } : asked;
    if (asked !== 'all') {
      response.setHeader('content-range', `bytes ${range.start}-${range.end - 1}/${sizeBytes}`);
    }
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('content-length', range.end - range.start);
    response.statusCode = asked === 'all' ? 200 : 206;
    if (request.method === 'HEAD') return void response.end();
    transfers.add(response);
    try {
      await pipeline(Readable.from(blobs.read(id, range), { highWaterMark: 1 }), response);
    } finally {
      transfers.delete(response);
    }
  }

  function listen(): Promise<Server> {
    const server = createServer((request, response) => {
      // A reader that left, or a damaged blob: the transfer breaks off, which the tool notices.
      answer(request, response).catch(() => response.destroy());
    });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  }

  async function stop(): Promise<void> {
    const stopping = listening;
    listening = null;
    const server = await stopping?.catch(() => undefined);
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  return {
    async open(id) {
      const sizeBytes = await blobs.sizeOf(id);
      const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url');
      const grant: Grant = { id, sizeBytes, transfers: new Set() };
      grants.set(token, grant);
      listening ??= listen();
      const server = await listening.catch((error: unknown) => {
        grants.delete(token);
        listening = null;
        throw error;
      });
      const { port } = server.address() as AddressInfo;
      return {
        url: `http://127.0.0.1:${port}/${token}`,
        async close() {
          grants.delete(token);
          for (const response of grant.transfers) response.destroy();
          if (grants.size === 0) await stop();
        },
      };
    },
    async close() {
      for (const grant of grants.values()) {
        for (const response of grant.transfers) response.destroy();
      }
      grants.clear();
      await stop();
    },
  };
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

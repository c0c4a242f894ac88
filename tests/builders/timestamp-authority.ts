import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

// An authority of RFC 3161 made with openssl, which knows nothing of our code.

/** A root, and a time stamp authority whose certificate it signed. */
export interface LocalAuthority {
  readonly folder: string;
  /** The root's certificate, PEM. */
  readonly rootPem: string;
  /** Path of that certificate. */
  readonly rootFile: string;
  /** Answers a question (TimeStampReq, DER), whatever it asks. */
  answer(query: Uint8Array): Uint8Array;
  /** Asks and answers, as `openssl ts` does by itself. */
  stamp(bytes: Uint8Array, ...queryOptions: string[]): Uint8Array;
}

const CONFIG = `
[ca]
default_ca = root
[root]
dir = .
database = index.txt
new_certs_dir = .
certificate = root.pem
private_key = root.key
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
[names]
commonName = Name
[req]
distinguished_name = names
[ca_ext]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[tsa_ext]
extendedKeyUsage = critical, timeStamping
[plain_ext]
extendedKeyUsage = timeStamping
[any_ext]
extendedKeyUsage = critical, timeStamping, codeSigning
[tsa]
default_tsa = here
[here]
dir = .
serial = serial
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha512
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/**
 * Makes an authority in a fresh folder.
 *
 * @param options.from - moments as `openssl ca` takes them, `20200101000000Z`.
 * @param options.extensions - a section of the configuration.
 */
export function aTimestampAuthority(
  options: {
    from?: string;
    to?: string;
    extensions?: 'tsa_ext' | 'plain_ext' | 'any_ext';
    key?: readonly string[];
  } = {},
): LocalAuthority {
  const { from, to, extensions = 'tsa_ext' } = options;
  const key = options.key ?? ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-tsa-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  writeFileSync(at('openssl.cnf'), CONFIG);
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('serial'), '01\n');
  openssl('genpkey', '-algorithm', ...key, '-out', 'root.key');
  openssl('genpkey', '-algorithm', ...key, '-out', 'tsa.key');
  const req = ['req', '-new', '-config', 'openssl.cnf'];
  const root = ['-x509', '-days', '7300', '-key', 'root.key', '-subj', '/CN=Root'];
  openssl(...req, ...root, '-extensions', 'ca_ext', '-out', 'root.pem');
  openssl(...req, '-key', 'tsa.key', '-subj', '/CN=TSA', '-out', 'tsa.csr');
  openssl(
    ...['ca', '-batch', '-notext', '-config', 'openssl.cnf', '-extensions', extensions],
    ...(from === undefined ? ['-days', '3650'] : ['-startdate', from, '-enddate', to ?? from]),
    ...['-in', 'tsa.csr', '-out', 'tsa.pem'],
  );
  const answer = (query: Uint8Array) => {
    writeFileSync(at('query.tsq'), query);
    openssl(
      'ts',
      '-reply',
      '-config',
      'openssl.cnf',
      '-queryfile',
      'query.tsq',
      '-out',
      'answer.tsr',
    );
    return new Uint8Array(readFileSync(at('answer.tsr')));
  };
  return {
    folder,
    rootPem: readFileSync(at('root.pem'), 'utf8'),
    rootFile: at('root.pem'),
    answer,
    stamp(bytes, ...queryOptions) {
      writeFileSync(at('data'), bytes);
      const how = queryOptions.length === 0 ? ['-sha256', '-cert'] : queryOptions;
      openssl('ts', '-query', '-data', 'data', ...how, '-out', 'own.tsq');
      return answer(readFileSync(at('own.tsq')));
    },
  };
}

/** Serves answers on loopback until the test is over. */
export async function servedOnLoopback(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`;
}

/** Answers as an authority does over HTTP (RFC 3161, 3.4). */
export function answering({ answer }: Pick<LocalAuthority, 'answer'>): RequestListener {
  return (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      response.setHeader('content-type', 'application/timestamp-reply');
      response.end(answer(Buffer.concat(parts)));
    });
  };
}

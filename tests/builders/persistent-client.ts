import { createHttpClient, type HttpClient } from './http-client.ts';

/** A client that goes on after the service died: it waits for it to be back and asks again. */
export interface PersistentClient {
  /** The service listens there from now on. */
  moveTo(url: string): void;
  /** Sends until there is an answer that is not the service's own trouble (5xx). */
  ask(request: (client: HttpClient) => Promise<Response>): Promise<Response>;
  /** Follows a job until it is done; its output. Throws when it failed. */
  follow(started: Response): Promise<Record<string, unknown>>;
  /** How often an answer was lost. */
  lost(): number;
}

const PATIENCE_MS = 60_000;

/** Creates one that is signed in wherever it goes. */
export function createPersistentClient(login: string, password: string): PersistentClient {
  const first = Promise.withResolvers<HttpClient>();
  let place = first.promise;
  let lost = 0;

  const client: PersistentClient = {
    moveTo(url) {
      const moved = createHttpClient(url);
      const signedIn = moved.signIn(login, password).then(() => moved);
      signedIn.catch(() => {});
      place = signedIn;
      first.resolve(signedIn);
    },
    async ask(request) {
      for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
        try {
          const response = await request(await place);
          if (response.status < 500) return response;
          await response.arrayBuffer();
        } catch {
          // The connection broke off: the answer is lost, what was asked for may be done or not.
        }
        lost++;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('the service did not come back');
    },
    async follow(started) {
      if (started.status !== 202) throw new Error(`${started.status}: ${await started.text()}`);
      const { job } = (await started.json()) as { job: string };
      for (;;) {
        const answer = await client.ask((one) => one.get(`/api/v1/jobs/${job}`));
        const { state, output, failure } = (await answer.json()) as {
          state: string;
          output: Record<string, unknown>;
          failure: unknown;
        };
        if (state === 'done') return output;
        if (state !== 'queued' && state !== 'running') throw new Error(JSON.stringify(failure));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    lost: () => lost,
  };
  return client;
}

/**
 * Keeps an embedded store to one program: the program that holds the keeper's lock, an advisory lock
 * of a session that dies with it. While it holds, it also brings the server back when that was killed.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type Server, type ServerOptions, startServer, SUPERUSER } from "./embedded.ts";
import { readPasswords } from "./folder.ts";
import type { Login } from "./pool.ts";
import { connectClient } from "./session.ts";

const KEEPER_LOCK = 7_305_801_002n;
const RETRY_MS = 500;

/** A store's server under our care, or one that another program takes care of. */
export interface Kept {
  /** The server as it runs now; another one after it was brought back. */
  current(): Server;
  /** False if another program holds the store. */
  readonly ours: boolean;
  /** Lets go; stops the server if it is ours. */
  end(): Promise<void>;
}

/** The superuser's login to the embedded server. */
export function superuserLogin(server: Server, database: string): Login {
  const password = readPasswords(server.folder)[SUPERUSER];
  return { host: server.host, port: server.port, database, user: SUPERUSER, password };
}

/** Starts or joins the server of a folder and tries to become its keeper. */
export async function keepServer(options: ServerOptions): Promise<Kept> {
  const server = await startServer(options);
  const client = await lockingClient(server);
  if (client === undefined) {
    server.leave();
    return { current: () => server, ours: false, end: async () => {} };
  }
  return new Keeper(options, server, client).kept();
}

async function lockingClient(server: Server): Promise<pg.Client | undefined> {
  const client = await connectClient(superuserLogin(server, "postgres"));
  const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [
    KEEPER_LOCK,
  ]);
  if (rows[0]?.got) return client;
  await client.end();
  return undefined;
}

class Keeper {
  readonly #options: ServerOptions;
  #server: Server;
  #client: pg.Client;
  #ending = false;
  #held = true;
  #reviving: Promise<void> = Promise.resolve();

  constructor(options: ServerOptions, server: Server, client: pg.Client) {
    this.#options = options;
    this.#server = server;
    this.#client = client;
    this.#watch();
  }

  kept(): Kept {
    return { current: () => this.#server, ours: true, end: () => this.#end() };
  }

  #watch(): void {
    this.#client.once("end", () => {
      if (this.#ending) return;
      this.#held = false;
      this.#reviving = this.#revive();
    });
  }

  /** The lock's session broke: the server crashed or was killed. Tries until it is back or we end. */
  async #revive(): Promise<void> {
    while (!this.#ending) {
      try {
        this.#server = await startServer(this.#options);
        const client = await lockingClient(this.#server);
        if (client) {
          this.#client = client;
          this.#held = true;
          this.#watch();
          return;
        }
      } catch {
        // The server's own log says why; queries meanwhile end as ConnectionLost.
      }
      await sleep(RETRY_MS);
    }
  }

  async #end(): Promise<void> {
    this.#ending = true;
    await this.#reviving;
    await this.#client.end().catch(() => {});
    if (this.#held) await this.#server.stop();
    else this.#server.leave();
  }
}

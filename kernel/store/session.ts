/**
 * Single connections for the work of starting: as the owner or as the superuser of our own server.
 * What can go wrong while logging in is sorted into the sentences of problem.ts.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { clientConfig, type Login } from "./pool.ts";
import { errnoOf, StoreProblem } from "./problem.ts";

const STARTING_PAUSE_MS = 250;
const STARTING_TRIES_MAX = 40;
const CONNECT_MS_MAX = 10_000;

/** Logs in, runs `work`, logs out. Throws `cannot_connect`, `wrong_password`, `database_absent`. */
export async function asClient<T>(
  login: Login,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connectClient(login);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A connection of one's own; the caller ends it. */
export async function connectClient(login: Login): Promise<pg.Client> {
  for (let tries = 1; ; tries += 1) {
    const client = new pg.Client({
      ...clientConfig(login),
      connectionTimeoutMillis: CONNECT_MS_MAX,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const starting = errnoOf(error) === "57P03" && tries < STARTING_TRIES_MAX;
      if (!starting) throw connectProblem(login, error);
      await sleep(STARTING_PAUSE_MS);
    }
  }
}

function connectProblem(login: Login, error: unknown): StoreProblem {
  const { user, database } = login;
  const place = login.host.startsWith("/") ? login.host : `${login.host}:${login.port}`;
  const code = errnoOf(error) ?? "";
  if (code === "28P01" || code === "28000") {
    return new StoreProblem("wrong_password", { place, user }, error);
  }
  if (code === "3D000") return new StoreProblem("database_absent", { place, database }, error);
  const reason = error instanceof Error && error.message !== "" ? error.message : code;
  return new StoreProblem("cannot_connect", { place, reason }, error);
}

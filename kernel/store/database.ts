/**
 * Opens the store of a Sandbank: the embedded server of a folder, or the database that DATABASE_URL
 * names. Brings its schema up, makes the roles of the parts, and hands out a pool per role. It
 * refuses with one clear sentence whatever it cannot stand on.
 */
import assert from "node:assert/strict";
import type pg from "pg";
import { SUPERUSER } from "./embedded.ts";
import { keepPasswords } from "./folder.ts";
import { type Kept, keepServer, superuserLogin } from "./keeper.ts";
import { claim, type Mode } from "./marker.ts";
import { migrate, readMigrations, refuseOtherSchema } from "./migrate.ts";
import { type Login, openStore, type PoolOptions } from "./pool.ts";
import { StoreProblem } from "./problem.ts";
import { closeDoors, createRoles, openDoor, type RoleDeclaration } from "./roles.ts";
import { derivePassword } from "./scram.ts";
import { asClient } from "./session.ts";
import type { Migrations, Store } from "./tx.ts";
import { readDatabaseUrl } from "./url.ts";

const OWNER = "sandbank_owner";
const DATABASE = "sandbank";
const VERSION_MIN = 150_000;
const CONNECTIONS_USUAL = 4;

export interface OpenOptions {
  /** A database of one's own. Without it the embedded server of `folder` is used. */
  readonly url?: string | undefined;
  readonly folder?: string | undefined;
  readonly mode: Mode;
  /** In the order in which they apply: lower parts first. */
  readonly migrations: readonly Migrations[];
  readonly roles: readonly RoleDeclaration[];
  /** Joins a store that another program keeps instead of refusing it: for tools beside the server. */
  readonly join?: boolean;
  /** False turns off the writing-through of commits: only for tests, never for rows that count. */
  readonly durable?: boolean;
}

/** An open store. */
export interface Database {
  readonly mode: Mode;
  /** True if the server is ours to start and stop, false for a DATABASE_URL. */
  readonly embedded: boolean;
  /** The roles of the parts, so that a test can try each on each table. */
  readonly roles: readonly RoleDeclaration[];
  /** Migrations that this opening applied, `schema/file`, in order. */
  readonly applied: readonly string[];
  /** Logs in as the owner: for migrations, the schema dump and repairs, not for the business. */
  readonly owner: Store;
  /** A pool for a declared role; the same role and size give the same pool. An unknown role throws. */
  as(role: string, options?: Partial<PoolOptions>): Store;
  /** How to log in as a declared role with a client of one's own, like that of the job library. */
  login(role: string): Login;
  /** The embedded server under our care, for backups; undefined for an external one. */
  readonly kept: Kept | undefined;
  /** Closes every pool and stops the server if it is ours. */
  end(): Promise<void>;
}

/** Where the database is and who may enter it. */
interface Place {
  readonly owner: Login;
  readonly kept: Kept | undefined;
  passwordOf(role: string): string | undefined;
}

/**
 * Opens the store. Throws StoreProblem; see problem.ts for all codes. Exactly one of `url` and
 * `folder` is needed; if both are given the url wins.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  assert(options.mode === "demo" || options.durable !== false, "live rows are always durable");
  const place = options.url ? externalPlace(options.url) : await embeddedPlace(options);
  try {
    const applied = await prepare(place, options);
    return databaseOf(place, options, applied);
  } catch (error) {
    await place.kept?.end();
    throw error;
  }
}

function externalPlace(url: string): Place {
  const owner = readDatabaseUrl(url);
  const { password, database } = owner;
  const passwordOf = (role: string): string | undefined =>
    password === undefined ? undefined : derivePassword(password, database, role);
  return { owner, kept: undefined, passwordOf };
}

async function embeddedPlace(options: OpenOptions): Promise<Place> {
  assert(options.folder, "openDatabase needs a url or a folder");
  const kept = await keepServer({ folder: options.folder, durable: options.durable ?? true });
  const { folder, host, port } = kept.current();
  if (!kept.ours && !options.join) {
    throw new StoreProblem("folder_in_use", { folder: folder.root });
  }
  const logins = options.roles.filter(({ login }) => login !== false).map(({ role }) => role);
  const passwords = keepPasswords(folder, [SUPERUSER, OWNER, ...logins]);
  const password = passwords[OWNER];
  const place: Place = {
    owner: { host, port, database: DATABASE, user: OWNER, password },
    kept,
    passwordOf: (role) => passwords[role],
  };
  try {
    if (kept.ours) await makeOwner(kept, place);
    return place;
  } catch (error) {
    await kept.end();
    throw error;
  }
}

/** The owner makes everything of ours but is no superuser: what its functions may do stays bounded. */
async function makeOwner(kept: Kept, place: Place): Promise<void> {
  await asClient(superuserLogin(kept.current(), "postgres"), async (client) => {
    await createRoles(client, [{ role: OWNER }], () => place.passwordOf(OWNER));
    await client.query(`alter role ${OWNER} createrole`);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  });
}

async function prepare(place: Place, options: OpenOptions): Promise<string[]> {
  const files = readMigrations(options.migrations);
  return asClient(place.owner, async (client) => {
    await refuseOldServer(client);
    if (place.kept && !place.kept.ours) {
      await refuseOtherSchema(client, files);
      return [];
    }
    await refuseWeakOwner(client, place);
    await claim(client, options.mode, place.owner.database);
    await closeDoors(client, place.owner.database);
    await createRoles(client, options.roles, (role) => place.passwordOf(role));
    const applied = await migrate(client, files);
    await openDoor(client, place.owner.database, options.roles);
    return applied.map(({ schema, file }) => `${schema}/${file}`);
  });
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number,
            current_setting('server_version') as version`,
  );
  const version = rows[0]?.version ?? "unknown";
  if (Number(rows[0]?.number) < VERSION_MIN) throw new StoreProblem("server_too_old", { version });
}

async function refuseWeakOwner(client: pg.Client, place: Place): Promise<void> {
  const { rowCount } = await client.query(
    "select from pg_roles where rolname = current_user and (rolcreaterole or rolsuper)",
  );
  const { user } = place.owner;
  if (rowCount === 0) throw new StoreProblem("owner_cannot_create_roles", { user });
}

function databaseOf(place: Place, options: OpenOptions, applied: string[]): Database {
  const stores = new Map<string, Store>();
  const open = (login: Login, pool: Partial<PoolOptions>): Store => {
    const settings = { connections: CONNECTIONS_USUAL, ...pool };
    const key = `${login.user} ${settings.connections}`;
    const store = stores.get(key) ?? openStore(login, settings);
    stores.set(key, store);
    return store;
  };
  const login = (role: string): Login => {
    if (!options.roles.some((declared) => declared.role === role && declared.login !== false)) {
      throw new Error(`no role declared to log in as: ${role}`);
    }
    return { ...place.owner, user: role, password: place.passwordOf(role) };
  };
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await Promise.all([...stores.values()].map((store) => store.end()));
    await place.kept?.end();
  };
  return {
    mode: options.mode,
    embedded: place.kept !== undefined,
    roles: options.roles,
    applied,
    owner: open(place.owner, { connections: 1 }),
    as: (role, pool = {}) => open(login(role), pool),
    login,
    kept: place.kept,
    end: () => (ended ??= end()),
  };
}

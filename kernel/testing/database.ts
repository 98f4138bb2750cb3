/**
 * A fresh, real database for a test. Databases of the same migrations and roles are cloned from one
 * template, which costs some tens of milliseconds. Nothing here is used outside tests.
 */
import { createHash } from "node:crypto";
import pg from "pg";
import {
  claim,
  clientConfig,
  closeDoors,
  createRoles,
  type Login,
  migrate,
  type Migrations,
  openDoor,
  openStore,
  readMigrations,
  type RoleDeclaration,
  type Store,
  SUPERUSER,
} from "../store/index.ts";
import { type TestServer, testServer } from "./server.ts";

const OWNER = "sandbank_owner";
const CONNECTIONS_USUAL = 4;

export interface TestDatabaseOptions {
  /** Applied in the order given, like in the composed server. */
  readonly migrations?: readonly Migrations[];
  readonly roles?: readonly RoleDeclaration[];
  /** True for a server with fsync on, for tests of crashes. Slower to start. */
  readonly durable?: boolean;
}

/** A database that exists for one test. */
export interface TestDatabase {
  readonly name: string;
  /** Logs in as the owner, who made everything: to arrange rows and to look at them. */
  readonly owner: Store;
  /** Logs in as a role, declared here or made by a migration. The same role gives the same store. */
  as(role: string, options?: { connections?: number }): Store;
  /** How to log in as a role with a client of one's own, like that of the job library. */
  login(role: string): Login;
  /** Crashes the whole server with SIGKILL and starts it again: every connection breaks. */
  restartAfterKill9(): Promise<void>;
  /** Closes the stores and drops the database. */
  end(): Promise<void>;
}

const templates = new Map<string, Promise<string>>();
let count = 0;

/** Makes a database with the given migrations applied and roles made. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await testServer(options.durable ?? false);
  const template = await templateOf(server, options);
  count += 1;
  const name = `test_${count}`;
  await asSuperuser(server, async (client) => {
    await client.query(`create database ${name} template ${template} owner ${OWNER}`);
    await admit(client, name);
  });
  return databaseOf(server, name);
}

/** Grants on a database are not cloned with it; in tests every role of ours may connect. */
async function admit(client: pg.Client, name: string): Promise<void> {
  await client.query(`revoke all on database ${name} from public`);
  const { rows } = await client.query<{ role: string }>(
    "select rolname as role from pg_roles where rolname like 'sandbank\\_%' and rolcanlogin",
  );
  const roles = rows.map(({ role }) => pg.escapeIdentifier(role)).join(", ");
  await client.query(`grant connect on database ${name} to ${roles}`);
}

function databaseOf(server: TestServer, name: string): TestDatabase {
  const stores = new Map<string, Store>();
  const login = (role: string): Login => loginOf(server, name, role);
  const as: TestDatabase["as"] = (role, { connections = CONNECTIONS_USUAL } = {}) => {
    const key = `${role} ${connections}`;
    const known = stores.get(key);
    if (known) return known;
    const store = openStore(login(role), { connections, idleExit: true });
    stores.set(key, store);
    return store;
  };
  const end = async (): Promise<void> => {
    await Promise.all([...stores.values()].map((store) => store.end()));
    await asSuperuser(server, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    );
  };
  return { name, owner: as(OWNER), as, login, restartAfterKill9: server.restartAfterKill9, end };
}

function loginOf(server: TestServer, database: string, user: string): Login {
  const { host, port } = server.current();
  return { host, port, database, user };
}

function templateOf(server: TestServer, options: TestDatabaseOptions): Promise<string> {
  const files = readMigrations(options.migrations ?? []);
  const roles = options.roles ?? [];
  const content = JSON.stringify([options.durable ?? false, files.map((f) => f.sha256), roles]);
  const name = `template_${createHash("sha256").update(content).digest("hex").slice(0, 16)}`;
  const known = templates.get(name);
  if (known) return known;
  const made = makeTemplate(server, { name, files, roles });
  templates.set(name, made);
  return made;
}

interface Template {
  readonly name: string;
  readonly files: ReturnType<typeof readMigrations>;
  readonly roles: readonly RoleDeclaration[];
}

async function makeTemplate(server: TestServer, template: Template): Promise<string> {
  const { name, files, roles } = template;
  await asSuperuser(server, async (client) => {
    await client.query(`do $$ begin create role ${OWNER} login createrole;
      exception when duplicate_object or unique_violation then null; end $$`);
    await client.query(`create database ${name} owner ${OWNER}`);
  });
  await using(loginOf(server, name, OWNER), async (client) => {
    await claim(client, "demo", name);
    await closeDoors(client, name);
    await createRoles(client, roles, () => undefined);
    await migrate(client, files);
    await openDoor(client, name, roles);
  });
  return name;
}

async function asSuperuser(
  server: TestServer,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  await using(loginOf(server, "postgres", SUPERUSER), work);
}

async function using(login: Login, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(clientConfig(login));
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

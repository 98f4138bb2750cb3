/**
 * The database roles of the parts: each logs in by itself and may do only what migrations granted to
 * it by name. A role owns nothing and creates nothing.
 */
import pg from "pg";
import { scramVerifier } from "./scram.ts";

/** A role that a part logs in as, or a group of such roles. */
export interface RoleDeclaration {
  /** `sandbank_<part>`. */
  readonly role: string;
  /** False for a group that nobody logs in as. Default true. */
  readonly login?: boolean;
  /** Groups whose rights the role has; they are made if they are not declared. */
  readonly memberOf?: readonly string[];
  /** Settings of each of its sessions, like `plan_cache_mode: "force_generic_plan"`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const ROLE_NAME = /^sandbank_[a-z][a-z0-9_]{0,50}$/;

/** Makes the declared roles, before migrations: these may then grant to them. */
export async function createRoles(
  client: pg.ClientBase,
  roles: readonly RoleDeclaration[],
  passwordOf: (role: string) => string | undefined,
): Promise<void> {
  const declared = new Set(roles.map(({ role }) => role));
  const groups = roles.flatMap(({ memberOf }) => memberOf ?? []);
  for (const group of new Set(groups)) {
    if (!declared.has(group)) await createRole(client, group, "nologin");
  }
  for (const { role, login } of roles) {
    await createRole(client, role, login === false ? "nologin" : "login");
    const password = passwordOf(role);
    if (login !== false && password !== undefined) {
      const secret = pg.escapeLiteral(scramVerifier(password));
      await client.query(`alter role ${quoteRole(role)} login password ${secret}`);
    }
  }
  for (const declaration of roles) await settle(client, declaration);
}

/** Roles belong to the whole server, so one may stand already, also made by a neighbour this moment. */
async function createRole(client: pg.ClientBase, role: string, kind: string): Promise<void> {
  await client.query(`do $$ begin create role ${quoteRole(role)} ${kind};
    exception when duplicate_object or unique_violation then null; end $$`);
}

async function settle(client: pg.ClientBase, declaration: RoleDeclaration): Promise<void> {
  const role = quoteRole(declaration.role);
  for (const group of declaration.memberOf ?? []) {
    await client.query(`grant ${quoteRole(group)} to ${role}`);
  }
  for (const [name, value] of Object.entries(declaration.settings ?? {})) {
    const setting = pg.escapeIdentifier(name);
    await client.query(`alter role ${role} set ${setting} = ${pg.escapeLiteral(value)}`);
  }
}

function quoteRole(role: string): string {
  if (!ROLE_NAME.test(role)) throw new Error(`not a role of ours: ${role}`);
  return pg.escapeIdentifier(role);
}

/** Takes from everybody what PostgreSQL gives to everybody. Run by the owner before migrations. */
export async function closeDoors(client: pg.ClientBase, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  await client.query(`revoke all on database ${name} from public`);
  await client.query("revoke all on schema public from public");
  await client.query("alter default privileges revoke execute on functions from public");
  await client.query("alter default privileges revoke usage on types from public");
}

/** Lets the declared roles into the database. */
export async function openDoor(
  client: pg.ClientBase,
  database: string,
  roles: readonly RoleDeclaration[],
): Promise<void> {
  const name = pg.escapeIdentifier(database);
  for (const { role, login } of roles) {
    if (login !== false)
      await client.query(`grant connect on database ${name} to ${quoteRole(role)}`);
  }
}

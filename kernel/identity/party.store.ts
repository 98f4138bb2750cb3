/** SQL of organisations and people. */
import { type Instant, toIso } from "../clock/index.ts";
import { type Migrations, type RoleDeclaration, type Store, type Tx } from "../store/index.ts";
import { statement } from "../store/index.ts";
import type { Lang } from "../words/index.ts";
import type { Organisation, OrganisationKind, Person } from "./party.ts";
import type { Role } from "./principal.ts";

/** The role that identity logs in as. */
export const identityRole: RoleDeclaration = { role: "sandbank_identity" };

export const identityMigrations: Migrations = {
  schema: "identity",
  folder: new URL("./sql/", import.meta.url),
};

const PUT_ORGANISATION = statement(
  "identity.put_organisation",
  `insert into identity.organisation (id, kind, name_zh, name_en, fictional, state, created)
   values ($1, $2, $3, $4, $5, 'active', $6::timestamptz)
   on conflict (id) do update set kind = excluded.kind, name_zh = excluded.name_zh,
     name_en = excluded.name_en, fictional = excluded.fictional`,
);
const FIND_ORGANISATION = statement(
  "identity.find_organisation",
  `select id, kind, name_zh, name_en, fictional from identity.organisation
    where id = $1 and state = 'active'`,
);
const PUT_PERSON = statement(
  "identity.put_person",
  `insert into identity.person (id, organisation, name_zh, name_en, roles, state, locale, created)
   values ($1, $2, $3, $4, $5, 'active', $6, $7::timestamptz)
   on conflict (id) do update set organisation = excluded.organisation,
     name_zh = excluded.name_zh, name_en = excluded.name_en, roles = excluded.roles,
     locale = excluded.locale`,
);
const FIND_PERSON = statement(
  "identity.find_person",
  `select p.id, p.organisation, p.name_zh, p.name_en, p.roles, p.locale
     from identity.person p join identity.organisation o on o.id = p.organisation
    where p.id = $1 and p.state = 'active' and o.state = 'active'`,
);
const CLOSE_PERSON = statement(
  "identity.close_person",
  "update identity.person set state = 'closed' where id = $1 returning id",
);
const CLOSE_ORGANISATION = statement(
  "identity.close_organisation",
  "update identity.organisation set state = 'closed' where id = $1 returning id",
);
const LIST_PEOPLE = statement(
  "identity.list_people",
  `select id, organisation, name_zh, name_en, roles, locale from identity.person
    where organisation = $1 and state = 'active' and id > $2 order by id limit $3`,
);
const LIST_BY_ROLE = statement(
  "identity.list_by_role",
  `select p.id, p.organisation, p.name_zh, p.name_en, p.roles, p.locale
     from identity.person p join identity.organisation o on o.id = p.organisation
    where $1 = any (p.roles) and p.state = 'active' and o.state = 'active'
    order by p.organisation, p.id limit $2`,
);

interface OrganisationRow {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name_zh: string;
  readonly name_en: string;
  readonly fictional: boolean;
}
interface PersonRow {
  readonly id: string;
  readonly organisation: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly roles: Role[];
  readonly locale: Lang;
}

function organisationOf(row: OrganisationRow): Organisation {
  const name = { zh: row.name_zh, en: row.name_en };
  return { id: row.id, kind: row.kind, name, fictional: row.fictional };
}

function personOf(row: PersonRow): Person {
  const name = { zh: row.name_zh, en: row.name_en };
  return { id: row.id, organisation: row.organisation, name, roles: row.roles, lang: row.locale };
}

/** Writes an organisation, or what changed of it. A closed one stays closed. */
export async function putOrganisationIn(tx: Tx, put: Organisation, now: Instant): Promise<void> {
  const values = [put.id, put.kind, put.name.zh, put.name.en, put.fictional, toIso(now)];
  await tx.query(PUT_ORGANISATION, values);
}

/** Writes a person, or what changed of them. A closed one stays closed. */
export async function putPersonIn(tx: Tx, put: Person, now: Instant): Promise<void> {
  const { id, organisation, name, roles, lang } = put;
  await tx.query(PUT_PERSON, [id, organisation, name.zh, name.en, [...roles], lang, toIso(now)]);
}

export async function findOrganisationIn(
  tx: Pick<Tx, "query">,
  id: string,
): Promise<Organisation | undefined> {
  const [row] = await tx.query<OrganisationRow>(FIND_ORGANISATION, [id]);
  return row && organisationOf(row);
}

export async function findPersonIn(tx: Pick<Tx, "query">, id: string): Promise<Person | undefined> {
  const [row] = await tx.query<PersonRow>(FIND_PERSON, [id]);
  return row && personOf(row);
}

/** People of an organisation after `after` in the order of their ids. */
export async function listPeople(
  store: Store,
  asked: { readonly organisation: string; readonly after?: string; readonly most: number },
): Promise<Person[]> {
  const after = asked.after ?? "00000000-0000-0000-0000-000000000000";
  const rows = await store.query<PersonRow>(LIST_PEOPLE, [asked.organisation, after, asked.most]);
  return rows.map(personOf);
}

/** People who have a role, of whatever organisation. */
export async function listByRole(
  store: Store,
  asked: { readonly role: Role; readonly most: number },
): Promise<Person[]> {
  const rows = await store.query<PersonRow>(LIST_BY_ROLE, [asked.role, asked.most]);
  return rows.map(personOf);
}

export async function closePerson(store: Store, id: string): Promise<boolean> {
  return (await store.query(CLOSE_PERSON, [id])).length === 1;
}

export async function closeOrganisation(store: Store, id: string): Promise<boolean> {
  return (await store.query(CLOSE_ORGANISATION, [id])).length === 1;
}

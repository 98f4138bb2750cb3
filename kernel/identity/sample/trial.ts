/** An identity over a fresh database, with a clock that tests turn. For tests of the kernel. */
import type { Instant } from "../../clock/index.ts";
import { type TestDatabase, testDatabase } from "../../testing/index.ts";
import { isRefusal } from "../../words/index.ts";
import { type Identity, openIdentity } from "../identity.ts";
import { identityMigrations, identityRole } from "../party.store.ts";
import type { Organisation, Person } from "../party.ts";

export const SITE = { id: "localhost", name: "Sandbank", origins: ["http://localhost:8080"] };

export const BANK: Organisation = {
  id: "lantern-bank",
  kind: "institution",
  name: { zh: "灯塔银行（虚构）", en: "Lantern Bank (fictional)" },
  fictional: true,
};
export const OPERATOR: Person = {
  id: "01990000-0000-7000-8000-000000000001",
  organisation: BANK.id,
  name: { zh: "林晓", en: "Lin Xiao" },
  roles: ["institution_operator"],
  lang: "zh",
};

export interface IdentityTrial {
  readonly database: TestDatabase;
  readonly identity: Identity;
  /** Machine time of this identity; add to turn it. */
  readonly time: { now: number };
  /** A second process over the same rows, with its own memory. */
  other(mode?: "demo" | "live"): Identity;
}

/** The value, or a failed test if it is a refusal. */
export function granted<T>(value: T): Exclude<T, { refused: true }> {
  if (isRefusal(value)) throw new Error(`refused: ${value.code}`);
  return value as Exclude<T, { refused: true }>;
}

/** The code of a refusal, or "granted". */
export function codeOf(value: unknown): string {
  return isRefusal(value) ? value.code : "granted";
}

export async function identityTrial(mode: "demo" | "live" = "demo"): Promise<IdentityTrial> {
  const database = await testDatabase({ migrations: [identityMigrations], roles: [identityRole] });
  const time = { now: 1_795_600_000_000 };
  const other = (which: "demo" | "live" = mode) =>
    openIdentity({
      ...{ store: database.as("sandbank_identity"), mode: which, site: SITE },
      now: () => time.now as Instant,
    });
  const identity = other();
  await identity.putOrganisation(BANK);
  granted(await identity.putPerson(OPERATOR));
  return { database, identity, time, other };
}

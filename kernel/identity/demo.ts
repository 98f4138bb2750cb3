/**
 * The people of the demo: fictional organisations, persons and keys, made again on every start with
 * fresh links and keys. Refuses to run in live mode and to make anything that is not fictional.
 */
import assert from "node:assert/strict";
import { type Instant, uuidv7 } from "../clock/index.ts";
import type { Lang, Text } from "../words/index.ts";
import { insertKeyIn, revokeKeysNamedIn } from "./credential.store.ts";
import type { Desk } from "./desk.ts";
import { KEY_DAYS } from "./key.ts";
import { putOrganisationIn, putPersonIn } from "./party.store.ts";
import type { Face, Organisation, Person } from "./party.ts";
import type { Role } from "./principal.ts";
import { digest, drawKey } from "./secret.ts";
import { issueLinkIn } from "./session.ts";

export interface DemoPerson {
  readonly organisation: string;
  readonly name: Text;
  readonly roles: readonly Role[];
  readonly face: Face;
  readonly lang?: Lang;
}

export interface DemoAsked {
  readonly organisations: readonly Organisation[];
  readonly people: readonly DemoPerson[];
  readonly keys: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly roles: readonly Role[];
  }[];
  /** Makes an address of a link's secret; `/<lang>/sign-in/<secret>` unless told. */
  readonly address?: (link: {
    readonly secret: string;
    readonly face: Face;
    readonly lang: Lang;
  }) => string;
}

/** What the server writes to `<data>/demo.json`, readable by its owner alone. */
export interface DemoMade {
  readonly people: readonly {
    readonly id: string;
    readonly name: Text;
    readonly organisation: string;
    readonly roles: readonly Role[];
    readonly face: Face;
    readonly link: string;
  }[];
  readonly keys: readonly {
    readonly name: string;
    readonly organisation: string;
    readonly roles: readonly Role[];
    readonly key: string;
  }[];
}

/** The id of a demo person: the same on every start, from organisation and English name. */
export function demoPersonId(organisation: string, name: string): string {
  const bytes = Uint8Array.from(digest(`sandbank demo person\n${organisation}\n${name}`));
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Buffer.from(bytes.subarray(0, 16)).toString("hex");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

/**
 * Makes or refreshes the demo's organisations, people and keys. Links and keys of an earlier start
 * stop working. Calling it in live mode, or with an organisation that is not fictional, is a bug.
 */
export async function demoPrincipals(desk: Desk, asked: DemoAsked): Promise<DemoMade> {
  assert.equal(desk.mode, "demo", "demo principals exist only in the demo");
  assert.ok(
    asked.organisations.every((one) => one.fictional),
    "demo organisations are fictional",
  );
  const address = asked.address ?? (({ secret, lang }) => `/${lang}/sign-in/${secret}`);
  const made = await desk.store.transaction(async (tx) => {
    const now = desk.now();
    for (const organisation of asked.organisations) await putOrganisationIn(tx, organisation, now);
    const people: DemoMade["people"][number][] = [];
    for (const one of asked.people) {
      const { organisation, name, roles, face, lang = "zh" } = one;
      const id = demoPersonId(organisation, name.en);
      const person: Person = { id, organisation, name, roles, lang };
      await putPersonIn(tx, person, now);
      const { secret } = await issueLinkIn(desk, tx, { person: id, purpose: "sign_in", face });
      people.push({ id, name, organisation, roles, face, link: address({ secret, face, lang }) });
    }
    const keys: DemoMade["keys"][number][] = [];
    for (const one of asked.keys) {
      const { key, prefix } = drawKey();
      await revokeKeysNamedIn(tx, one);
      const expires = (now + KEY_DAYS.usual * 86_400_000) as Instant;
      const id = uuidv7();
      await insertKeyIn(tx, { ...one, id, prefix, hash: digest(key), created: now, expires });
      keys.push({ name: one.name, organisation: one.organisation, roles: one.roles, key });
    }
    return { people, keys };
  });
  desk.sessions.forgetAll();
  desk.keys.forgetAll();
  return made;
}

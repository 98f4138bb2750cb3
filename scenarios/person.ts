/**
 * A person at the console, signed in by the one-time link that the demonstration gives: a cookie and
 * the secret of the session with every act, as a browser sends them.
 */
import { bodyOf } from "./front-door.ts";
import type { Stage } from "./stage.ts";

/** Somebody who has signed in. */
export interface Person {
  readonly id: string;
  /** Acts; anything but a "yes" throws. */
  act(path: string, key: string, body: unknown): Promise<unknown>;
}

/** A stage with people at the console. */
export interface People {
  /** Who has signed in at the console in this run, by id. */
  readonly people: Map<string, Person>;
}

/**
 * The person of an organisation, the first or who has this English name. He signs in once in a run:
 * his link is good once.
 */
export async function personOf(
  stage: Stage & People,
  organisation: string,
  name?: string,
): Promise<Person> {
  const { id, link } = stage.server.person(organisation, name);
  const known = stage.people.get(id);
  if (known) return known;
  const person = await signIn(stage, { id, link, organisation });
  stage.people.set(id, person);
  return person;
}

async function signIn(
  { server, key: scenario }: Stage,
  of: { readonly id: string; readonly link: string; readonly organisation: string },
): Promise<Person> {
  const { id, link, organisation } = of;
  const answer = await fetch(`${server.origin}/api/session/link`, {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: JSON.stringify({ link: link.split("/").at(-1) }),
  });
  if (!answer.ok) throw new Error(`${organisation} cannot sign in: ${answer.status}`);
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";", 1);
  const { csrf } = (await answer.json()) as { readonly csrf: string };
  return {
    id,
    async act(path, key, body) {
      const sent = await fetch(server.origin + path, {
        method: "POST",
        headers: {
          ...{ cookie, "x-csrf-token": csrf, "content-type": "application/json" },
          "idempotency-key": `${scenario}.${key}`,
        },
        body: JSON.stringify(body),
      });
      const said = (await sent.json()) as { readonly code?: string; readonly detail?: string };
      const { status } = sent;
      const no = { said: "no", status, category: "", failed: [] } as const;
      const { code = "", detail = "" } = said;
      const heard = sent.ok
        ? ({ said: "yes", status, body: said } as const)
        : { ...no, code, detail };
      return bodyOf(heard, `${organisation} at ${path}`);
    },
  };
}

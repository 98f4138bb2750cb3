/**
 * `guard.issue_key`: an administrator gives an organisation's program a key. The key itself is told
 * to the caller alone; journal, opening and log know its id and its first characters.
 */
import { z } from "zod";
import { type Instant, machineNow, toIso } from "../clock/index.ts";
import { drawApiKey, KEY_DAYS, type Role, ROLES } from "../identity/index.ts";
import { change, type Command } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import { isOrganisationIn, issueRow } from "./issue.store.ts";

const DAY_MS = 86_400_000;
const HUMBLE = ROLES.filter((role) => role !== "system");

const contract = z.strictObject({
  organisation: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(120),
  roles: z
    .array(z.enum(HUMBLE as [Role, ...Role[]]))
    .min(1)
    .max(8),
  days: z.int().min(1).max(KEY_DAYS.most).optional(),
});

type Content = z.infer<typeof contract>;
type Drawn = ReturnType<typeof drawApiKey> & { readonly at: Instant };

/** Refuses `organisation_not_known`. */
export const issueKey: Command<Content, boolean, Drawn> = {
  name: "guard.issue_key",
  class: "SERVICE",
  contract,
  may: ["administrator"],
  secret: true,
  keys: ({ organisation }) => ({ reads: [], writes: [`organisation/${organisation}`] }),
  // Keys live by the machine's time, as sessions do.
  prepare: async () => ({ ...drawApiKey(), at: machineNow() }),
  load: (tx, partition, questions) =>
    Promise.all(
      questions.map(({ command }) => isOrganisationIn(tx, partition, command.organisation)),
    ),
  decide({ state, command, facts }) {
    if (!state) return refuse("organisation_not_known");
    const { id, key, hash, prefix, at } = facts;
    const { organisation, name, roles, days = KEY_DAYS.usual } = command;
    const expires = toIso((at + days * DAY_MS) as Instant);
    const row = {
      id,
      hash,
      prefix,
      organisation,
      name,
      roles: roles.join(" "),
      created: toIso(at),
    };
    return {
      entries: [],
      changes: [change(issueRow, { ...row, expires })],
      answer: { id, prefix, expires },
      secret: key,
    };
  },
};

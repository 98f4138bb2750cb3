/** Contacts over HTTP: those of whoever asks and of his organisation, opening one, closing one. */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import { outcomeContract } from "../contract.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { answerOf } from "../task/task.ts";
import { keepWording, readWordings } from "../wording/wording.store.ts";
import { contactParams, contactsContract, newContactContract } from "./contact.contract.ts";
import { refuse } from "./contact.refusals.ts";
import { readContacts } from "./contact.store.ts";

const AT = SANDBOX_PARTITION;
type Ports = Pick<SandboxPorts, "guard" | "store" | "post">;

/** GET and POST /api/contacts, POST …/{id}/close. */
export function contactRoutes({ guard, store, post }: Ports): Route[] {
  return [
    listRoute({ store, post }),
    route({
      method: "POST",
      path: "/api/contacts",
      summary: { zh: "登记通知地址", en: "Open an address for notices" },
      auth: "any",
      body: newContactContract,
      answer: outcomeContract,
      status: 201,
      refusals: ["contact_kind_not_set_up", "contact_of_a_person_only", "contacts_full"],
      async handle({ body, principal, id }) {
        const { address, ...of } = body;
        if (post?.kinds.includes(of.kind) !== true) return refuse("contact_kind_not_set_up");
        const { wording } = await keepWording(store, AT, {
          ...{ organisation: principal.organisation, command: id, field: "contact" },
          body: address,
        });
        const call = { partition: AT, id, principal, content: { ...of, wording } };
        return answerOf(await guard.act({ ...call, command: "sandbox.open_contact" }));
      },
    }),
    route({
      method: "POST",
      path: "/api/contacts/{id}/close",
      summary: { zh: "停用通知地址并删除", en: "Close an address for notices and erase it" },
      auth: "any",
      params: contactParams,
      answer: outcomeContract,
      refusals: ["contact_unknown"],
      async handle({ params, principal, id }) {
        const call = { partition: AT, id, principal, content: { contact: params.id } };
        return answerOf(await guard.act({ ...call, command: "sandbox.close_contact" }));
      },
    }),
  ];
}

function listRoute({ store, post }: Pick<Ports, "store" | "post">): Route {
  return route({
    method: "GET",
    path: "/api/contacts",
    summary: { zh: "通知地址", en: "Addresses for notices" },
    auth: "any",
    answer: contactsContract,
    async handle({ principal }) {
      const rows = await readContacts(store, AT, principal);
      const words = await readWordings(
        store,
        AT,
        rows.map((row) => row.wording),
      );
      const contacts = rows.map((row) => ({
        ...{ id: row.id, kind: row.kind, lang: row.lang, failed: row.failed },
        whose: row.person === null ? ("organisation" as const) : ("own" as const),
        address: masked(words.get(row.wording) ?? null),
        ...{ openedAt: toIso(row.opened_at), closedAt: row.closed_at && toIso(row.closed_at) },
        dispatches: {
          ...{ waiting: row.waiting, sent: row.sent },
          ...{ givenUp: row.given_up, withdrawn: row.withdrawn },
        },
      }));
      return { kinds: [...(post?.kinds ?? [])], contacts };
    },
  });
}

/** Enough of an address to know it again. */
function masked(address: string | null): string | null {
  if (address === null) return null;
  const at = address.indexOf("@");
  return at < 0 ? `…${address.slice(-2)}` : `${address.slice(0, 1)}…${address.slice(at)}`;
}

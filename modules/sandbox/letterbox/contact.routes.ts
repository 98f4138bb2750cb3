/**
 * Contacts over HTTP: those of whoever asks and of his organisation, opening one, proving that one
 * reads what comes there, closing one. Digits of a code end here: commands name them by their HMAC.
 */
import { type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import { outcomeContract } from "../contract.ts";
import { type PostOffice, SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { READERS } from "../inbox/inbox.ts";
import { answerOf } from "../task/task.ts";
import { wordingId } from "../wording/wording.ts";
import { keepWording, readWordings } from "../wording/wording.store.ts";
import { codeDigits, digitsDigest, holdsFor, pauseLeft, triesLeft } from "../contact/code.ts";
import { type CodeRow, latestCodesIn } from "../contact/code.store.ts";
import {
  contactParams,
  type ContactsAnswer,
  contactsContract,
  newContactContract,
  proofContract,
} from "../contact/contact.contract.ts";
import { refuse } from "../contact/contact.refusals.ts";
import { type ContactShown, findContact, readContacts } from "../contact/contact.store.ts";

const AT = SANDBOX_PARTITION;
const SECOND_MS = 1_000;
type Ports = Pick<SandboxPorts, "guard" | "store" | "post">;

/** GET and POST /api/contacts, POST …/{id}/codes, …/{id}/proof and …/{id}/close. */
export function contactRoutes(ports: Ports): Route[] {
  return [
    listRoute(ports),
    openRoute(ports),
    codeRoute(ports),
    proofRoute(ports),
    closeRoute(ports),
  ];
}

function openRoute({ guard, store, post }: Ports): Route {
  return route({
    method: "POST",
    path: "/api/contacts",
    summary: { zh: "登记通知地址", en: "Open an address for notices" },
    auth: "any",
    body: newContactContract,
    answer: outcomeContract,
    status: 201,
    refusals: [
      ...(["contact_kind_not_set_up", "contact_of_a_person_only", "contacts_full"] as const),
      "contact_codes_of_organisation_spent",
    ],
    async handle({ body, principal, id }) {
      const { address, ...of } = body;
      if (post?.kinds.includes(of.kind) !== true) return refuse("contact_kind_not_set_up");
      const { organisation } = principal;
      const { wording } = await keepWording(store, AT, {
        ...{ organisation, command: id, field: "contact" },
        body: address,
      });
      const code = drawnCode(post, { organisation, command: id, wording: wording.id });
      const call = { partition: AT, id, principal, content: { ...of, wording, code } };
      return answerOf(await guard.act({ ...call, command: "sandbox.open_contact" }));
    },
  });
}

function codeRoute({ guard, store, post }: Ports): Route {
  return route({
    method: "POST",
    path: "/api/contacts/{id}/codes",
    summary: { zh: "请求发送验证码", en: "Have another code sent to an address" },
    auth: "any",
    params: contactParams,
    answer: outcomeContract,
    status: 201,
    refusals: [
      ...(["contact_kind_not_set_up", "contact_unknown", "contact_already_proven"] as const),
      ...(["contact_code_too_soon", "contact_codes_spent"] as const),
      "contact_codes_of_organisation_spent",
    ],
    async handle({ params: { id: contact }, principal, id }) {
      if (post === undefined) return refuse("contact_kind_not_set_up");
      // Of a contact that is not there the guard says so, whatever the HMAC is of.
      const wording = (await findContact(store, AT, contact))?.wording ?? contact;
      const { organisation } = principal;
      const code = drawnCode(post, { organisation, command: id, wording });
      const call = { partition: AT, id, principal, content: { contact, code } };
      return answerOf(await guard.act({ ...call, command: "sandbox.ask_contact_code" }));
    },
  });
}

/** The row of a code, the same each time that a request is sent again, and the HMAC of its digits. */
function drawnCode(
  { codeKey }: Pick<PostOffice, "codeKey">,
  of: { readonly organisation: string; readonly command: string; readonly wording: string },
) {
  const id = wordingId({ organisation: of.organisation, command: of.command, field: "code" });
  return { id, digest: digitsDigest(codeKey, of.wording, codeDigits(codeKey, id)) };
}

function proofRoute({ guard, store, post }: Ports): Route {
  return route({
    method: "POST",
    path: "/api/contacts/{id}/proof",
    summary: { zh: "输入验证码，验证通知地址", en: "Prove an address by the code that came there" },
    auth: "any",
    params: contactParams,
    body: proofContract,
    answer: outcomeContract,
    refusals: [
      ...(["contact_kind_not_set_up", "contact_unknown", "contact_already_proven"] as const),
      ...(["contact_code_not_sent", "contact_code_spent", "contact_code_expired"] as const),
      "contact_code_wrong",
    ],
    async handle({ params: { id: contact }, body, principal, id }) {
      if (post === undefined) return refuse("contact_kind_not_set_up");
      const wording = (await findContact(store, AT, contact))?.wording ?? contact;
      const digest = digitsDigest(post.codeKey, wording, body.code);
      const call = { partition: AT, id, principal, content: { contact, digest } };
      return answerOf(await guard.act({ ...call, command: "sandbox.prove_contact" }));
    },
  });
}

function closeRoute({ guard }: Ports): Route {
  return route({
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
  });
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
      const wordings = rows.map(({ wording }) => wording);
      const [words, codes] = await Promise.all([
        readWordings(store, AT, wordings),
        latestCodesIn(
          store,
          AT,
          rows.map(({ id }) => id),
        ),
      ]);
      const at = machineNow();
      const contacts = rows.map((row) => {
        const address = masked(words.get(row.wording) ?? null);
        const code = row.state === "unproven" ? codes.get(row.id) : undefined;
        return { ...shown(row), address, code: code === undefined ? null : codeShown(code, at) };
      });
      const mayOpen = principal.roles.some((role) => READERS.includes(role));
      return { kinds: [...(post?.kinds ?? [])], mayOpen, contacts };
    },
  });
}

type Shown = ContactsAnswer["contacts"][number];

function shown(row: ContactShown): Omit<Shown, "address" | "code"> {
  return {
    ...{ id: row.id, kind: row.kind, lang: row.lang, state: row.state, failed: row.failed },
    whose: row.person === null ? "organisation" : "own",
    openedAt: toIso(row.opened_at),
    provenAt: row.proven_at && toIso(row.proven_at),
    closedAt: row.closed_at && toIso(row.closed_at),
    dispatches: {
      ...{ waiting: row.waiting, sent: row.sent },
      ...{ givenUp: row.given_up, withdrawn: row.withdrawn },
    },
  };
}

function codeShown(code: CodeRow, at: Instant): NonNullable<Shown["code"]> {
  return {
    ...{ state: code.state, triesLeft: triesLeft(code) },
    holdsSeconds: Math.ceil(holdsFor(code, at) / SECOND_MS),
    pauseSeconds: Math.ceil(pauseLeft(code, at) / SECOND_MS),
  };
}

/** Enough of an address to know it again. */
function masked(address: string | null): string | null {
  if (address === null) return null;
  const at = address.indexOf("@");
  return at < 0 ? `…${address.slice(-2)}` : `${address.slice(0, 1)}…${address.slice(at)}`;
}

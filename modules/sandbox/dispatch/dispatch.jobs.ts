/**
 * Sending letters outside. `sandbox.post_letter` finds the contacts of a letter, `sandbox.send_letter`
 * sends it to one and says so in an act. Between sending and saying so the process can die: then it
 * is sent once more, under the same id, by which whoever receives it knows it again. What is not
 * taken is tried again for about five hours and then given up, which the list of contacts shows.
 */
import { createHash } from "node:crypto";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { type JobContext, task, type Task } from "@sandbank/kernel/jobs";
import { POST_LETTER } from "../inbox/inbox.ts";
import { type PostOffice, SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { type Became, sendNotice, TRIES_MAX } from "./attempt.ts";
import type { DispatchEvent } from "./dispatch.ts";
import { type Addressed, contactsForIn, findAddressed } from "./dispatch.store.ts";
import { mailOf, smsOf } from "./dispatch.words.ts";
import { SEND_LETTER } from "./settle.ts";

const AT = SANDBOX_PARTITION;
type Ports = Pick<SandboxPorts, "guard" | "store" | "post">;

/** The job `sandbox.post_letter`. A letter that nobody is to hear of outside leaves no act. */
export function postLetter({ guard, store, post }: Ports): Task {
  return task<{ readonly letter: string }>({
    task: POST_LETTER,
    attempts_max: TRIES_MAX,
    async run({ letter }) {
      if (post === undefined || (await contactsForIn(store, AT, [letter])).length === 0) return;
      const outcome = await guard.act({
        ...{ partition: AT, id: `dispatch-${letter}`, principal: systemPrincipal("sandbox") },
        ...{ command: "sandbox.dispatch_letter", content: { letter } },
      });
      if (outcome.kind !== "accepted") throw new Error(`letter ${letter} not dispatched`);
    },
  });
}

/** The job `sandbox.send_letter`. Throws (to be tried again) while nobody takes it. */
export function sendLetter(ports: Ports): Task {
  return task<{ readonly letter: string; readonly contact: string }>({
    task: SEND_LETTER,
    attempts_max: TRIES_MAX,
    async run(pair, context) {
      const addressed = await findAddressed(ports.store, AT, pair);
      if (addressed?.state !== "waiting" || ports.post === undefined) return;
      const [event, reason] = await attempt(ports.post, addressed, context);
      await settle(ports, addressed, { event, reason });
    },
  });
}

async function attempt(
  post: PostOffice,
  addressed: Addressed,
  context: JobContext,
): Promise<Became> {
  const { address, person, letter_roles } = addressed;
  if (address === null) return ["withdraw", "address_erased"];
  if (person !== null) {
    const { organisation } = addressed;
    const roles = await post.rolesOf({ id: person, organisation });
    const isReader = roles.some((role) => letter_roles.includes(role));
    if (!isReader) return ["withdraw", "reader_left"];
  }
  return sendNotice(post, noticeOf(post, addressed, address), context);
}

function noticeOf(post: PostOffice, addressed: Addressed, to: string) {
  const { letter, contact, contact_kind: kind, lang } = addressed;
  const told = { ...addressed, link: post.inbox(lang), demo: post.demo };
  // The same at every try: whoever gets it twice can tell.
  const id = createHash("sha256")
    .update(`notice\n${letter}\n${contact}`)
    .digest("hex")
    .slice(0, 32);
  return kind === "mail"
    ? { kind, to, id, lang, ...mailOf(told) }
    : { kind, to, id, lang, text: smsOf(told) };
}

async function settle(
  { guard }: Ports,
  { letter, contact }: Addressed,
  became: { readonly event: DispatchEvent; readonly reason: string | null },
): Promise<void> {
  const id = createHash("sha256").update(`${letter}\n${contact}`).digest("hex").slice(0, 48);
  const outcome = await guard.act({
    ...{ partition: AT, id: `settle-${id}`, principal: systemPrincipal("sandbox") },
    ...{ command: "sandbox.settle_dispatch", content: { letter, contact, ...became } },
  });
  if (outcome.kind === "accepted") return;
  if (outcome.kind === "refused" && outcome.refusal.code === "dispatch_settled") return;
  throw new Error(`what became of letter ${letter} is not on record`);
}

/** What tests of outgoing letters do at the front door: contacts of the supervisor, an incident. */
import assert from "node:assert/strict";
import { type Arrived, pause, type RunningPost, SandbankClient } from "@sandbank/world";
import { bodyOf } from "../front-door.ts";
import type { Server } from "../server.ts";

const TRIES_MAX = 600;

/** How a server is told of a simulated post office that does not listen where it usually does. */
export function postSettings({ mailPort, origin }: RunningPost): Readonly<Record<string, string>> {
  return {
    SANDBANK_MAIL: `smtp://127.0.0.1:${mailPort}`,
    SANDBANK_MAIL_FROM: "notices@sandbank.example",
    SANDBANK_SMS: origin,
    SANDBANK_INSIDE: "127.0.0.0/8",
  };
}

/** True of what carries a code that proves an address. */
function isCode({ text }: Arrived): boolean {
  return /^验证码：|is the code that proves/m.test(text);
}

/** What arrived beside codes. */
export function noticesOf({ letters }: RunningPost, kind?: Arrived["kind"]): readonly Arrived[] {
  return letters.filter((one) => !isCode(one) && (kind ?? one.kind) === one.kind);
}

/**
 * A mailbox in Chinese and a telephone in English, of the supervisor's office, each proven by the code
 * that came there.
 */
export async function openDesk(server: Server, post: RunningPost): Promise<void> {
  const key = server.key("supervisor", "officer");
  const officer = new SandbankClient({ origin: server.origin, key });
  for (const contact of [
    { kind: "mail", address: "desk@supervisor.example", whose: "organisation", lang: "zh" },
    { kind: "sms", address: "+8613900000000", whose: "organisation", lang: "en" },
  ]) {
    const heard = await officer.post("/api/contacts", `desk-${contact.kind}`, contact);
    assert.equal(heard.said, "yes", JSON.stringify(heard));
    const { contact: id } = bodyOf<{ answer: { contact: string } }>(heard, "").answer;
    const came = () => post.letters.find((one) => one.kind === contact.kind && isCode(one));
    await until(() => came() !== undefined);
    const code = /\b[0-9]{6}\b/.exec(came()?.text ?? "")?.[0];
    const path = `/api/contacts/${id}/proof`;
    const proven = await officer.post(path, `proof-${contact.kind}`, { code });
    assert.equal(proven.said, "yes", JSON.stringify(proven));
  }
}

/** An incident of item provenance, which the supervisor is written of. */
export async function openIncident(server: Server, name: string): Promise<void> {
  const key = server.key("harrow-bank", "operator");
  const operator = new SandbankClient({ origin: server.origin, key });
  const title = { zh: `事件 ${name}`, en: `incident ${name}` };
  const body = { pilot: "item-provenance", category: "outage", title };
  const heard = await operator.post("/api/incidents", `incident-${name}`, body);
  assert.equal(heard.said, "yes", JSON.stringify(heard));
}

/** Waits for something that is bound to come; half a minute, then the test fails. */
export async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  for (let tried = 0; !(await is()); tried++) {
    assert.ok(tried < TRIES_MAX, "it did not come");
    await pause(50);
  }
}

/**
 * The job `sandbox.send_code`: sends a code to the address that it is to prove, as letters are sent.
 * Its digits are made here, are the same at every try, and are handed to the post and to nobody else.
 * A code that holds no more, or after which another was asked for, is not sent.
 */
import { machineNow } from "@sandbank/kernel/clock";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { type JobContext, task, type Task } from "@sandbank/kernel/jobs";
import { codeDigits, SEND_CODE } from "../contact/code.ts";
import { type Notice, type PostOffice, SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { type Became, sendNotice, TRIES_MAX } from "./attempt.ts";
import { type AddressedCode, findAddressedCode } from "./code.store.ts";
import { codeMailOf, codeSmsOf } from "./code.words.ts";

const AT = SANDBOX_PARTITION;
type Ports = Pick<SandboxPorts, "guard" | "store" | "post">;

/** Throws (to be tried again) while nobody takes it. */
export function sendCode({ guard, store, post }: Ports): Task {
  return task<{ readonly code: string }>({
    task: SEND_CODE,
    attempts_max: TRIES_MAX,
    async run({ code }, context) {
      const addressed = await findAddressedCode(store, AT, code);
      if (addressed?.state !== "waiting" || post === undefined) return;
      const [event, reason] = await attempt(post, addressed, context);
      const outcome = await guard.act({
        ...{ partition: AT, id: `settle-code-${code}`, principal: systemPrincipal("sandbox") },
        ...{ command: "sandbox.settle_code", content: { code, event, reason } },
      });
      if (outcome.kind === "accepted") return;
      if (outcome.kind === "refused" && outcome.refusal.code === "dispatch_settled") return;
      throw new Error(`what became of code ${code} is not on record`);
    },
  });
}

async function attempt(
  post: PostOffice,
  addressed: AddressedCode,
  context: JobContext,
): Promise<Became> {
  const { address, latest, expires } = addressed;
  if (address === null) return ["withdraw", "address_erased"];
  if (!latest) return ["withdraw", "code_replaced"];
  if (machineNow() >= expires) return ["withdraw", "code_expired"];
  return sendNotice(post, noticeOf(post, addressed, address), context);
}

function noticeOf(post: PostOffice, addressed: AddressedCode, to: string): Notice {
  const { code, kind, lang } = addressed;
  const digits = codeDigits(post.codeKey, code);
  const told = { digits, lang, link: post.contacts(lang), demo: post.demo };
  // The same at every try: whoever gets it twice can tell.
  const id = code.replaceAll("-", "");
  return kind === "mail"
    ? { kind, to, id, lang, ...codeMailOf(told) }
    : { kind, to, id, lang, text: codeSmsOf(told) };
}

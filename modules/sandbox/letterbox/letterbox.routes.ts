/** The inbox over HTTP: what is for me, and that I have read it. */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { outcomeContract, taskParams } from "../contract.ts";
import { inboxContract } from "../inbox/inbox.contract.ts";
import { LETTERS } from "../inbox/inbox.ts";
import { readLetters } from "../inbox/inbox.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { answerOf } from "../task/task.ts";

const LETTERS_MAX = 200;

/** GET /api/inbox, POST /api/inbox/{id}/read. */
export function letterboxRoutes(store: Store, guard: Guard): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/inbox",
      summary: { zh: "收件箱", en: "The inbox of whoever asks" },
      auth: "any",
      answer: inboxContract,
      async handle({ principal }) {
        const rows = await readLetters(store, SANDBOX_PARTITION, { principal, most: LETTERS_MAX });
        const letters = rows.map(({ id, kind, pilot, about, title, at, read }) => ({
          ...{ id, kind, pilot, about, title, read, asks: LETTERS[kind].asks, at: toIso(at) },
        }));
        return { letters, unread: letters.filter(({ read }) => !read).length };
      },
    }),
    route({
      method: "POST",
      path: "/api/inbox/{id}/read",
      summary: { zh: "标为已读", en: "Mark a message as read" },
      auth: "any",
      params: taskParams,
      answer: outcomeContract,
      async handle({ params, principal, id }) {
        const call = {
          partition: SANDBOX_PARTITION,
          id,
          principal,
          command: "sandbox.read_letter",
        };
        return answerOf(await guard.act({ ...call, content: { letter: params.id } }));
      },
    }),
  ];
}

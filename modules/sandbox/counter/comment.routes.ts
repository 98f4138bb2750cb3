/** Comments over HTTP: anybody's, their authors' with the receipt, moderation and answers of staff. */
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import {
  commentedContract,
  consultationsContract,
  erasureByReceiptContract,
  erasureContract,
  moderationContract,
  newAnswerContract,
  newCommentContract,
  receiptParams,
  receiptViewContract,
  staffCommentsContract,
} from "../comment/comment.contract.ts";
import { outcomeContract, pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { answerOf } from "../task/task.ts";
import {
  commentByReceipt,
  commentsFor,
  consultationsOn,
  eraseByReceipt,
  takeComment,
} from "./comments.ts";

/** GET /api/pilots/{slug}/consultations, POST …/comments, GET /api/comments/{receipt}; staff's. */
export function commentRoutes(store: Store, guard: Guard): Route[] {
  return [...publicRoutes(store, guard), ...staffRoutes(store, guard)];
}

function publicRoutes(store: Store, guard: Guard): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/consultations",
      summary: { zh: "公示各轮的意见与答复", en: "Rounds of consultation, comments and answers" },
      auth: "none",
      params: pilotParams,
      answer: consultationsContract,
      handle: async ({ params }) =>
        (await consultationsOn(store, params.slug)) ?? refuse("pilot_unknown"),
    }),
    route({
      method: "POST",
      path: "/api/pilots/{slug}/comments",
      summary: { zh: "提出意见", en: "Comment" },
      auth: "none",
      params: pilotParams,
      body: newCommentContract,
      answer: commentedContract,
      status: 201,
      handle: ({ params, body, id }) =>
        takeComment({ store, guard }, { pilot: params.slug, said: body, id }),
    }),
    route({
      method: "GET",
      path: "/api/comments/{receipt}",
      summary: { zh: "凭回执查看意见的处理", en: "What became of a comment, by its receipt" },
      auth: "none",
      params: receiptParams,
      answer: receiptViewContract,
      handle: ({ params }) => commentByReceipt(store, params.receipt),
    }),
    route({
      method: "POST",
      path: "/api/comments/erasures",
      summary: { zh: "凭回执删除自己的意见", en: "Erase the words of one's own comment" },
      auth: "none",
      body: erasureByReceiptContract,
      answer: outcomeContract,
      handle: ({ body, id }) => eraseByReceipt({ store, guard }, { receipt: body.receipt, id }),
    }),
  ];
}

function staffRoutes(store: Store, guard: Guard): Route[] {
  const partition = SANDBOX_PARTITION;
  return [
    route({
      method: "GET",
      path: "/api/applications/{slug}/comments",
      summary: { zh: "一项申报收到的全部意见", en: "Every comment on an application" },
      auth: "any",
      params: pilotParams,
      answer: staffCommentsContract,
      async handle({ params, principal }) {
        const comments = await commentsFor(store, principal, params.slug);
        return isRefusal(comments) ? comments : { comments };
      },
    }),
    route({
      method: "POST",
      path: "/api/applications/{slug}/moderations",
      summary: { zh: "审核一条意见", en: "Moderate a comment" },
      auth: "any",
      params: pilotParams,
      body: moderationContract,
      answer: outcomeContract,
      async handle({ params, body, principal, id }) {
        const content = { pilot: params.slug, moderation: body };
        const call = { partition, id, principal, content };
        return answerOf(await guard.act({ ...call, command: "sandbox.moderate" }));
      },
    }),
    route({
      method: "POST",
      path: "/api/applications/{slug}/erasures",
      summary: { zh: "删除一条意见的内容", en: "Erase the words of a comment" },
      auth: "any",
      params: pilotParams,
      body: erasureContract,
      answer: outcomeContract,
      async handle({ params, body, principal, id }) {
        const content = { pilot: params.slug, comment: body.comment };
        const call = { partition, id, principal, content };
        return answerOf(await guard.act({ ...call, command: "sandbox.erase_comment" }));
      },
    }),
    route({
      method: "POST",
      path: "/api/applications/{slug}/answers",
      summary: { zh: "答复一条或多条意见", en: "Answer one comment or several" },
      auth: "any",
      params: pilotParams,
      body: newAnswerContract,
      answer: outcomeContract,
      async handle({ params, body, principal, id }) {
        const content = { ...body, pilot: params.slug };
        const call = { partition, id, principal, content };
        return answerOf(await guard.act({ ...call, command: "sandbox.answer" }));
      },
    }),
  ];
}

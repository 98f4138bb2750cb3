/** What goes beside a declaration, over HTTP: attachments, and the keys with which it is signed. */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import {
  keyParams,
  newSigningKeyContract,
  signingKeysContract,
} from "../application/application.contract.ts";
import {
  attachmentFileContract,
  hashParams,
  newAttachmentContract,
} from "../attachment/attachment.contract.ts";
import { attachmentContract, outcomeContract } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { readKeys } from "../signature/signature.store.ts";
import { answerOf } from "../task/task.ts";
import { attachmentFor, takeAttachment } from "./attachments.ts";

/** Ten mebibytes in base64, and the words around them. */
const UPLOAD_BYTES_MAX = 15 * 1024 * 1024;

/** POST /api/attachments, GET …/{hash}; GET and POST /api/signing-keys, POST …/{key}/end. */
export function paperRoutes(store: Store, guard: Guard): Route[] {
  return [...attachmentRoutes(store, guard), ...keyRoutes(store, guard)];
}

function attachmentRoutes(store: Store, guard: Guard): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/attachments",
      summary: { zh: "上传附件", en: "Upload an attachment" },
      auth: "any",
      body: newAttachmentContract,
      bodyBytesMax: UPLOAD_BYTES_MAX,
      answer: attachmentContract,
      status: 201,
      handle: ({ body, principal, id }) =>
        takeAttachment(store, guard, {
          ...{ principal, id },
          file: { name: body.name, type: body.type, bytes: Buffer.from(body.content, "base64") },
        }),
    }),
    route({
      method: "GET",
      path: "/api/attachments/{hash}",
      summary: { zh: "取回附件", en: "An attachment" },
      auth: "any",
      params: hashParams,
      answer: attachmentFileContract,
      async handle({ params, principal }) {
        const found = await attachmentFor(store, principal, params.hash);
        if (isRefusal(found)) return found;
        return { ...found, content: Buffer.from(found.content).toString("base64") };
      },
    }),
  ];
}

function keyRoutes(store: Store, guard: Guard): Route[] {
  const partition = SANDBOX_PARTITION;
  return [
    route({
      method: "GET",
      path: "/api/signing-keys",
      summary: { zh: "本机构的签名公钥", en: "The signing keys of one's institution" },
      auth: "any",
      answer: signingKeysContract,
      async handle({ principal: { organisation } }) {
        const rows = await readKeys(store, partition, organisation);
        const keys = rows.map((row) => ({
          ...{ id: row.id, publicKey: row.public_key, enrolledBy: row.enrolled_by },
          ...{ at: toIso(row.at), endedAt: row.ended_at && toIso(row.ended_at) },
        }));
        return { organisation, keys };
      },
    }),
    route({
      method: "POST",
      path: "/api/signing-keys",
      summary: { zh: "登记签名公钥", en: "Enrol a signing key" },
      auth: "any",
      body: newSigningKeyContract,
      answer: outcomeContract,
      status: 201,
      async handle({ body, principal, id }) {
        const call = { partition, id, principal, content: body };
        return answerOf(await guard.act({ ...call, command: "sandbox.enrol_signing_key" }));
      },
    }),
    route({
      method: "POST",
      path: "/api/signing-keys/{key}/end",
      summary: { zh: "停用签名公钥", en: "End a signing key" },
      auth: "any",
      params: keyParams,
      answer: outcomeContract,
      async handle({ params, principal, id }) {
        const call = { partition, id, principal, content: { key: params.key } };
        return answerOf(await guard.act({ ...call, command: "sandbox.end_signing_key" }));
      },
    }),
  ];
}

/** A small application behind the edge, over a real identity and database. For tests. */
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { fenText } from "../../money/index.ts";
import type { Instant } from "../../clock/index.ts";
import {
  openIdentity,
  identityMigrations,
  identityRole,
  type Identity,
} from "../../identity/index.ts";
import { type TestDatabase, testDatabase } from "../../testing/index.ts";
import { statement } from "../../store/index.ts";
import { type Failed, declareRefusals } from "../../words/index.ts";
import { answerOf } from "../outcome.ts";
import { type Page, file, html, page, redirect } from "../page.ts";
import { signInPages } from "../plain.ts";
import { type Route, route } from "../route.ts";
import { type HttpConfig, type HttpServer, type HttpSettings, httpServer } from "../server.ts";
import { statics } from "../statics.ts";

const refuse = declareRefusals("http_trial", {
  trial_day_exceeded: {
    category: "exhausted",
    text: {
      zh: "超出上限：已用 {used}，上限 {cap}。",
      en: "Over the limit: {used} used, cap {cap}.",
    },
    remedy: { zh: "明天再来。", en: "Come back tomorrow." },
  },
  trial_in_the_way: {
    category: "conflicting",
    text: { zh: "已有一个。", en: "There is one already." },
    remedy: { zh: "用那一个。", en: "Use that one." },
  },
});

const limit: Failed = {
  code: "trial_day_exceeded",
  limit: "trial_day",
  unit: "fen",
  clause: "1.10",
  ...{ used: 81_250n, cap: 100_000n, asked: 38_600n },
};

const payment = z.object({
  amount: fenText,
  merchant: z.string().min(1).max(40),
  note: z.string().max(200).optional(),
  scene: z.enum(["ride", "shop"]).default("shop"),
  tags: z.array(z.string().max(8)).max(4).optional(),
});

const echo = z.object({
  amount: z.string(),
  merchant: z.string(),
  scene: z.string(),
  id: z.string(),
});

export const trialRoutes: Route[] = [
  route({
    method: "POST",
    path: "/api/trial/payments",
    summary: { zh: "付款", en: "Pay" },
    auth: "any",
    body: payment,
    answer: echo,
    status: 201,
    handle: async ({ body, id }) => ({
      ...{ amount: body.amount, merchant: body.merchant, scene: body.scene ?? "", id },
    }),
  }),
  route({
    method: "POST",
    path: "/api/trial/messages",
    summary: { zh: "表单报文", en: "A message as a form" },
    ...{ auth: "none", form: true },
    body: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    answer: z.record(z.string(), z.string()),
    handle: async ({ body }) =>
      Object.fromEntries(Object.entries(body).map(([name, said]) => [name, JSON.stringify(said)])),
  }),
  route({
    method: "GET",
    path: "/api/trial/payments/{id}",
    summary: { zh: "查付款", en: "Find a payment" },
    auth: "none",
    params: z.object({ id: z.uuid() }),
    query: z.object({
      page: z.coerce.number().int().min(1).max(9).default(1),
      all: z.boolean().optional(),
    }),
    answer: z.looseObject({}),
    handle: async ({ params, query, principal, lang }) => ({
      ...{ params, query, lang, who: principal.id },
    }),
  }),
  route({
    method: "POST",
    path: "/api/trial/ends/{end}",
    summary: { zh: "各种结局", en: "Every end" },
    auth: "key",
    params: z.object({
      end: z.enum(["limit", "conflict", "unknown", "parked", "fault", "broken"]),
    }),
    answer: z.object({ fine: z.literal(true) }),
    countedFor: ({ end }) => (end === "limit" ? "those_with_limits" : undefined),
    handle: async ({ params }) => {
      if (params.end === "limit") return refuse("trial_day_exceeded", { failed: [limit] });
      if (params.end === "conflict") return refuse("trial_in_the_way");
      if (params.end === "unknown")
        return answerOf({ kind: "unknown" }, () => ({ fine: true as const }));
      if (params.end === "parked") {
        const at = 1_795_600_000_000 as Instant;
        return answerOf({ kind: "parked", task: "t-1", at }, () => ({ fine: true as const }));
      }
      if (params.end === "broken") return { fine: false } as unknown as { fine: true };
      throw new Error("secret inside: select * from card where pan = 6212345678901234567");
    },
  }),
  route({
    method: "POST",
    path: "/api/trial/permits/{id}",
    summary: { zh: "许可", en: "A permit" },
    auth: "key",
    signed: "act_in_content",
    params: z.object({ id: z.string() }),
    body: payment.partial(),
    answer: z.looseObject({}),
    handle: async ({ params, principal, body }) => ({ id: params.id, who: principal, body }),
  }),
  route({
    method: "POST",
    path: "/api/trial/permits/{id}/cancel",
    summary: { zh: "取消许可", en: "Cancel a permit" },
    auth: "key",
    signed: "act_in_content",
    params: z.object({ id: z.string() }),
    answer: z.looseObject({}),
    handle: async ({ params }) => ({ id: params.id }),
  }),
  route({
    method: "POST",
    path: "/api/trial/beats",
    summary: { zh: "心跳", en: "A beat" },
    auth: "key",
    signed: "act_in_key",
    answer: z.looseObject({}),
    handle: async ({ id }) => ({ id }),
  }),
  route({
    method: "POST",
    path: "/api/trial/refined",
    summary: { zh: "更细的约定", en: "A finer contract" },
    auth: "none",
    body: z.object({
      even: z
        .number()
        .int()
        .refine((n) => n % 2 === 0),
      day: z.iso.date().optional(),
    }),
    answer: z.looseObject({}),
    handle: async ({ body, principal }) => ({ ...body, who: principal.id }),
  }),
  route({
    method: "PUT",
    path: "/api/trial/till",
    summary: { zh: "收款机", en: "The till" },
    auth: "session",
    faces: ["till"],
    answer: z.looseObject({}),
    handle: async ({ session }) => ({ face: session?.face }),
  }),
];

export const trialPages: Page[] = [
  page({
    path: "/{lang}/trial",
    face: "disclosure",
    handle: async ({ lang, formFields, otherLang, principal }) =>
      html(`<p>${lang} ${otherLang} ${principal.id}</p><form method="post">${formFields}</form>`),
  }),
  page({
    method: "POST",
    path: "/{lang}/trial",
    face: "disclosure",
    form: z.object({ name: z.string().min(1).max(20), age: z.coerce.number().int().max(150) }),
    handle: async ({ form, id, lang }) =>
      form.name === "limit"
        ? refuse("trial_day_exceeded", { failed: [limit] })
        : redirect(`/${lang}/trial/${id}?age=${form.age}`),
  }),
  page({
    path: "/{lang}/trial/kept",
    face: "disclosure",
    fresh_seconds: 60,
    handle: async ({ principal }) => html(principal.id),
  }),
  page({
    path: "/{lang}/trial/list.csv",
    face: "disclosure",
    handle: async () => file("a,b\n", { type: "text/csv; charset=utf-8", name: "单.csv" }),
  }),
  page({
    path: "/{lang}/console/{rest*}",
    params: z.object({ rest: z.string() }),
    face: "console",
    auth: "session",
    handle: async ({ params, session, formFields }) =>
      html(`${params.rest} ${session?.name.zh} ${formFields}`),
  }),
  page({
    method: "POST",
    path: "/{lang}/console/act",
    face: "console",
    auth: "session",
    form: z.object({ why: z.string() }),
    handle: async ({ form, id }) => html(`${form.why} ${id}`),
  }),
];

/** A folder with a file, a hidden file, and a link that leads out. */
export function trialFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-http-"));
  writeFileSync(join(folder, "app.js"), "export {};");
  writeFileSync(join(folder, "000"), Buffer.from([1, 2, 3]));
  writeFileSync(join(folder, ".hidden"), "no");
  symlinkSync("/etc/hostname", join(folder, "out.txt"));
  return folder;
}

export interface HttpTrial {
  readonly database: TestDatabase;
  readonly identity: Identity;
  readonly server: HttpServer;
  readonly key: string;
  readonly links: readonly string[];
  /** Enrols a public key (32 raw bytes) for requests, beside the key of the same name. */
  enrol(publicKey: Uint8Array, times: EnrolTimes): Promise<void>;
  end(): Promise<void>;
}

export interface EnrolTimes {
  readonly created: string;
  readonly expires: string;
  readonly ended?: string | null;
}

const ENROL = statement(
  "trial.enrol_request_key",
  `insert into identity.request_key
     (id, public_key, organisation, line, roles, enrolled_by, created, expires, ended)
   select encode(sha256($1::bytea), 'hex'), $1::bytea, l.organisation, l.id, '{requestor}',
          'trial', $2::timestamptz, $3::timestamptz, $4::timestamptz
     from identity.key_line l where l.name = 'trial'`,
);

export async function httpTrial(
  config: HttpConfig = {},
  settings: Partial<HttpSettings> = {},
): Promise<HttpTrial> {
  const database = await testDatabase({ migrations: [identityMigrations], roles: [identityRole] });
  const store = database.as("sandbank_identity");
  const site = { id: "localhost", name: "Sandbank", origins: ["http://localhost"] };
  const identity = openIdentity({ store, mode: "demo", site });
  const name = { zh: "林晓", en: "Lin Xiao" };
  const made = await identity.demoPrincipals({
    organisations: [
      {
        id: "lantern-bank",
        kind: "institution",
        name: { zh: "灯塔银行（虚构）", en: "Lantern Bank (fictional)" },
        fictional: true,
      },
    ],
    people: (["console", "till"] as const).map((face) => ({
      ...{ organisation: "lantern-bank", roles: ["institution_operator"], face },
      name: { ...name, en: `${name.en} ${face}` },
    })),
    keys: [{ organisation: "lantern-bank", name: "trial", roles: ["requestor"] }],
  });
  const server = await httpServer({
    routes: trialRoutes,
    pages: [
      ...trialPages,
      ...signInPages({ identity, landing: (face, lang) => `/${lang}/${face}/today` }),
    ],
    statics: [
      statics("/assets", trialFolder(), { immutable: true }),
      statics("/tile", trialFolder(), { immutable: true, open: true }),
    ],
    identity,
    config: { form_ms_min: 0, check_answers: true, ...config },
    ...settings,
  });
  const end = async () => {
    await server.close(100);
    await database.end();
  };
  const key = made.keys[0]?.key ?? "";
  const enrol: HttpTrial["enrol"] = async (publicKey, { created, expires, ended = null }) =>
    void (await database.owner.query(ENROL, [publicKey, created, expires, ended]));
  const links = made.people.map(({ link }) => link);
  return { database, identity, server, key, links, enrol, end };
}

/** The public site without a browser: texts, weight, links, twins, and its place behind the transport. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Phase } from "@sandbank/kernel/guard";
import { httpServer } from "@sandbank/kernel/http";
import { fromIso } from "@sandbank/kernel/clock";
import { declareRefusals, type Lang } from "@sandbank/kernel/words";
import { PHASE_WORDS, type PhaseName } from "@sandbank/ui";
import { strayWords } from "@sandbank/ui/testing";
import { assets } from "./assets.ts";
import { FIGURE_WORDS } from "./complaint/complaint.words.ts";
import { readTyped } from "./complaint/form.page.ts";
import type { PageAnswer } from "./face.ts";
import { PILOTS } from "./fixture/pilots.ts";
import { pagesOf } from "./consultation/consultation.page.ts";
import type { Said } from "./hearing.ports.ts";
import { fixtureReader } from "./fixture/reader.ts";
import { disclosureHttp } from "./http.ts";
import { answerPage, disclosurePages, matchPath } from "./routes.ts";

const refuseTrial = declareRefusals("disclosure_trial", {
  trial_says_nothing: {
    category: "invalid",
    text: { zh: "没有写内容。", en: "Nothing is said." },
    remedy: { zh: "写下内容。", en: "Say something." },
  },
});

const PAGE_BYTES_MAX = 100_000;
const LANGS: readonly Lang[] = ["zh", "en"];
const reader = fixtureReader();
const routes = disclosurePages(reader);

const PATHS = [
  "/",
  ...PILOTS.map(({ slug }) => `/pilots/${slug}`),
  "/pilots/small-business-credit?indicator=I9",
  "/notices",
  "/notices?page=2",
  "/pilots/payment-tokens/complaints",
  "/pilots/phone-pos/consultation",
  "/pilots/payment-tokens/consultation?page=2",
  "/pilots/open-bank/consultation",
  "/pilots/payment-tokens/declaration/2",
  "/pilots/payment-tokens/differences?from=1&to=2",
  "/pilots/payment-tokens/history",
  "/pilots/open-bank/exit",
  "/pilots/item-provenance/exit",
  "/comments",
  "/comments?receipt=7KQM-WX4T-2HRB-9DNC",
  "/pilots/payment-tokens/complaints?show=extended&page=1",
  "/pilots/open-bank/complaints",
  "/pilots/payment-tokens/complain",
  "/complaints",
  "/rights",
  "/verify",
  "/about",
  "/regimes",
  "/regimes/shore",
  "/nowhere",
] as const;

async function ask(path: string, from = reader): Promise<PageAnswer> {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  const query = Object.fromEntries(searchParams);
  return answerPage(disclosurePages(from), from, { path: pathname, query });
}

async function htmlOf(path: string, from = reader): Promise<string> {
  const answer = await ask(path, from);
  assert.ok("html" in answer, `no page: ${path}`);
  return answer.html;
}

async function jsonOf(path: string): Promise<Record<string, unknown>> {
  const answer = await ask(path);
  assert.ok("json" in answer, `no twin: ${path}`);
  return JSON.parse(JSON.stringify(answer.json)) as Record<string, unknown>;
}

test("every page of one language has no word of the other and no unfilled hole", async () => {
  for (const lang of LANGS) {
    for (const path of PATHS) {
      const text = await htmlOf(`/${lang}${path}`);
      assert.deepEqual(strayWords(text, lang), [], `/${lang}${path}`);
      assert.doesNotMatch(text.replace(/<(pre|script)[\s\S]*?<\/\1>/g, ""), /\{[a-z_]+\}/);
      assert.doesNotMatch(text, /undefined|\[object|NaN/);
    }
  }
});

test("every page with its style and script weighs less than 100 kB", async () => {
  const beside = assets().reduce((sum, asset) => sum + asset.body.length, 0);
  for (const lang of LANGS) {
    for (const path of PATHS) {
      const bytes = Buffer.byteLength(await htmlOf(`/${lang}${path}`)) + beside;
      assert.ok(bytes < PAGE_BYTES_MAX, `/${lang}${path} weighs ${bytes}`);
    }
  }
});

test("every link of every page leads somewhere", async () => {
  const links = new Set<string>();
  for (const lang of LANGS) {
    for (const path of PATHS) {
      const text = await htmlOf(`/${lang}${path}`);
      for (const [, href = ""] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
        if (href.startsWith("#")) {
          assert.ok(text.includes(`id="${href.slice(1)}"`), `${path}: nothing is named ${href}`);
        } else links.add(href.replaceAll("&amp;", "&"));
      }
    }
  }
  const files = new Set(assets().map(({ path }) => path));
  for (const link of links) {
    // Attachments are files of the transport's; a test of their own asks for them below. The API is
    // another face of the same server.
    if (files.has(link) || /\/attachments\/|^\/api\//.test(link)) continue;
    const answer = await ask(link);
    const status = "redirect" in answer ? 200 : answer.status;
    assert.equal(status, 200, link);
  }
});

test("the address without a language goes to the language that the browser prefers", async () => {
  const choose = async (acceptLanguage: string) =>
    answerPage(routes, reader, { path: "/", acceptLanguage });
  assert.deepEqual(await choose("en-GB,en;q=0.9,zh;q=0.5"), { redirect: "/en/" });
  assert.deepEqual(await choose("zh-CN,zh;q=0.9,en;q=0.8"), { redirect: "/zh/" });
  assert.deepEqual(await choose("en;q=0.2,zh;q=0.8"), { redirect: "/zh/" });
  assert.deepEqual(await choose("fr"), { redirect: "/zh/" });
  assert.deepEqual(await choose(""), { redirect: "/zh/" });
});

test("the language switch keeps the path and its query", async () => {
  assert.match(await htmlOf("/zh/notices?page=2"), /class="lang"\s+href="\/en\/notices\?page=2"/);
  assert.match(await htmlOf("/en/pilots/phone-pos"), /href="\/zh\/pilots\/phone-pos"/);
});

test("an unknown address is a page of its own in its language, with status 404", async () => {
  for (const path of ["/zh/nowhere", "/zh/pilots/none", "/zh/pilots/none.json"]) {
    const answer = await ask(path);
    assert.ok("html" in answer && answer.status === 404, path);
    assert.match(answer.html, /lang="zh-Hans"/);
  }
  assert.match(await htmlOf("/fr/"), /没有这个页面/);
});

test("a suspended pilot says which business is closed, why, and what goes on", async () => {
  const zh = await htmlOf("/zh/pilots/payment-tokens");
  assert.match(zh, /ZL-2020-0003/);
  assert.match(zh, /暂停新交易/);
  assert.match(zh, /已经开始的业务会办完/);
  const en = await htmlOf("/en/pilots/payment-tokens");
  assert.match(en, /No new transactions/);
  assert.match(en, /2020-11-23 11:20:01/);
});

test("in a demonstration every page says so, and figures stand beside a fictional institution", async () => {
  for (const path of PATHS) {
    assert.match(await htmlOf(`/zh${path}`), /演示环境：/);
    assert.match(await htmlOf(`/en${path}`), /Demonstration:/);
  }
  for (const { slug, runBy } of PILOTS) {
    const said = runBy === undefined ? "Not running in this" : `${runBy.en} (fictional)`;
    assert.ok((await htmlOf(`/en/pilots/${slug}`)).includes(said), slug);
  }
});

test("in live operation no page mentions a demonstration", async () => {
  const live = fixtureReader("live");
  for (const path of ["/", "/notices", "/complaints", "/rights", "/verify", "/about"]) {
    assert.doesNotMatch(await htmlOf(`/zh${path}`, live), /演示环境/);
    assert.doesNotMatch(await htmlOf(`/en${path}`, live), /emonstration/);
  }
});

test("a register without pilots says that there are none", async () => {
  const none = fixtureReader("empty");
  assert.match(await htmlOf("/zh/", none), /还没有公开的试点/);
  assert.match(await htmlOf("/en/notices", none), /There are no notices yet/);
});

test("指标: those near or past a threshold stand first in the open, all others folded", async () => {
  const page = await htmlOf("/en/pilots/small-business-credit");
  const section = /<section[^>]*aria-labelledby="indicators"[\s\S]*?<\/section>/.exec(page)?.[0];
  assert.ok(section);
  const [open = "", ...folds] = section.split('<details class="group"');
  const ids = (text: string) => [...text.matchAll(/ id="(I\d+)"/g)].map(([, id]) => id);
  assert.deepEqual(ids(open), ["I32", "I8", "I11", "I13"]);
  assert.match(open, /decided by “Complaints decided in time”/);
  assert.match(open, /91.24%[\s\S]*watch from 80%, act from 95%/);
  assert.match(open, /3 more figures/);
  assert.deepEqual(folds.map(ids), [
    ["I1", "I2", "I3", "I4", "I6"],
    ["I7", "I9", "I28"],
    ["I12"],
    ["I14", "I15", "I30"],
    ["I31"],
  ]);
  assert.match(folds[0] ?? "", /good 4, no threshold 1/);
  assert.ok(folds.every((fold) => !fold.startsWith(" open")));
});

test("the address of an indicator opens its fold alone, and an unknown one opens none", async () => {
  const opened = async (id: string) => {
    const page = await htmlOf(`/zh/pilots/small-business-credit?indicator=${id}`);
    return page
      .split('<details class="group"')
      .slice(1)
      .map((fold) => fold.startsWith(" open"));
  };
  assert.deepEqual(await opened("I9"), [false, true, false, false, false]);
  assert.deepEqual(await opened("I8"), [false, false, false, false, false]);
  assert.deepEqual(await opened("I9%22%3E"), [false, false, false, false, false]);
});

test("a pilot with nothing near a threshold says so", async () => {
  const calm = {
    ...reader,
    async pilot(slug: string) {
      const pilot = await reader.pilot(slug);
      const { indicators } = pilot ?? {};
      if (pilot === undefined || indicators === undefined) return pilot;
      const lines = indicators.lines.map((one) => ({ ...one, standing: "good" as const }));
      return { ...pilot, indicators: { ...indicators, lines } };
    },
  };
  const page = await htmlOf("/zh/pilots/small-business-credit", calm);
  assert.match(page, /今日没有指标接近或超过阈值。/);
  assert.doesNotMatch(page, /class="tag (?:warn|stop)">(?:关注|处置)</);
});

test("the twin of the register states each main scale as decimal strings", async () => {
  const twin = await jsonOf("/en/index.json");
  const [first] = twin["pilots"] as Record<string, never>[];
  assert.equal(twin["mode"], "demo");
  assert.equal(twin["as_of"], "2020-11-23T06:08:00.000Z");
  assert.deepEqual(first?.["main_scale"], {
    id: "persons",
    label: "Persons served",
    unit: "persons",
    target: { value: "300000", relation: "more_than", origin: "reported" },
    cap: { value: "400000", clause: "1.10" },
    actual: { value: "212604", as_of: "2020-11-23T06:00:00.000Z", source: "journal" },
  });
});

test("the twin of a pilot has every limit, amounts in fen", async () => {
  const twin = await jsonOf("/zh/pilots/small-business-credit.json");
  const limits = twin["limits"] as Record<string, string>[];
  assert.equal(limits[1]?.["cap"], "12000000000000");
  assert.equal(limits[1]?.["used"], "9124000000000");
  assert.equal(twin["evidence"], "/zh/pilots/small-business-credit/evidence.json");
  const evidence = await jsonOf("/zh/pilots/small-business-credit/evidence.json");
  assert.equal(evidence["size"], "40");
});

test("notices come twenty to a page, and a page that is no number is the first", async () => {
  const items = (text: string) => text.match(/GG-2020-\d{4}<\/span>/g)?.length;
  assert.equal(items(await htmlOf("/zh/notices")), 20);
  assert.equal(items(await htmlOf("/zh/notices?page=2")), 5);
  assert.equal(items(await htmlOf("/zh/notices?page=-1")), 20);
  assert.equal(items(await htmlOf("/zh/notices?page=3")), undefined);
});

test("each number of complaints opens exactly the complaints that it counts", async () => {
  const numbers = await reader.complaints("payment-tokens");
  assert.ok(numbers);
  for (const name of Object.keys(FIGURE_WORDS) as (keyof typeof FIGURE_WORDS)[]) {
    if (name === "persons") continue;
    let counted = 0;
    for (const page of [1, 2]) {
      const path = `/en/pilots/payment-tokens/complaints?show=${name}&page=${page}`;
      counted += (await htmlOf(path)).match(/C-2020-\d{4}/g)?.length ?? 0;
    }
    assert.equal(counted, numbers.figures[name], name);
  }
});

test("a complaint is read from what was typed, and every fault is named at its field", () => {
  const whole = { category: "fees", text: "手续费比说明书上写的多收了两元。" };
  const cases = [
    [whole, []],
    [{ ...whole, persons: "", representatives: " \n" }, []],
    [{ ...whole, persons: "3", representatives: "甲\n乙" }, []],
    [{ ...whole, act: "019900000000" }, ["act"]],
    [{ ...whole, act: "01990000-0000-7000-8000-00000000000A" }, []],
    [{ ...whole, persons: "0" }, ["persons"]],
    [{ ...whole, persons: "100,001" }, ["persons"]],
    [{ ...whole, persons: "1", representatives: "甲" }, ["representatives"]],
    [{ ...whole, persons: "20" }, ["representatives"]],
    [{ ...whole, persons: "20", representatives: "1\n2\n3\n4\n5\n6" }, ["representatives"]],
    [{ category: "nothing", text: "短" }, ["category", "text"]],
    [{}, ["category", "text"]],
    [{ ...whole, wish: "x".repeat(1001), contact: "x".repeat(201) }, ["wish", "contact"]],
  ] as const;
  for (const [typed, faults] of cases) {
    const read = readTyped(typed);
    const named = "faults" in read ? read.faults.map((one) => one.field) : [];
    assert.deepEqual(named, faults, JSON.stringify(typed).slice(0, 80));
  }
});

test("退出: a leaving pilot leads to its exit from the register and its page, any other to none", async () => {
  const way = 'href="/zh/pilots/open-bank/exit"';
  for (const path of ["/zh/", "/zh/pilots/open-bank"]) {
    assert.ok((await htmlOf(path)).includes(way), path);
  }
  assert.doesNotMatch(await htmlOf("/zh/pilots/phone-pos"), /\/exit"/);
  const none = await ask("/zh/pilots/phone-pos/exit");
  assert.equal("html" in none && none.status, 404);
});

test("a path with a hole takes one segment of plain signs", () => {
  assert.deepEqual(matchPath("/{lang}/pilots/{slug}.json", "/zh/pilots/a-b.json"), {
    lang: "zh",
    slug: "a-b",
  });
  assert.equal(matchPath("/{lang}/pilots/{slug}", "/zh/pilots/a.json"), undefined);
  assert.equal(matchPath("/{lang}/pilots/{slug}", "/zh/pilots/a/b"), undefined);
  assert.equal(matchPath("/{lang}/pilots/{slug}", "/zh/pilots/%2e%2e"), undefined);
});

test("every phase of the guard has its words", () => {
  const named: Record<Phase, PhaseName> = Object.fromEntries(
    Object.keys(PHASE_WORDS).map((phase) => [phase, phase]),
  ) as Record<Phase, PhaseName>;
  const back: Record<PhaseName, Phase> = named;
  assert.equal(back.testing, "testing");
});

test("behind the transport every page, twin, asset and missing address answers", async () => {
  const server = await httpServer({
    routes: [],
    pages: [...disclosureHttp(reader)],
    identity: {} as never,
  });
  const get = (url: string, language = "en") =>
    server.inject({ url, headers: { host: "localhost", "accept-language": language } });
  try {
    const first = await get("/");
    assert.deepEqual([first.statusCode, first.headers["location"]], [303, "/en/"]);
    for (const path of PATHS) {
      const answer = await get(`/zh${path}`);
      assert.equal(answer.statusCode, path === "/nowhere" ? 404 : 200, path);
      assert.match(String(answer.headers["content-security-policy"]), /default-src 'none'/);
    }
    const twin = await get("/en/pilots/payment-tokens.json");
    assert.match(String(twin.headers["content-type"]), /^application\/json/);
    assert.equal(twin.json<{ slug: string }>().slug, "payment-tokens");
    for (const { path, type } of assets()) {
      const answer = await get(path);
      assert.equal(answer.headers["content-type"], type);
      assert.equal(answer.headers["cache-control"], "public, max-age=31536000");
    }
  } finally {
    await server.close();
  }
});

test("删除意见: its author erases it by form, and the page offers it no more", async () => {
  const erased: string[] = [];
  const one = await reader.hearings.followed("7KQM-WX4T-2HRB-9DNC");
  assert.ok(one);
  const { body, ...gone } = one;
  const followed = async () => (erased.length > 0 ? gone : one);
  const from = { ...reader, hearings: { ...reader.hearings, followed } };
  const desk = {
    erase: async ({ receipt }: { readonly receipt: string }) => {
      if (receipt !== "7KQM-WX4T-2HRB-9DNC") return refuseTrial("trial_says_nothing");
      erased.push(receipt);
      return {};
    },
  };
  const server = await httpServer({
    ...{ routes: [], identity: {} as never, config: { form_ms_min: 0 } },
    pages: [...disclosureHttp(from, desk as never)],
  });
  const headers = { host: "localhost" };
  const url = "/en/comments?receipt=7KQM-WX4T-2HRB-9DNC";
  const send = async (receipt: string) => {
    const page = await server.inject({ url, headers });
    const token = /name="_csrf" value="([^"]*)"/.exec(page.body)?.[1] ?? "";
    return server.inject({
      ...{ method: "POST", url: "/en/comments" },
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _csrf: token, _website: "", receipt }).toString(),
    });
  };
  try {
    assert.match((await server.inject({ url, headers })).body, /Erase what I wrote/);
    assert.equal((await send("0000-0000-0000-0000")).statusCode, 422);
    assert.deepEqual(erased, []);
    const done = await send("7KQM-WX4T-2HRB-9DNC");
    assert.deepEqual([done.statusCode, done.headers["location"]], [303, url]);
    const after = (await server.inject({ url, headers })).body;
    assert.match(after, /The words were erased/);
    assert.doesNotMatch(after, /Erase what I wrote/);
    assert.ok(!after.includes(body ?? "—"));
  } finally {
    await server.close();
  }
});

test("S2: a comment by form is taken once, and shown again with what was typed if it is not", async () => {
  const heard: Said[] = [];
  const desk = {
    comment: async (said: Said) => {
      heard.push(said);
      return said.body === ""
        ? refuseTrial("trial_says_nothing")
        : { receipt: "7KQM-WX4T-2HRB-9DNC" };
    },
  };
  const server = await httpServer({
    routes: [],
    pages: [...disclosureHttp(reader, desk as never)],
    identity: {} as never,
    config: { form_ms_min: 0 },
  });
  const url = "/en/pilots/phone-pos/consultation";
  const headers = { host: "localhost" };
  const token = async () => {
    const { body } = await server.inject({ url, headers });
    return /name="_csrf" value="([^"]*)"/.exec(body)?.[1] ?? "";
  };
  const send = async (fields: Record<string, string>) =>
    server.inject({
      ...{ method: "POST", url },
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(fields).toString(),
    });
  try {
    const taken = await send({
      _csrf: await token(),
      _website: "",
      body: "Who pays?",
      clause: "exit",
    });
    assert.equal(taken.statusCode, 303);
    assert.equal(taken.headers["location"], "/en/comments?receipt=7KQM-WX4T-2HRB-9DNC&sent=1");
    assert.deepEqual([heard[0]?.slug, heard[0]?.clause], ["phone-pos", "exit"]);
    const again = await send({ _csrf: await token(), _website: "", body: "", author: "A reader" });
    assert.equal(again.statusCode, 422);
    assert.match(again.body, /Nothing is said\./);
    assert.match(again.body, /value="A reader"/);
    const machine = await send({ _csrf: await token(), _website: "x", body: "spam" });
    const forged = await send({ _csrf: "forged", _website: "", body: "spam" });
    assert.deepEqual([machine.statusCode, forged.statusCode, heard.length], [403, 403, 2]);
    const attached = await server.inject({ url: `/en/attachments/${"5f3a".repeat(16)}`, headers });
    assert.match(String(attached.headers["content-disposition"]), /^attachment; .*agreement\.pdf/);
    assert.equal(attached.headers["x-content-type-options"], "nosniff");
    const none = await server.inject({ url: `/en/attachments/${"0".repeat(64)}`, headers });
    assert.equal(none.statusCode, 404);
  } finally {
    await server.close();
  }
});

test("comments of any length keep a page's weight, in their order and each once", () => {
  const at = fromIso("2020-11-21T02:00:00Z");
  const comments = Array.from({ length: 60 }, (_, nth) => ({
    ...{ round: 1, number: nth + 1, at, body: "意".repeat(nth % 3 === 0 ? 4000 : 10) },
  }));
  const pages = pagesOf(comments);
  assert.deepEqual(pages.flat(), comments);
  assert.ok(pages.every((page) => page.length <= 20 && page.length > 0));
  const bytes = pages.map((page) =>
    page.reduce((sum, one) => sum + Buffer.byteLength(one.body ?? ""), 0),
  );
  assert.ok(bytes.every((sum) => sum <= 40_000));
});

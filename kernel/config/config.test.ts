/** What the environment may say, and the sentence for what it may not. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import {
  LIMITS,
  LIMIT_NAMES,
  enforceLimits,
  isConfigProblem,
  limitVariable,
  limits,
  readConfig,
} from "./index.ts";
import type { Config } from "./index.ts";

function read(env: Readonly<Record<string, string>>): Config {
  const config = readConfig(env);
  assert.ok(!isConfigProblem(config));
  return config;
}

test("an empty environment is a demo on the usual port with the usual limits", () => {
  const config = read({ PORT: "", HOME: "/" });
  assert.equal(config.port, 8080);
  assert.equal(config.mode, "demo");
  assert.equal(config.furnished, true);
  assert.equal(read({ SANDBANK_DEMO: "empty" }).furnished, false);
  assert.equal(read({ SANDBANK_MODE: "live" }).furnished, false);
  assert.equal(config.dataFolder, resolve(".sandbank"));
  const parts = ["part-1", "part-2"].map((part) => resolve(".sandbank", "keys", part));
  assert.deepEqual(config.keyParts, parts);
  assert.equal("databaseUrl" in config || "pagesFolder" in config, false);
  assert.equal(config.limits.batchSize, 128);
  assert.equal(config.limits.taskLifetimeMs, 7 * 86_400_000);
});

test("every setting is taken from its variable", () => {
  const config = read({
    PORT: "0",
    DATABASE_URL: "postgres://app:secret@db.example/sandbank?sslmode=require",
    SANDBANK_DATA: "/var/lib/sandbank",
    SANDBANK_PAGES: "/var/cache/sandbank",
    SANDBANK_KEY_PARTS: "/media/chen, /media/zhao",
    SANDBANK_MODE: "live",
    SANDBANK_LIMIT_BATCH_SIZE: "64",
  });
  assert.equal(config.port, 0);
  assert.equal(config.databaseUrl, "postgres://app:secret@db.example/sandbank?sslmode=require");
  assert.equal(config.dataFolder, "/var/lib/sandbank");
  assert.equal(config.pagesFolder, "/var/cache/sandbank");
  assert.deepEqual(config.keyParts, ["/media/chen", "/media/zhao"]);
  assert.equal(config.mode, "live");
  assert.equal(config.limits.batchSize, 64);
});

test("a wrong value is one sentence that names the variable, in both languages", () => {
  const rows = [
    ["PORT", "eighty", /^PORT must be a whole number from 0 to 65535; it is "eighty"\.$/],
    ["PORT", "65536", /^PORT must/],
    ["PORT", "-1", /^PORT must/],
    ["DATABASE_URL", "mysql://db", /^DATABASE_URL must be a database address/],
    ["DATABASE_URL", "somewhere", /^DATABASE_URL must/],
    ["SANDBANK_PAGES", "a\0b", /^SANDBANK_PAGES must be the path of a folder\.$/],
    ["SANDBANK_DATA", "a\0b", /^SANDBANK_DATA must be the path of a folder\.$/],
    ["SANDBANK_KEY_PARTS", "/media/chen", /^SANDBANK_KEY_PARTS must be the paths of two different/],
    ["SANDBANK_KEY_PARTS", "/media/chen,/media/./chen", /^SANDBANK_KEY_PARTS must/],
    ["SANDBANK_KEY_PARTS", "/a,/b,/c", /^SANDBANK_KEY_PARTS must/],
    ["SANDBANK_KEY_PARTS", ",/b", /^SANDBANK_KEY_PARTS must/],
    ["SANDBANK_MODE", "test", /^SANDBANK_MODE must be demo or live; it is "test"\.$/],
    ["SANDBANK_DEMO", "full", /^SANDBANK_DEMO must be furnished or empty; it is "full"\.$/],
    ["SANDBANK_DEMO_WITHOUT", "payment-tokens,", /^SANDBANK_DEMO_WITHOUT must be pilots/],
    ["SANDBANK_DEMO_WITHOUT", "Payment Tokens", /^SANDBANK_DEMO_WITHOUT must/],
    ["SANDBANK_SITE", "https://sandbank.example", /^SANDBANK_SITE is for live mode only/],
    ["SANDBANK_PROXIES", "proxy.example", /^SANDBANK_PROXIES must be addresses or networks/],
    ["SANDBANK_PROXIES", "0.0.0.0/0", /^SANDBANK_PROXIES must/],
    ["SANDBANK_PROXIES", "10.0.0.7/33", /^SANDBANK_PROXIES must/],
    ["SANDBANK_PROXIES", "10.0.0.7,", /^SANDBANK_PROXIES must/],
    ["SANDBANK_LIMIT_BATCH_SIZE", "0", /commands of one batch, in acts.*from 1 to 10,000/],
    ["SANDBANK_LIMIT_BATCH_SIZE", "1e3", /^SANDBANK_LIMIT_BATCH_SIZE \(/],
    ["SANDBANK_LIMIT_BATCHSIZE", "5", /is not the name of a limit/],
  ] as const;
  for (const [variable, value, sentence] of rows) {
    const problem = readConfig({ [variable]: value });
    assert.ok(isConfigProblem(problem), variable);
    assert.equal(problem.variable, variable);
    assert.match(problem.text.en, sentence);
    assert.ok(problem.text.zh.startsWith(variable));
    assert.doesNotMatch(problem.text.zh + problem.text.en, /[{}\n]/);
  }
});

test("a demonstration may leave pilots out, a live installation has none to leave out", () => {
  assert.equal("demoWithout" in read({}), false);
  const config = read({ SANDBANK_DEMO_WITHOUT: "payment-tokens, phone-pos" });
  assert.deepEqual(config.demoWithout, ["payment-tokens", "phone-pos"]);
  assert.equal(config.furnished, false);
  const live = { SANDBANK_MODE: "live", SANDBANK_DEMO_WITHOUT: "payment-tokens" };
  const problem = readConfig(live);
  assert.ok(isConfigProblem(problem));
  assert.match(problem.text.en, /^SANDBANK_DEMO_WITHOUT is for demo mode only\.$/);
});

test("a public site is https and a name, and its other addresses are that name or below it", () => {
  const live = (site: string) => readConfig({ SANDBANK_MODE: "live", SANDBANK_SITE: site });
  const good = live("https://sandbank.example, https://console.sandbank.example:8443/");
  assert.ok(!isConfigProblem(good));
  assert.deepEqual(good.site, {
    origin: "https://sandbank.example",
    origins: ["https://sandbank.example", "https://console.sandbank.example:8443"],
    name: "sandbank.example",
    hosts: ["sandbank.example", "console.sandbank.example"],
  });
  const wrong = [
    ...["http://sandbank.example", "sandbank.example", "https://localhost", "https://10.0.0.7"],
    ...["https://sandbank.example/console", "https://user@sandbank.example", "https://a..example"],
    ...["https://sandbank.example,https://elsewhere.example", "https://sandbank.example,"],
    ...["https://sandbank.example,https://notsandbank.example", "https://sandbank.example?a=1"],
  ];
  for (const site of wrong) {
    const problem = live(site);
    assert.ok(isConfigProblem(problem), site);
    assert.equal(problem.variable, "SANDBANK_SITE");
  }
});

test("proxies are addresses or networks, and nobody unless told", () => {
  assert.equal("proxies" in read({}), false);
  const config = read({ SANDBANK_PROXIES: "10.0.0.7, 10.1.0.0/16, ::1" });
  assert.deepEqual(config.proxies, ["10.0.0.7", "10.1.0.0/16", "::1"]);
});

test("notices go nowhere in a live installation unless told, and to the simulated post in a demo", () => {
  assert.deepEqual(read({ SANDBANK_MODE: "live" }).post, { inside: [] });
  const demo = read({}).post;
  assert.deepEqual(demo?.mail?.port, 2525);
  assert.deepEqual(demo.sms?.url, "http://127.0.0.1:2526");
  assert.deepEqual(demo.inside, ["127.0.0.0/8", "::1"]);
});

test("a mail server and a gateway are named by their addresses, their secrets never shown", () => {
  const named = {
    SANDBANK_MODE: "live",
    SANDBANK_MAIL: "smtps://post%40box:s3cret%2F@mail.example",
    SANDBANK_MAIL_FROM: "notices@sandbank.example",
    SANDBANK_SMS: "https://gateway.example/v1/",
    SANDBANK_SMS_KEY: "k3y",
    SANDBANK_INSIDE: "10.0.0.25",
  };
  assert.deepEqual(read(named).post, {
    mail: {
      ...{ host: "mail.example", port: 465, secure: true, user: "post@box", password: "s3cret/" },
      from: "notices@sandbank.example",
    },
    sms: { url: "https://gateway.example/v1", key: "k3y" },
    inside: ["10.0.0.25"],
  });
  const plain = read({ ...named, SANDBANK_MAIL: "smtp://[::1]:2525" }).post?.mail;
  assert.deepEqual([plain?.host, plain?.port, plain?.secure], ["::1", 2525, false]);
  for (const [variable, value] of [
    ...["mail.example", "http://mail.example", "smtp://mail.example/a", "smtp://"].map(
      (one) => ["SANDBANK_MAIL", one] as const,
    ),
    ["SANDBANK_MAIL", "smtp://a:%zzs3cret@mail.example"],
    ...["", "nobody", "a@b", "a@b.example\nBcc: c@d.example"].map(
      (one) => ["SANDBANK_MAIL_FROM", one] as const,
    ),
    ...["gateway.example", "https://k:s3cret@gateway.example", "https://gateway.example?a=1"].map(
      (one) => ["SANDBANK_SMS", one] as const,
    ),
    ["SANDBANK_SMS_KEY", "two s3cret"],
    ["SANDBANK_INSIDE", "gateway.example"],
  ] as const) {
    const problem = readConfig({ ...named, [variable]: value });
    assert.ok(isConfigProblem(problem), `${variable} ${value}`);
    assert.equal(problem.variable, variable);
    assert.doesNotMatch(JSON.stringify(problem), /s3cret/);
  }
});

test("a wrong database address is not repeated, since it may hold a password", () => {
  const problem = readConfig({ DATABASE_URL: "http://app:hunter2@db" });
  assert.ok(isConfigProblem(problem));
  assert.doesNotMatch(JSON.stringify(problem), /hunter2/);
});

test("every limit has a default within its bounds and a variable of its own", () => {
  const variables = new Set(LIMIT_NAMES.map(limitVariable));
  assert.equal(variables.size, LIMIT_NAMES.length);
  for (const name of LIMIT_NAMES) {
    const { usual, least, most, meaning } = LIMITS[name];
    assert.ok(Number.isSafeInteger(usual) && least <= usual && usual <= most, name);
    assert.ok(meaning.zh !== "" && meaning.en !== "");
    assert.match(limitVariable(name), /^SANDBANK_LIMIT_[A-Z]+(_[A-Z]+)*$/);
  }
});

test("limits are in force for the whole process until others are put in their place", () => {
  const before = limits.batchSize;
  enforceLimits({ batchSize: 3 });
  assert.equal(limits.batchSize, 3);
  enforceLimits({ batchSize: before });
  assert.equal(limits.batchSize, 128);
});

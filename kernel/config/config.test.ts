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
  assert.equal(config.dataFolder, resolve(".sandbank"));
  assert.equal("databaseUrl" in config, false);
  assert.equal(config.limits.batchSize, 512);
  assert.equal(config.limits.taskLifetimeMs, 7 * 86_400_000);
});

test("every setting is taken from its variable", () => {
  const config = read({
    PORT: "0",
    DATABASE_URL: "postgres://app:secret@db.example/sandbank?sslmode=require",
    SANDBANK_DATA: "/var/lib/sandbank",
    SANDBANK_MODE: "live",
    SANDBANK_LIMIT_BATCH_SIZE: "64",
  });
  assert.equal(config.port, 0);
  assert.equal(config.databaseUrl, "postgres://app:secret@db.example/sandbank?sslmode=require");
  assert.equal(config.dataFolder, "/var/lib/sandbank");
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
    ["SANDBANK_DATA", "a\0b", /^SANDBANK_DATA must be the path of a folder\.$/],
    ["SANDBANK_MODE", "test", /^SANDBANK_MODE must be demo or live; it is "test"\.$/],
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
  assert.equal(limits.batchSize, 512);
});

/** What the page of the vault offers: never what the server would refuse as things stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VaultAnswer } from "@sandbank/tokens/contract";
import { say } from "@sandbank/kernel/words";
import { isTurn, sparesOf, turnsOf } from "./turns.ts";

const key = (kind: "card" | "index", kek: string, state: "current" | "destroyed" = "current") => ({
  ...{ kind, kek, state, version: 1, algorithm: "sha256", uses: "1", usesMax: "2" },
  ...{ made: null, ended: null },
});
const kept = (name: string) => ({ name, made: "2026-11-26T00:00:00.000Z", holders: ["a", "b"] });
const rotation = (kind: "kek" | "card" | "index", ended: string | null) => ({
  ...{ id: kind, kind, total: "2", moved: "1", begun: "2026-11-26T00:00:00.000Z", ended },
});
const empty: VaultAnswer = {
  keys: [key("card", "one")],
  kept: [kept("one")],
  rotations: [],
  quotas: [],
};
const offered = (vault: VaultAnswer) =>
  turnsOf(vault, (text, holes) => say(text, "en", holes))
    .filter(({ blocked }) => blocked === undefined)
    .map(({ turn }) => turn);

test("a key-encryption key is turned only to one that is whole and not in use for all", () => {
  assert.deepEqual(sparesOf(empty), []);
  const two = { ...empty, kept: [kept("one"), kept("two")] };
  assert.deepEqual(sparesOf(two), ["two"]);
  const between = { ...two, keys: [key("card", "one"), key("index", "two")] };
  assert.deepEqual(sparesOf(between), ["one", "two"], "a rotation that was cut short");
  const gone = { ...two, keys: [key("card", "one", "destroyed"), key("index", "two")] };
  assert.deepEqual(sparesOf(gone), ["one"]);
});

test("what goes on is not offered again, and each act takes two people", () => {
  assert.deepEqual(offered(empty), ["card", "index"]);
  const two = { ...empty, kept: [kept("one"), kept("two")] };
  assert.deepEqual(offered(two), ["kek", "card", "index"]);
  const going = { ...two, rotations: [rotation("card", null), rotation("index", "2026-11-26")] };
  assert.deepEqual(offered(going), ["kek", "index"]);
  const acts = turnsOf(going, (text) => text.zh);
  assert.ok(acts.every((act) => act.two === true));
});

test("an address names one of three keys or none", () => {
  assert.ok(["kek", "card", "index"].every(isTurn));
  assert.ok(![undefined, "", "cryptogram", "toString"].some(isTurn));
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { statement } from "../store/index.ts";
import { testDatabase } from "./index.ts";

const ONE = statement(
  "testing.one",
  "select $1::int8 as n, $2::timestamptz as t, current_user::text as u",
);

test("a test database answers as the owner and as a role", async () => {
  const database = await testDatabase({
    roles: [{ role: "sandbank_tokens", memberOf: ["sandbank_act"] }],
  });
  after(() => database.end());
  const [row] = await database.owner.query(ONE, [7n, "2026-11-24T10:00:00.123Z"]);
  assert.deepEqual(
    { ...row },
    { n: 7n, t: Date.UTC(2026, 10, 24, 10, 0, 0, 123), u: "sandbank_owner" },
  );
  const told = await database
    .as("sandbank_tokens")
    .transaction((tx) => tx.rows(ONE, [1n, "2026-11-24T10:00:00Z"]));
  assert.equal(told[0]?.[2], "sandbank_tokens");
});

test("further databases are clones", async () => {
  const databases = await Promise.all([testDatabase(), testDatabase(), testDatabase()]);
  await Promise.all(databases.map((database) => database.end()));
});

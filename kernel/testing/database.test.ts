/** Databases of tests: fresh, alike, and gone afterwards. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { runningPostmaster, statement } from "../store/index.ts";
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

test("what a killed test process left behind is cleared by the next one", async () => {
  const door = JSON.stringify(new URL("./index.ts", import.meta.url).href);
  const run = (then: string): ChildProcess =>
    spawn(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { testDatabase } from ${door};
         const { login } = await testDatabase();
         console.log(login("sandbank_owner").host);
         ${then}`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
  const firstWord = async (child: ChildProcess): Promise<string> => {
    const gone = once(child, "exit").then(() => assert.fail("ended without a word"));
    gone.catch(() => {});
    const [said] = (await Promise.race([once(child.stdout!, "data"), gone])) as [Buffer];
    return dirname(said.toString().trim());
  };
  const killed = run("setInterval(() => {}, 1000);");
  const folder = await firstWord(killed);
  const left = runningPostmaster(join(folder, "postgres"));
  killed.kill("SIGKILL");
  await once(killed, "exit");
  assert(left && existsSync(folder));
  const next = run("");
  assert.notEqual(await firstWord(next), folder);
  if (next.exitCode === null) await once(next, "exit");
  assert.equal(existsSync(folder), false);
});

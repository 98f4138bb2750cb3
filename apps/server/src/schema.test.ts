/**
 * The checked-in schema is the one that the migrations make, so that no change of the schema, of a
 * function or of a right goes unread.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compareSchemaDump, dumpSchema } from "@sandbank/kernel/store";
import { testDatabase } from "@sandbank/kernel/testing";
import { migrations, roles } from "./parts.ts";

const PAGE = new URL("../../../docs/reference/schema.sql", import.meta.url);

test("docs/reference/schema.sql is what the migrations make", async () => {
  const database = await testDatabase({ migrations, roles });
  try {
    const differing = compareSchemaDump(readFileSync(PAGE, "utf8"), await dumpSchema(database));
    const say = `docs/reference/schema.sql is not current: run node tools/schema.ts\n`;
    assert.deepEqual(differing, [], say + differing.join("\n"));
  } finally {
    await database.end();
  }
});

/**
 * `node tools/schema.ts` writes down the schema of the composed server, as its migrations really
 * make it in an empty database. A test beside the server compares the page with the migrations.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dumpSchema, openDatabase } from "@sandbank/kernel/store";
import { migrations, roles } from "@sandbank/server";
import { ROOT } from "./suite.ts";

const PAGE = "docs/reference/schema.sql";

const folder = mkdtempSync(join(tmpdir(), "sandbank-schema-"));
try {
  const database = await openDatabase({ folder, mode: "demo", durable: false, migrations, roles });
  const text = await dumpSchema(database).finally(() => database.end());
  const file = join(ROOT, PAGE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${PAGE}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * What is left of the pilot, looked at by a stranger when the server is gone: the folder of its
 * archive, the public report's one hash, and the auditor's facts. Nobody is asked anything.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyByCli } from "../server.ts";
import { check, noted } from "../stage.ts";
import { FACTS } from "./ending.ts";
import type { Life } from "./life.ts";
import { PARTITION, PILOT } from "./plan.ts";

interface Manifest {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

interface ArchivedFacts {
  readonly partition: number;
  readonly lines: number;
  readonly sha256: string;
}

const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

/** The manifest is the one that was published, and every file is the one that it lists. */
export async function verifyArchive(life: Life): Promise<void> {
  const folder = join(life.data, "sandbank", "archives", PILOT, "archive-1");
  const text = readFileSync(join(folder, "manifest.json"));
  const { files } = JSON.parse(text.toString("utf8")) as Manifest;
  const differing = files.filter(
    ({ path, sha256: listed }) => sha256(readFileSync(join(folder, path))) !== listed,
  );
  check(life, {
    name: "archive",
    zh: "归档的文件逐一与公开的哈希一致，无需服务器",
    en: "Every file of the archive is the one of the published hash, without a server",
    expected: `${noted(life, "archive")}, 0 of ${files.length} files differ`,
    seen: `${sha256(text)}, ${differing.length} of ${files.length} files differ`,
  });
  await verifyLog(life, folder);
  const parts = ["part-1", "part-2"].map((part) =>
    readdirSync(join(life.data, "sandbank", "keys", part)).join(" "),
  );
  check(life, {
    name: "keys",
    zh: "两份密钥分量均已销毁",
    en: "Both parts of the vault's key are gone",
    ...{ expected: "vault-destroyed, vault-destroyed", seen: parts.join(", ") },
  });
}

/** The log opens with the auditor's facts, and no act of the pilot's whole life is above a cap. */
async function verifyLog(life: Life, folder: string): Promise<void> {
  const archived = JSON.parse(readFileSync(join(folder, "facts.json"), "utf8")) as ArchivedFacts[];
  const own = archived.find(({ partition }) => partition === PARTITION);
  const lines = readFileSync(join(life.data, FACTS), "utf8").split("\n");
  const facts = join(life.data, "facts-archived.jsonl");
  const cut = lines.slice(0, own?.lines ?? 0).map((line) => `${line}\n`);
  writeFileSync(facts, cut.join(""));
  const keys = noted(life, "keys").split(" ");
  const log = join(folder, "logs", String(PARTITION));
  const { code, said } = await verifyByCli(log, { keys, facts });
  check(life, {
    name: "archived-facts",
    zh: "审计的事实文件与归档的哈希一致",
    en: "The auditor's facts are those that the archive holds by hash",
    expected: own?.sha256 ?? "none",
    seen: sha256(readFileSync(facts)),
  });
  check(life, {
    name: "archived-log",
    zh: "归档的日志离线核对一致，已签名并有见证，重放无一超过上限",
    en: "The archived log verifies offline, signed and witnessed; replayed, no act goes above a cap",
    expected: `exit 0, signed, 1 witness, ${said.acts} opened, 0 closed, no finding`,
    seen: `exit ${code}, ${said.signed ? "signed" : "not signed"}, ${said.witnessedBy.length} witness, ${said.replayed?.opened} opened, ${said.replayed?.unopened} closed, ${
      said.findings.length === 0 ? "no finding" : said.findings[0]?.sentence
    }`,
  });
  check(life, {
    name: "members",
    zh: "日志中的客户数即上限",
    en: "Customers that the log counts are as many as the cap",
    ...{ expected: String(life.plan.size), seen: String(said.members) },
  });
}

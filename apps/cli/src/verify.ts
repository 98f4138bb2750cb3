/** `sandbank verify`: walks a log from its files, by address or folder, and says what it found. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readVerifier, type TileSource, type Verifier, verifyLog } from "@sandbank/kernel/evidence";
import { formatCount, isRefusal } from "@sandbank/kernel/words";
import { type CliCommand, complain, progress, say } from "./command.ts";

export const verify: CliCommand = {
  name: "verify",
  summary: {
    zh: "核对一份日志：逐条重算，检查签名、次序与上限",
    en: "Verify a log: hash every record again, check signatures, order and caps",
  },
  usage: "verify <address or folder> --vkey <key> [--witness <key>] [--older <file>]",
  options: {
    vkey: { type: "string" },
    witness: { type: "string", multiple: true },
    older: { type: "string" },
  },
  about: {
    vkey: { zh: "日志的公钥", en: "the log's key" },
    witness: { zh: "见证者的公钥，可多次给出", en: "a witness's key; may be given several times" },
    older: { zh: "以前保存的检查点文件", en: "a checkpoint that you kept from earlier" },
  },
  async run({ lang, values, positionals: [place] }) {
    const log = readVerifier(String(values["vkey"] ?? ""));
    const witnesses = ([values["witness"] ?? []].flat() as string[]).map(readVerifier);
    if (place === undefined || isRefusal(log) || witnesses.some(isRefusal)) {
      return complain(lang, {
        zh: "须给出日志的地址或文件夹，以及 --vkey；公钥见公示页。",
        en: "Give the log's address or folder and --vkey; the public page shows the key.",
      });
    }
    const older = values["older"];
    const seen = await verifyLog({
      source: sourceOf(place),
      log,
      witnesses: witnesses as Verifier[],
      ...(typeof older === "string" ? { older: readFileSync(older, "utf8") } : {}),
      onProgress: progress,
    });
    if (seen.finding) {
      const { sentence } = seen.finding;
      return complain(lang, { zh: `核对不一致：${sentence}。`, en: `Not consistent: ${sentence}.` });
    }
    const [size, acts] = [formatCount(seen.size, lang), formatCount(seen.acts, lang)];
    const by = seen.witnessedBy.join(", ") || "-";
    say(lang, {
      zh: `核对一致：${seen.origin}，${size} 条记录，${acts} 项操作，见证者：${by}。`,
      en: `Consistent: ${seen.origin}, ${size} records, ${acts} acts, witnessed by: ${by}.`,
    });
    for (const [limit, { used, cap }] of seen.totals) {
      say(lang, { zh: `  ${limit}：已用 ${used}，上限 ${cap}`, en: `  ${limit}: used ${used} of ${cap}` });
    }
    return 0;
  },
};

/** Files of a log by address or from a folder. */
function sourceOf(place: string): TileSource {
  if (!/^https?:/.test(place)) {
    return async (path) => {
      const file = join(place, path);
      return existsSync(file) ? readFileSync(file) : undefined;
    };
  }
  const base = place.endsWith("/") ? place : `${place}/`;
  return async (path) => {
    const reply = await fetch(new URL(path, base));
    return reply.ok ? Buffer.from(await reply.arrayBuffer()) : undefined;
  };
}

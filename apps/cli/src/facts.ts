/** `sandbank facts`: fetches the facts file of a pilot, for `verify --facts`. Needs an auditor's key. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { isRefusal } from "@sandbank/kernel/words";
import { type CliCommand, complain, say } from "./command.ts";
import { complainNotCalled, wayOut } from "./way-out.ts";

/** Largest page, in bytes, and how long one may take. */
const PAGE_BYTES_MAX = 64 * 1024 * 1024;
const PAGE_MS_MAX = 120_000;

interface Page {
  readonly lines: readonly string[];
  readonly after: string | null;
}

export const facts: CliCommand = {
  name: "facts",
  summary: {
    zh: "下载试点的事实文件，用于核对每项操作",
    en: "Fetch a pilot's facts file, to verify each act with it",
  },
  usage: "facts <address of Sandbank> --pilot <name> --out <file>   (key in SANDBANK_KEY)",
  options: { pilot: { type: "string" }, out: { type: "string" } },
  about: {
    pilot: { zh: "试点名称，如 payment-tokens", en: "name of the pilot, such as payment-tokens" },
    out: { zh: "写入的文件", en: "file to write" },
  },
  async run({ lang, values, positionals: [site] }) {
    const { pilot, out } = values;
    const key = process.env["SANDBANK_KEY"];
    if (!site || typeof pilot !== "string" || typeof out !== "string" || !key) {
      return complain(lang, {
        zh: "须给出网站地址、--pilot、--out，并在环境变量 SANDBANK_KEY 中给出审计密钥。",
        en: "Give the address, --pilot and --out, and an auditor's key in SANDBANK_KEY.",
      });
    }
    const outside = wayOut(lang);
    if (outside === undefined) return 1;
    const file = createWriteStream(out, { mode: 0o600 });
    let [after, count]: [string | null, number] = ["0", 0];
    while (after !== null) {
      const url = new URL(`/api/pilots/${encodeURIComponent(pilot)}/facts?after=${after}`, site);
      const reply = await outside.call({
        ...{ url, method: "GET", headers: { authorization: `Bearer ${key}` }, keep: true },
        ...{ bytesMax: PAGE_BYTES_MAX, signal: AbortSignal.timeout(PAGE_MS_MAX) },
      });
      if (isRefusal(reply)) return complainNotCalled(lang, reply) ?? 1;
      const page = JSON.parse(reply.body.toString("utf8")) as Page & { detail?: string };
      if (reply.status !== 200)
        return complain(lang, { zh: page.detail ?? "", en: page.detail ?? "" });
      for (const line of page.lines) file.write(`${line}\n`);
      count += page.lines.length;
      after = page.after;
    }
    file.end();
    await once(file, "finish");
    say(lang, { zh: `已写入 ${count} 行：${out}`, en: `Wrote ${count} lines to ${out}` });
    return 0;
  },
};

/**
 * `npm run scenario`: whole lives through the front door, clock in hand. Without a name it lists
 * them. Ends with 0 only if every check of the scenario agrees.
 */
import { enableCompileCache } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

enableCompileCache();

type Lang = "zh" | "en";
const { SANDBANK_SCENARIO_DATA: place = join(".sandbank", "scenarios"), LANG = "" } = process.env;

const WORDS = {
  usage: {
    zh: "npm run scenario -- <名称> [--seed <数>] [--payments <笔数>] [--data <文件夹>] [--lang zh|en]",
    en: "npm run scenario -- <name> [--seed <n>] [--payments <n>] [--data <folder>] [--lang zh|en]",
  },
  first_day: {
    zh: "first-day  支付标记试点的第一天：5,000 笔支付，午间暂停，额度恰好用满（约一分钟）",
    en: "first-day  A first day of payment tokens: 5,000 payments, a suspension at midday, a cap reached to the fen (about a minute)",
  },
  again: {
    zh: "中途停止后以同样的参数再次运行，会从停下的地方继续，账目相同。",
    en: "Stopped halfway and run again with the same options it goes on where it stopped, to the same books.",
  },
  folder: { zh: "文件夹", en: "Folder" },
} satisfies Record<string, Readonly<Record<Lang, string>>>;

const OPTIONS = {
  seed: { type: "string", default: "1" },
  payments: { type: "string", default: "5000" },
  data: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean" },
} as const;

process.exitCode = await main();

async function main(): Promise<number> {
  const read = readArguments();
  const lang: Lang = (read?.values.lang ?? LANG).startsWith("zh") ? "zh" : "en";
  const [name] = read?.positionals ?? [];
  const seed = wholeNumber(read?.values.seed, { least: 0, most: 2 ** 32 - 1 });
  const payments = wholeNumber(read?.values.payments, { least: 100, most: 100_000 });
  const isWrong = seed === undefined || payments === undefined || name !== "first-day";
  if (!read || read.values.help || isWrong) {
    const lines = [WORDS.usage, WORDS.first_day, WORDS.again].map((text) => text[lang]);
    process.stdout.write(`${lines.join("\n  ")}\n`);
    return name === undefined || read?.values.help ? 0 : 1;
  }
  const data = resolve(read.values.data ?? join(place, `first-day-${seed}-${payments}`));
  process.stderr.write(`${WORDS.folder[lang]}: ${data}\n`);
  const { firstDay } = await import("./first-day.ts");
  const end = await firstDay({ data, seed, payments, lang, onProgress: progress });
  if (process.stderr.isTTY) process.stderr.write("\n");
  process.stdout.write(end.report);
  return end.failed.length === 0 ? 0 : 1;
}

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch {
    return undefined;
  }
}

function wholeNumber(
  text: string | undefined,
  of: { readonly least: number; readonly most: number },
): number | undefined {
  const number = /^[0-9]{1,10}$/.test(text ?? "") ? Number(text) : -1;
  return number >= of.least && number <= of.most ? number : undefined;
}

let shown = -1;

function progress(done: number, of: number): void {
  const share = Math.floor((done * 100) / of);
  if (!process.stderr.isTTY || share === shown) return;
  shown = share;
  const full = Math.min(40, Math.floor((done * 40) / of));
  process.stderr.write(`\r${"█".repeat(full)}${"░".repeat(40 - full)} ${done}/${of}`);
}

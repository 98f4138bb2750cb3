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
    zh: "npm run scenario -- <名称> [--seed <数>] [--<规模> <数>] [--data <文件夹>] [--lang zh|en]",
    en: "npm run scenario -- <name> [--seed <n>] [--<size> <n>] [--data <folder>] [--lang zh|en]",
  },
  again: {
    zh: "中途停止后以同样的参数再次运行，会从停下的地方继续，账目相同。",
    en: "Stopped halfway and run again with the same options it goes on where it stopped, to the same books.",
  },
  folder: { zh: "文件夹", en: "Folder" },
} satisfies Record<string, Readonly<Record<Lang, string>>>;

interface Asked {
  readonly data: string;
  readonly seed: number;
  readonly size: number;
  readonly lang: Lang;
  readonly onProgress: (done: number, of: number) => void;
}

/** A scenario by its name: what it is, what its size counts, and how it is lived. */
interface Scenario {
  readonly says: Readonly<Record<Lang, string>>;
  readonly size: {
    readonly option: "payments" | "size";
    readonly least: number;
    readonly usual: number;
    readonly most: number;
  };
  live(asked: Asked): Promise<{ readonly report: string; readonly failed: readonly unknown[] }>;
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "first-day": {
    says: {
      zh: "first-day  支付标记试点的第一天：--payments 5000 笔支付，午间暂停，额度恰好用满（约一分钟）",
      en: "first-day  A first day of payment tokens: --payments 5000, a suspension at midday, a cap reached to the fen (about a minute)",
    },
    size: { option: "payments", least: 100, usual: 5_000, most: 100_000 },
    live: async ({ size, ...asked }) =>
      (await import("./first-day.ts")).firstDay({ ...asked, payments: size }),
  },
  "regulator-year": {
    says: {
      zh: "regulator-year  监管者的一年：六个试点与一个新准入的试点，每月 --size 600 件业务（约两分钟）",
      en: "regulator-year  A year of the regulator's: six pilots and one that is admitted, --size 600 pieces of business a month (about two minutes)",
    },
    size: { option: "size", least: 4, usual: 600, most: 1_000 },
    live: async (asked) => (await import("./regulator-year.ts")).regulatorYear(asked),
  },
  "pilot-life": {
    says: {
      zh: "pilot-life  支付标记试点的一生：申报、准入、三十个营业日、评价、退出，归档离线核验，--size 2000 名客户",
      en: "pilot-life  The whole life of payment tokens: declared, admitted, thirty days of business, evaluated, left, its archive verified offline, --size 2000 customers",
    },
    size: { option: "size", least: 20, usual: 2_000, most: 5_000 },
    live: async (asked) => (await import("./pilot-life.ts")).pilotLife(asked),
  },
};

const OPTIONS = {
  seed: { type: "string", default: "1" },
  payments: { type: "string" },
  size: { type: "string" },
  data: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean" },
} as const;

process.exitCode = await main();

async function main(): Promise<number> {
  const read = readArguments();
  const lang: Lang = (read?.values.lang ?? LANG).startsWith("zh") ? "zh" : "en";
  const [name = ""] = read?.positionals ?? [];
  const found = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  const seed = wholeNumber(read?.values.seed, { least: 0, most: 2 ** 32 - 1 });
  const text = found && (read?.values[found.size.option] ?? String(found.size.usual));
  const size = found && wholeNumber(text, found.size);
  if (!read || read.values.help || !found || seed === undefined || size === undefined) {
    const told = Object.values(SCENARIOS).map(({ says }) => says);
    const lines = [WORDS.usage, ...told, WORDS.again].map((one) => one[lang]);
    process.stdout.write(`${lines.join("\n  ")}\n`);
    return name === "" || read?.values.help ? 0 : 1;
  }
  const data = resolve(read.values.data ?? join(place, `${name}-${seed}-${size}`));
  process.stderr.write(`${WORDS.folder[lang]}: ${data}\n`);
  const end = await found.live({ data, seed, size, lang, onProgress: progress });
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

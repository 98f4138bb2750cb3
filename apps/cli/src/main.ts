/** The command line. Each command explains itself; without one, all of them are listed. */
import { enableCompileCache } from "node:module";
import { parseArgs } from "node:util";
import type { Lang, Text } from "@sandbank/kernel/words";
import { type CliCommand, complain, say } from "./command.ts";

enableCompileCache();

/** What the command line can do; each is loaded when it is asked for. A new one is a line here. */
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  verify: async () => (await import("./verify.ts")).verify,
  facts: async () => (await import("./facts.ts")).facts,
  witness: async () => (await import("./witness.ts")).witness,
  backup: async () => (await import("./backup.ts")).backup,
  restore: async () => (await import("./backup.ts")).restore,
  kek: async () => (await import("./kek.ts")).kek,
  admin: async () => (await import("./admin.ts")).admin,
};

const OPENING: Text = {
  zh: "沙岸的命令行。用法：npm run sandbank -- <命令> [选项]；<命令> --help 说明该命令。",
  en: "Sandbank's command line. Usage: npm run sandbank -- <command> [options]; <command> --help explains it.",
};
const EVERYWHERE: Text = {
  zh: "--lang zh|en 选择语言，不写则看 LC_ALL 或 LANG。",
  en: "--lang zh|en chooses the language; unless told, LC_ALL or LANG does.",
};

const SETTINGS: Text = {
  zh: "服务和命令读同样的环境变量：PORT、DATABASE_URL、SANDBANK_DATA、SANDBANK_KEY_PARTS=<文件夹>,<文件夹>、SANDBANK_MODE=demo|live；正式运行时还有 SANDBANK_SITE=https://… 和 SANDBANK_PROXIES=<代理地址>。",
  en: "Server and commands read the same environment: PORT, DATABASE_URL, SANDBANK_DATA, SANDBANK_KEY_PARTS=<folder>,<folder>, SANDBANK_MODE=demo|live and, for live mode, SANDBANK_SITE=https://… and SANDBANK_PROXIES=<addresses of proxies>.",
};

const [asked, ...rest] = process.argv.slice(2);
const lang = languageOf(process.argv.slice(2));
const helpAsked = asked === "help" || asked === "--help" || asked === "-h";
const name = (asked === "help" ? rest[0] : asked) ?? "";
const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
process.exitCode = load ? await runCommand(await load()) : await overview();

async function runCommand(chosen: CliCommand): Promise<number> {
  if (helpAsked || rest.includes("--help") || rest.includes("-h")) return help(chosen);
  const options = { ...chosen.options, lang: { type: "string" as const } };
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true });
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    const said = (error as Error).message;
    complain(lang, { zh: `选项读不懂：${said}`, en: `The options are not understood: ${said}` });
    help(chosen);
    return 2;
  }
  const { values, positionals } = parsed;
  return chosen.run({ lang, values, positionals });
}

function help(chosen: CliCommand): number {
  say(lang, chosen.summary);
  process.stdout.write(`  npm run sandbank -- ${chosen.usage}\n`);
  for (const [option, text] of Object.entries(chosen.about)) {
    process.stdout.write(`  --${option.padEnd(10)} ${text[lang]}\n`);
  }
  say(lang, EVERYWHERE);
  return 0;
}

async function overview(): Promise<number> {
  const known = asked === undefined || helpAsked || asked.startsWith("--lang");
  if (!known) complain(lang, { zh: `没有命令“${asked}”。`, en: `There is no command "${asked}".` });
  say(lang, OPENING);
  for (const one of await Promise.all(Object.values(COMMANDS).map((loads) => loads()))) {
    process.stdout.write(`  ${one.name.padEnd(10)} ${one.summary[lang]}\n`);
  }
  say(lang, EVERYWHERE);
  say(lang, SETTINGS);
  return known ? 0 : 2;
}

/** `--lang zh|en`, else the language of the environment. */
function languageOf(args: readonly string[]): Lang {
  const at = args.indexOf("--lang");
  const inOne = args.find((one) => one.startsWith("--lang="))?.slice("--lang=".length);
  const { LC_ALL, LANG } = process.env;
  const wanted = inOne ?? (at >= 0 ? args[at + 1] : LC_ALL || LANG);
  return wanted?.startsWith("zh") ? "zh" : "en";
}

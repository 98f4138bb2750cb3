/** The command line. Each command explains itself; without one, all of them are listed. */
import { enableCompileCache } from "node:module";
import { parseArgs } from "node:util";
import type { Lang } from "@sandbank/kernel/words";
import { type CliCommand, complain } from "./command.ts";
import { admin } from "./admin.ts";
import { backup, restore } from "./backup.ts";
import { facts } from "./facts.ts";
import { verify } from "./verify.ts";
import { witness } from "./witness.ts";

enableCompileCache();

const COMMANDS: readonly CliCommand[] = [verify, facts, witness, backup, restore, admin];

const [name, ...rest] = process.argv.slice(2);
const lang = languageOf(rest);
const command = COMMANDS.find((one) => one.name === name);
process.exitCode = command ? await runCommand(command) : overview();

async function runCommand(chosen: CliCommand): Promise<number> {
  if (rest.includes("--help")) return help(chosen);
  try {
    const options = { ...chosen.options, lang: { type: "string" as const } };
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    return await chosen.run({ lang, values, positionals });
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    complain(lang, { zh: (error as Error).message, en: (error as Error).message });
    help(chosen);
    return 1;
  }
}

function help(chosen: CliCommand): number {
  process.stdout.write(`${chosen.summary[lang]}\n  npm run sandbank -- ${chosen.usage}\n`);
  for (const [option, text] of Object.entries(chosen.about)) {
    process.stdout.write(`  --${option.padEnd(10)} ${text[lang]}\n`);
  }
  return 0;
}

function overview(): number {
  for (const one of COMMANDS) {
    process.stdout.write(`${one.name.padEnd(10)} ${one.summary[lang]}\n  ${one.usage}\n`);
  }
  return name === undefined || name === "--help" ? 0 : 1;
}

/** `--lang zh|en`, else the language of the environment. */
function languageOf(args: readonly string[]): Lang {
  const at = args.indexOf("--lang");
  const wanted = at >= 0 ? args[at + 1] : process.env["LANG"];
  return wanted?.startsWith("zh") ? "zh" : "en";
}

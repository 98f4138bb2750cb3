/** What a command of the command line is: a name, what it says of itself, and what it does. */
import type { ParseArgsConfig } from "node:util";
import type { Lang, Text } from "@sandbank/kernel/words";

export interface CliCommand {
  readonly name: string;
  readonly summary: Text;
  /** How it is called, after the program's name. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** One line for each option, in both languages. */
  readonly about: Readonly<Record<string, Text>>;
  /** Answers with the exit code; 0 is well. */
  run(asked: Asked): Promise<number>;
}

export interface Asked {
  readonly lang: Lang;
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
  readonly positionals: readonly string[];
}

/** Writes a line to standard output in the caller's language. */
export function say(lang: Lang, text: Text): void {
  process.stdout.write(`${text[lang]}\n`);
}

/** Writes what keeps a command from its work to standard error; answers with exit code 1. */
export function complain(lang: Lang, text: Text): number {
  process.stderr.write(`${text[lang]}\n`);
  return 1;
}

/** A bar on standard error for long work; silent where nobody looks. */
export function progress(done: number, of: number): void {
  if (!process.stderr.isTTY || of === 0) return;
  const width = 30;
  const full = Math.floor((done / of) * width);
  const bar = `${"█".repeat(full)}${"░".repeat(width - full)}`;
  process.stderr.write(`\r${bar} ${done}/${of}${done === of ? "\n" : ""}`);
}

/**
 * `npm start`: reads the environment, starts a Sandbank, says where it is, and ends everything it
 * started on Ctrl-C. Whatever keeps it from starting is one sentence and exit code 1.
 */
import { enableCompileCache } from "node:module";
import type { Config } from "@sandbank/kernel/config";
import type { DemoMade } from "@sandbank/kernel/identity";
import type { Text } from "@sandbank/kernel/words";

enableCompileCache();
const { readConfig, isConfigProblem } = await import("@sandbank/kernel/config");
const { explain, isRefusal } = await import("@sandbank/kernel/words");
const { startSandbank } = await import("./compose.ts");

const config = readConfig(process.env);
if (isConfigProblem(config)) stop(config.text);
else await start(config);

async function start(config: Parameters<typeof startSandbank>[0]): Promise<void> {
  try {
    const sandbank = await startSandbank(config);
    if (isRefusal(sandbank)) {
      return stop({ zh: explain(sandbank, "zh").sentence, en: explain(sandbank, "en").sentence });
    }
    const { origin, site, demo } = sandbank;
    const ways = demo === undefined ? "" : waysIn(demo, config);
    // Behind a proxy people reach us elsewhere than where we listen.
    const behind = site === origin ? "" : `  served at ${origin}/\n`;
    process.stdout.write(
      `Sandbank 沙岸 is ready.\n  public    ${site}/\n  console   ${site}/console/\n` +
        `  bank app  ${site}/bank/\n${behind}${ways}  Ctrl-C ends it.\n`,
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void sandbank.end().then(() => process.exit(0)));
    }
  } catch (error) {
    const text = textOf(error);
    if (text === undefined) throw error;
    stop(text);
  }
}

/** Ways into the demonstration: a customer's link that is good once, all others' file, the vault's key. */
function waysIn({ people }: DemoMade, { dataFolder, keyParts }: Config): string {
  const { LC_ALL, LANG } = process.env;
  const lang = /^zh/i.test(LC_ALL || LANG || "") ? "zh" : "en";
  const link = people.find(({ face }) => face === "bank")?.link ?? "";
  return (
    `  customer  ${link.replace(/\/zh\/(?=sign-in\/)/, `/${lang}/`)}\n` +
    `  sign in   ${dataFolder}/demo.json\n` +
    `  keys      ${keyParts.join(", ")}: a demonstration holds both parts\n`
  );
}

/** What is wrong with the place says so in both languages: the store's problems, the vault's. */
function textOf(error: unknown): Text | undefined {
  if (!(error instanceof Error) || !("text" in error)) return undefined;
  const { zh, en } = error.text as Partial<Text>;
  return zh === undefined || en === undefined ? undefined : { zh, en };
}

/** Nothing that had begun to run keeps a process that cannot serve. */
function stop(text: Text): void {
  process.stderr.write(`${text.zh}\n${text.en}\n`, () => process.exit(1));
}

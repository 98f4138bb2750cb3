/** `sandbank witness`: cosigns the heads of the logs it knows, in its own process and folder. */
import { existsSync, fstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openWitness, readVerifier, type Verifier, witnessServer } from "@sandbank/kernel/evidence";
import { isAlive } from "@sandbank/kernel/store";
import { isRefusal, type Lang, type Text } from "@sandbank/kernel/words";
import { type Asked, type CliCommand, complain, say } from "./command.ts";

const STARTER_WATCH_MS = 500;

export const witness: CliCommand = {
  name: "witness",
  summary: {
    zh: "运行见证人：核对日志只增不改，然后联署",
    en: "Run a witness: check that a log only grows, then cosign it",
  },
  usage: "witness --folder <folder> --name <name> [--log <origin>=<vkey>]… [--port <port>]",
  options: {
    folder: { type: "string" },
    name: { type: "string" },
    port: { type: "string", default: "0" },
    log: { type: "string", multiple: true },
  },
  about: {
    folder: {
      zh: "密钥与已见检查点的文件夹，只给这一个进程使用",
      en: "folder of its key and of what it has seen, for this process alone",
    },
    name: { zh: "见证人的名称，写入联署", en: "its name, as it stands in cosignatures" },
    port: { zh: "监听的端口；0 为任意空闲端口", en: "port to listen on; 0 takes any free one" },
    log: {
      zh: "所见证的日志及其公钥，可多次给出；也可写在文件夹中的 logs.txt，每行一个",
      en: "a log and its key; may be given several times, or stand in logs.txt in the folder, one a line",
    },
  },
  async run({ lang, values }) {
    const { folder, name } = values;
    const port = Number(values["port"] ?? 0);
    if (typeof folder !== "string" || typeof name !== "string" || !isPort(port)) {
      return complain(lang, {
        zh: "须给出 --folder 和 --name；--port 为 0 到 65535 的整数。",
        en: "Both --folder and --name are needed; --port is a whole number from 0 to 65535.",
      });
    }
    const logs = logsOf(values, folder);
    if (typeof logs === "string") {
      return complain(lang, {
        zh: `“${logs}”不是“日志=公钥”的形式。`,
        en: `"${logs}" is not of the form log=key.`,
      });
    }
    const other = lock(folder);
    if (other !== undefined) {
      return complain(lang, {
        zh: `进程 ${other} 正在使用这个文件夹：一个文件夹只能有一位见证人。`,
        en: `Process ${other} uses this folder: a folder is for one witness.`,
      });
    }
    try {
      return await serve(witnessServer(openWitness({ folder, name, logs })), { lang, name, port });
    } finally {
      rmSync(join(folder, "lock"), { force: true });
    }
  },
};

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}

/** The logs by origin, or the first line that names none. */
function logsOf(values: Asked["values"], folder: string): ReadonlyMap<string, Verifier> | string {
  const file = join(folder, "logs.txt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const given = [...lines, ...([values["log"] ?? []].flat() as string[])];
  const logs = new Map<string, Verifier>();
  for (const line of given.map((one) => one.trim()).filter((one) => one !== "")) {
    const split = line.indexOf("=");
    const verifier = readVerifier(line.slice(split + 1));
    if (split < 1 || isRefusal(verifier) || verifier.kind !== "log") return line;
    logs.set(line.slice(0, split), verifier);
  }
  return logs;
}

/** Takes the folder for this process; answers with the process that has it. */
function lock(folder: string): number | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "lock");
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(readFileSync(path, "utf8"));
      if (holder > 0 && holder !== process.pid && isAlive(holder)) return holder;
      rmSync(path, { force: true });
    }
  }
}

async function serve(
  server: Server,
  { lang, name, port }: { readonly lang: Lang; readonly name: string; readonly port: number },
): Promise<number> {
  const taken = await new Promise<Text | undefined>((resolve) => {
    server.once("error", () => {
      const zh = `端口 ${port} 不能使用，可能已被占用。`;
      resolve({ zh, en: `Port ${port} cannot be used; it may be taken.` });
    });
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  if (taken) return complain(lang, taken);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  say(lang, { zh: `见证人 ${name} 已就绪：${url}`, en: `Witness ${name} is ready: ${url}` });
  return new Promise((resolve) => {
    endWithStarter(() => server.close(() => resolve(0)));
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        server.close(() => resolve(0));
        server.closeAllConnections();
      });
    }
  });
}

/**
 * A witness whose lines go to the process that started it ends with that process: an orphan would
 * keep the folder from the next one. Started by a service manager or into a file, it stays.
 */
function endWithStarter(end: () => void): void {
  const output = fstatSync(1);
  if (!output.isFIFO() && !output.isSocket()) return;
  const starter = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(watch);
    end();
  }, STARTER_WATCH_MS);
  watch.unref();
}

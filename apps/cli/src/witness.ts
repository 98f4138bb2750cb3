/** `sandbank witness`: cosigns the heads of the logs it knows, in its own process and folder. */
import type { AddressInfo } from "node:net";
import { openWitness, readVerifier, type Verifier, witnessServer } from "@sandbank/kernel/evidence";
import { isRefusal } from "@sandbank/kernel/words";
import { type CliCommand, complain, say } from "./command.ts";

export const witness: CliCommand = {
  name: "witness",
  summary: {
    zh: "运行见证者：核对日志只增不改，然后联署",
    en: "Run a witness: check that a log only grows, then cosign it",
  },
  usage: "witness --folder <folder> --name <name> --log <origin>=<vkey> [--port <port>]",
  options: {
    folder: { type: "string" },
    name: { type: "string" },
    port: { type: "string", default: "0" },
    log: { type: "string", multiple: true },
  },
  about: {
    folder: { zh: "密钥与已见检查点的文件夹", en: "folder of its key and of what it has seen" },
    name: { zh: "见证者的名称，写入联署", en: "its name, as it stands in cosignatures" },
    port: { zh: "监听的端口；0 为任意空闲端口", en: "port to listen on; 0 takes any free one" },
    log: {
      zh: "所见证的日志及其公钥，可多次给出",
      en: "a log and its key; may be given several times",
    },
  },
  async run({ lang, values }) {
    const { folder, name } = values;
    if (typeof folder !== "string" || typeof name !== "string") {
      return complain(lang, {
        zh: "须给出 --folder 和 --name。",
        en: "Both --folder and --name are needed.",
      });
    }
    const logs = new Map<string, Verifier>();
    for (const given of [values["log"] ?? []].flat() as string[]) {
      const split = given.indexOf("=");
      const verifier = readVerifier(given.slice(split + 1));
      if (split < 1 || isRefusal(verifier)) {
        return complain(lang, {
          zh: `“${given}”不是“日志=公钥”的形式。`,
          en: `"${given}" is not of the form log=key.`,
        });
      }
      logs.set(given.slice(0, split), verifier);
    }
    const server = witnessServer(openWitness({ folder, name, logs }));
    const port = Number(values["port"] ?? 0);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const address = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${address.port}`;
    say(lang, { zh: `见证者 ${name} 已就绪：${url}`, en: `Witness ${name} is ready: ${url}` });
    return new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => server.close(() => resolve(0)));
      }
    });
  },
};

/** A furnished demonstration as a process of its own, behind its real door, and who knocks at it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Heard, SandbankClient } from "@sandbank/world";
import { startWhole } from "../start/server.ts";

export interface Demonstration {
  readonly origin: string;
  /** A client with the key that the demonstration made for an organisation, by the key's name. */
  client(organisation: string, name: string): SandbankClient;
  end(): Promise<void>;
}

interface Made {
  readonly keys: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly key: string;
  }[];
}

/** Starts one on a folder that is gone with it. */
export async function demonstration(): Promise<Demonstration> {
  const data = mkdtempSync(join(tmpdir(), "sandbank-bench-front-"));
  const folder = join(data, "sandbank");
  const server = await startWhole(folder);
  const { origin } = server;
  const { keys } = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as Made;
  return {
    origin,
    client(organisation, name) {
      const found = keys.find((one) => one.organisation === organisation && one.name === name);
      if (!found) throw new Error(`the demonstration has no key ${name} of ${organisation}`);
      return new SandbankClient({ origin, key: found.key });
    },
    async end() {
      await server.end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The body of a "yes"; anything else ends the bench with the server's own words. */
export function bodyOf<Body>(heard: Heard, of: string): Body {
  if (heard.said === "yes") return heard.body as Body;
  throw new Error(`${of}: ${heard.status} ${heard.code}: ${heard.detail}`);
}

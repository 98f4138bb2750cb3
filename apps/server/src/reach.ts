/**
 * How people reach this installation: by its public addresses over https where the configuration
 * names them, else by this machine's own name. What names us outward, what passkeys belong to and
 * which hosts are answered all follow from it.
 */
import type { Config } from "@sandbank/kernel/config";
import type { HttpConfig } from "@sandbank/kernel/http";
import type { IdentitySettings } from "@sandbank/kernel/identity";

export interface Reach {
  /** Whose passkeys these are, and where they may be asked for. */
  readonly passkeys: IdentitySettings["site"];
  readonly http: Pick<HttpConfig, "hosts" | "https" | "proxies">;
  /** Where people reach us, as far as we know by now. */
  site(): string;
  /** Told where we listen, answers where people reach us. */
  servedAt(origin: string): string;
}

export function reachOf({ port, site, proxies }: Config): Reach {
  // A port of 0 becomes a real one once we listen.
  let own = `http://localhost:${port}`;
  return {
    passkeys: {
      id: site?.name ?? "localhost",
      name: "Sandbank 沙岸",
      get origins() {
        return site?.origins ?? [own];
      },
    },
    http: {
      https: site !== undefined,
      ...(site === undefined ? {} : { hosts: site.hosts }),
      ...(proxies === undefined ? {} : { proxies }),
    },
    site: () => site?.origin ?? own,
    servedAt(origin) {
      own = origin;
      return site?.origin ?? origin;
    },
  };
}

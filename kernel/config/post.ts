/**
 * Where notices go outside: a mail server and a gateway for text messages, as the environment names
 * them. Without them nothing is sent. In the demonstration they are the simulated ones of `world/`
 * on this machine, whether they run or not.
 */

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS, which is required beyond our own networks. */
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
  /** The sender's address. */
  readonly from: string;
}

export interface SmsGateway {
  /** Its address, below which it takes `/messages`. */
  readonly url: string;
  /** The bearer key that it gave us. */
  readonly key?: string;
}

export interface PostSettings {
  readonly mail?: MailServer;
  readonly sms?: SmsGateway;
  /** Addresses and networks of our own, which are called though nobody outside has them. */
  readonly inside: readonly string[];
}

const HOST = /^(?:[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const PORTS: Readonly<Record<string, number>> = { "smtp:": 587, "smtps:": 465 };

/** This machine. */
export const LOOPBACK: readonly string[] = ["127.0.0.0/8", "::1"];

/** The simulated post office of `world/post` where it listens unless told. */
export const DEMO_POST: PostSettings = {
  mail: { host: "127.0.0.1", port: 2525, secure: false, from: "notices@sandbank.example" },
  sms: { url: "http://127.0.0.1:2526" },
  inside: LOOPBACK,
};

/** Reads `smtp://host:port` or `smtps://user:password@host`; undefined for anything else. */
export function readMailServer(text: string): Omit<MailServer, "from"> | undefined {
  const url = URL.parse(text);
  const usual = PORTS[url?.protocol ?? ""];
  if (url === null || usual === undefined || !/^\/?$/.test(url.pathname + url.search + url.hash)) {
    return undefined;
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (!HOST.test(host) && !host.includes(":")) return undefined;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined) return undefined;
  return {
    ...{ host, port: url.port === "" ? usual : Number(url.port) },
    secure: url.protocol === "smtps:",
    ...(user === "" ? {} : { user, password }),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Reads `https://gateway.example/v1`; undefined for anything else. */
export function readGateway(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return undefined;
  }
  return url.href.replace(/\/$/, "");
}

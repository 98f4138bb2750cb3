/**
 * What the environment says, read once at start. A wrong value ends the start with one sentence
 * that names the variable; a setting that nobody knows is wrong too, since a typing error that goes
 * unnoticed is a limit that does not hold. Nothing here is read from files, and no secret is shown.
 */
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import { formatCount, say } from "../words/index.ts";
import type { Text } from "../words/index.ts";
import { LIMITS, LIMIT_NAMES, limitVariable } from "./limits.ts";
import type { LimitName, Limits } from "./limits.ts";
import { DEMO_POST, type PostSettings, readGateway, readMailServer } from "./post.ts";
import { type PublicSite, readSite } from "./site.ts";

/** `demo` is loopback, one-time links and a clock that turns; `live` has none of them. */
export type Mode = "demo" | "live";

export interface Config {
  readonly port: number;
  /** Absent: the embedded PostgreSQL under `dataFolder`. */
  readonly databaseUrl?: string;
  /** Absolute path of everything that is kept outside a foreign database. */
  readonly dataFolder: string;
  readonly mode: Mode;
  /**
   * Absolute path of the built pages of the applications, for all servers of this program; absent, in
   * the data folder, for this one alone.
   */
  readonly pagesFolder?: string;
  /** Absolute paths of two folders: one part of the vault's key lies in each. */
  readonly keyParts: readonly [string, string];
  /** True if the demonstration begins with a bank at work; else it begins with nothing but people. */
  readonly furnished?: boolean;
  /** Pilots that the demonstration leaves out, so that they can be declared in it; absent, none. */
  readonly demoWithout?: readonly string[];
  /** Where people reach a live installation; absent, it is reached on this machine alone. */
  readonly site?: PublicSite;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed; absent, nobody's is. */
  readonly proxies?: readonly string[];
  /** Where notices go outside; absent, nowhere. Live, nowhere unless the environment says. */
  readonly post?: PostSettings;
  readonly limits: Limits;
}

/** The one thing that is wrong first. Print the text and end; there is no stack to show. */
export interface ConfigProblem {
  readonly problem: true;
  readonly variable: string;
  readonly text: Text;
}

/** What is set unless the environment says otherwise. */
export const DEFAULTS = { port: 8080, dataFolder: ".sandbank", mode: "demo" } as const;

const LIMIT_PREFIX = "SANDBANK_LIMIT_";
const whole = z
  .string()
  .regex(/^[0-9]{1,15}$/)
  .transform(Number);
const portText = whole.pipe(z.number().max(65_535));
const databaseText = z.url({ protocol: /^postgres(ql)?$/ });
const folderText = z
  .string()
  .max(1024)
  .refine((path) => !path.includes("\0"));
const keyPartsText = z
  .string()
  .max(4096)
  .refine((paths) => !paths.includes("\0"))
  .transform((paths) => paths.split(",").map((path) => path.trim()))
  .refine(([first, second, ...more]) => first && second && more.length === 0)
  .transform(([first = "", second = ""]) => [resolve(first), resolve(second)] as const)
  .refine(([first, second]) => first !== second);
const modeText = z.enum(["demo", "live"]);
const demoText = z.enum(["furnished", "empty"]);
const pilotsText = z
  .string()
  .max(1_000)
  .transform((text) => text.split(",").map((one) => one.trim()))
  .refine((list) => list.every((one) => /^[a-z][a-z0-9-]{1,39}$/.test(one)));

const PORT_WRONG: Text = {
  zh: "{variable} 应为 0 到 65535 之间的整数，现为“{value}”。",
  en: '{variable} must be a whole number from 0 to 65535; it is "{value}".',
};
// The value is not repeated: it may hold a password.
const DATABASE_WRONG: Text = {
  zh: "{variable} 应为 postgresql:// 开头的数据库地址。",
  en: "{variable} must be a database address that begins with postgresql://.",
};
const FOLDER_WRONG: Text = {
  zh: "{variable} 应为一个文件夹的路径。",
  en: "{variable} must be the path of a folder.",
};
const KEY_PARTS_WRONG: Text = {
  zh: "{variable} 应为两个不同文件夹的路径，以逗号分隔，保险库主密钥的两个分量各在其一。",
  en: "{variable} must be the paths of two different folders, separated by a comma; each holds one part of the vault's key.",
};
const MODE_WRONG: Text = {
  zh: "{variable} 应为 demo 或 live，现为“{value}”。",
  en: '{variable} must be demo or live; it is "{value}".',
};
const DEMO_WRONG: Text = {
  zh: "{variable} 应为 furnished 或 empty，现为“{value}”。",
  en: '{variable} must be furnished or empty; it is "{value}".',
};
const WITHOUT_WRONG: Text = {
  zh: "{variable} 应为演示中不预先收录的试点，以逗号分隔，如 payment-tokens；现为“{value}”。",
  en: '{variable} must be pilots that the demonstration leaves out, separated by commas, such as payment-tokens; it is "{value}".',
};
const WITHOUT_IN_LIVE: Text = {
  zh: "{variable} 只用于 demo 模式。",
  en: "{variable} is for demo mode only.",
};
const SITE_WRONG: Text = {
  zh: "{variable} 应为公开网址，如 https://sandbank.example，多个以逗号分隔，第一个为主，其余为其子域名；现为“{value}”。",
  en: '{variable} must be public addresses such as https://sandbank.example, separated by commas, the first the main one and the others below it; it is "{value}".',
};
const SITE_IN_DEMO: Text = {
  zh: "{variable} 只用于 live 模式：演示只在本机提供。",
  en: "{variable} is for live mode only: the demonstration is served on this machine alone.",
};
const INSIDE_WRONG: Text = {
  zh: "{variable} 应为本机构内部的 IP 地址或网段，以逗号分隔，如 10.0.0.25；现为“{value}”。",
  en: '{variable} must be addresses or networks of your own, separated by commas, such as 10.0.0.25; it is "{value}".',
};
const PROXIES_WRONG: Text = {
  zh: "{variable} 应为代理服务器的 IP 地址或网段，以逗号分隔，如 10.0.0.7,10.1.0.0/16；现为“{value}”。",
  en: '{variable} must be addresses or networks of proxies, separated by commas, such as 10.0.0.7,10.1.0.0/16; it is "{value}".',
};
const MAIL_WRONG: Text = {
  zh: "{variable} 应为邮件服务器的地址，如 smtp://mail.example:587 或 smtps://用户:密码@mail.example。",
  en: "{variable} must be the address of a mail server, such as smtp://mail.example:587 or smtps://user:password@mail.example.",
};
const MAIL_FROM_WRONG: Text = {
  zh: "{variable} 应为发件地址，如 notices@sandbank.example；设置了邮件服务器就要写明。",
  en: "{variable} must be the address that notices come from, such as notices@sandbank.example; a mail server needs one.",
};
const SMS_WRONG: Text = {
  zh: "{variable} 应为短信网关的网址，如 https://gateway.example/v1，密钥写在 SANDBANK_SMS_KEY 中。",
  en: "{variable} must be the address of a gateway for text messages, such as https://gateway.example/v1; its key stands in SANDBANK_SMS_KEY.",
};
const SMS_KEY_WRONG: Text = {
  zh: "{variable} 应为短信网关给的密钥，不含空格。",
  en: "{variable} must be the key that the gateway gave, without spaces.",
};
const LIMIT_WRONG: Text = {
  zh: "{variable}（{meaning}，单位 {unit}）应为 {least} 到 {most} 之间的整数，现为“{value}”。",
  en: '{variable} ({meaning}, in {unit}) must be a whole number from {least} to {most}; it is "{value}".',
};
const LIMIT_UNKNOWN: Text = {
  zh: "{variable} 不是已知的限额名称，名称列在 kernel/config/limits.ts 中。",
  en: "{variable} is not the name of a limit; the names are listed in kernel/config/limits.ts.",
};

type Environment = Readonly<Record<string, string | undefined>>;

const siteText = z
  .string()
  .transform(readSite)
  .refine((site) => site !== undefined);
const networksText = z
  .string()
  .max(2_000)
  .transform((text) => text.split(",").map((one) => one.trim()))
  .refine((list) => list.length <= 50 && list.every(isNetwork));

const mailText = z
  .string()
  .max(1_000)
  .transform(readMailServer)
  .refine((server) => server !== undefined);
const fromText = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}@([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/i);
const gatewayText = z
  .string()
  .max(1_000)
  .transform(readGateway)
  .refine((url) => url !== undefined);
const keyText = z.string().regex(/^[\x21-\x7e]{1,500}$/);

/** True for an address, or a network written as one with the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = "", prefix] = text.split("/", 2);
  const version = isIP(address);
  if (version === 0 || text.split("/").length > 2) return false;
  // A prefix of nothing would believe everybody.
  return (
    prefix === undefined ||
    (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  );
}

/**
 * Reads PORT, DATABASE_URL, SANDBANK_DATA, SANDBANK_PAGES, SANDBANK_KEY_PARTS, SANDBANK_MODE,
 * SANDBANK_DEMO, SANDBANK_DEMO_WITHOUT, SANDBANK_SITE, SANDBANK_PROXIES, SANDBANK_MAIL,
 * SANDBANK_MAIL_FROM, SANDBANK_SMS, SANDBANK_SMS_KEY, SANDBANK_INSIDE and SANDBANK_LIMIT_*; empty is
 * unset.
 */
export function readConfig(env: Environment): Config | ConfigProblem {
  const port = setting(env, "PORT", { contract: portText, usual: DEFAULTS.port, text: PORT_WRONG });
  if (isConfigProblem(port)) return port;
  const databaseUrl = setting(env, "DATABASE_URL", {
    contract: databaseText.optional(),
    usual: undefined,
    text: DATABASE_WRONG,
  });
  if (isConfigProblem(databaseUrl)) return databaseUrl;
  const folders = readFolders(env);
  if (isConfigProblem(folders)) return folders;
  const data = folders.dataFolder;
  const keyParts = setting<readonly [string, string]>(env, "SANDBANK_KEY_PARTS", {
    contract: keyPartsText,
    usual: [join(data, "keys", "part-1"), join(data, "keys", "part-2")],
    text: KEY_PARTS_WRONG,
  });
  if (isConfigProblem(keyParts)) return keyParts;
  const kind = readMode(env);
  if (isConfigProblem(kind)) return kind;
  const reach = readReach(env, kind.mode);
  if (isConfigProblem(reach)) return reach;
  const post = readPost(env, kind.mode);
  if (isConfigProblem(post)) return post;
  const limits = readLimits(env);
  if (isConfigProblem(limits)) return limits;
  return {
    port,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...{ ...folders, keyParts, ...kind, ...reach },
    ...{ post, limits },
  };
}

/** Where the server keeps its things, and where pages lie that several servers share. */
function readFolders(env: Environment): Pick<Config, "dataFolder" | "pagesFolder"> | ConfigProblem {
  const folder = <T extends string | undefined>(variable: string, usual: T) => {
    const contract = folderText as z.ZodType<string | T>;
    return setting<string | T>(env, variable, { contract, usual, text: FOLDER_WRONG });
  };
  const data = folder("SANDBANK_DATA", DEFAULTS.dataFolder);
  if (isConfigProblem(data)) return data;
  const pages = folder("SANDBANK_PAGES", undefined);
  if (isConfigProblem(pages)) return pages;
  return {
    dataFolder: resolve(data),
    ...(pages === undefined ? {} : { pagesFolder: resolve(pages) }),
  };
}

/** Demonstration or live, what a demonstration begins with, and what it leaves out. */
function readMode(
  env: Environment,
): Pick<Config, "mode" | "furnished" | "demoWithout"> | ConfigProblem {
  const mode = setting<Mode>(env, "SANDBANK_MODE", {
    contract: modeText,
    usual: DEFAULTS.mode,
    text: MODE_WRONG,
  });
  if (isConfigProblem(mode)) return mode;
  const begins = setting<z.infer<typeof demoText>>(env, "SANDBANK_DEMO", {
    ...{ contract: demoText, usual: "furnished", text: DEMO_WRONG },
  });
  if (isConfigProblem(begins)) return begins;
  const demoWithout = readWithout(env, mode);
  if (isConfigProblem(demoWithout)) return demoWithout;
  // What a furnished one begins with stands on pilots that this one may not have.
  const furnished = mode === "demo" && begins === "furnished" && demoWithout === undefined;
  return {
    ...{ mode, furnished },
    ...(demoWithout === undefined ? {} : { demoWithout }),
  };
}

/** What the demonstration does not put on record by itself. */
function readWithout(env: Environment, mode: Mode): Config["demoWithout"] | ConfigProblem {
  const variable = "SANDBANK_DEMO_WITHOUT";
  const accepted = { contract: pilotsText, usual: undefined, text: WITHOUT_WRONG };
  const without = setting<Config["demoWithout"]>(env, variable, accepted);
  const isLive = mode === "live" && without !== undefined && !isConfigProblem(without);
  return isLive ? wrong(variable, WITHOUT_IN_LIVE, {}) : without;
}

/** How people reach us: the public addresses, and who may stand in between. */
function readReach(env: Environment, mode: Mode): Pick<Config, "site" | "proxies"> | ConfigProblem {
  const site = setting<PublicSite | undefined>(env, "SANDBANK_SITE", {
    ...{ contract: siteText, usual: undefined, text: SITE_WRONG },
  });
  if (isConfigProblem(site)) return site;
  if (site !== undefined && mode === "demo") return wrong("SANDBANK_SITE", SITE_IN_DEMO, {});
  const proxies = setting<readonly string[] | undefined>(env, "SANDBANK_PROXIES", {
    ...{ contract: networksText, usual: undefined, text: PROXIES_WRONG },
  });
  if (isConfigProblem(proxies)) return proxies;
  return {
    ...(site === undefined ? {} : { site }),
    ...(proxies === undefined ? {} : { proxies }),
  };
}

/** Where notices go: what is named, and in the demonstration the simulated post office. */
function readPost(env: Environment, mode: Mode): PostSettings | ConfigProblem {
  const usual = mode === "demo" ? DEMO_POST : { inside: [] };
  const ask = <T>(variable: string, contract: z.ZodType<T>, text: Text) =>
    setting<T | undefined>(env, variable, { contract, usual: undefined, text });
  const server = ask("SANDBANK_MAIL", mailText, MAIL_WRONG);
  if (isConfigProblem(server)) return server;
  const from = ask("SANDBANK_MAIL_FROM", fromText, MAIL_FROM_WRONG);
  if (isConfigProblem(from)) return from;
  if (server !== undefined && from === undefined) {
    return wrong("SANDBANK_MAIL_FROM", MAIL_FROM_WRONG, {});
  }
  const url = ask("SANDBANK_SMS", gatewayText, SMS_WRONG);
  if (isConfigProblem(url)) return url;
  const key = ask("SANDBANK_SMS_KEY", keyText, SMS_KEY_WRONG);
  if (isConfigProblem(key)) return key;
  const inside = readInside(env);
  if (isConfigProblem(inside)) return inside;
  return {
    ...usual,
    ...(server === undefined || from === undefined ? {} : { mail: { ...server, from } }),
    ...(url === undefined ? {} : { sms: { url, ...(key === undefined ? {} : { key }) } }),
    ...(inside === undefined ? {} : { inside }),
  };
}

/** Addresses and networks of our own, as SANDBANK_INSIDE lists them; undefined where it is not set. */
export function readInside(env: Environment): readonly string[] | undefined | ConfigProblem {
  return setting<readonly string[] | undefined>(env, "SANDBANK_INSIDE", {
    ...{ contract: networksText, usual: undefined, text: INSIDE_WRONG },
  });
}

/** True if reading the environment found something wrong. */
export function isConfigProblem(value: unknown): value is ConfigProblem {
  return typeof value === "object" && value !== null && (value as ConfigProblem).problem === true;
}

function readLimits(env: Environment): Limits | ConfigProblem {
  const known = new Map(LIMIT_NAMES.map((name) => [limitVariable(name), name]));
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(LIMIT_PREFIX) || known.has(variable)) continue;
    return wrong(variable, LIMIT_UNKNOWN, {});
  }
  const read: Partial<Record<LimitName, number>> = {};
  for (const [variable, name] of known) {
    const { usual, least, most, unit, meaning } = LIMITS[name];
    const contract = whole.pipe(z.number().min(least).max(most));
    const value = setting(env, variable, { contract, usual, text: LIMIT_WRONG });
    if (!isConfigProblem(value)) {
      read[name] = value;
      continue;
    }
    const bounds = { least: formatCount(least, "en"), most: formatCount(most, "en"), unit };
    return {
      ...value,
      text: {
        zh: say(value.text, "zh", { ...bounds, meaning: meaning.zh }),
        en: say(value.text, "en", { ...bounds, meaning: meaning.en }),
      },
    };
  }
  return read as Limits;
}

function setting<T>(
  env: Environment,
  variable: string,
  accepted: { readonly contract: z.ZodType<T>; readonly usual: T; readonly text: Text },
): T | ConfigProblem {
  const value = env[variable];
  if (value === undefined || value === "") return accepted.usual;
  const read = accepted.contract.safeParse(value);
  return read.success ? read.data : wrong(variable, accepted.text, { value: value.slice(0, 60) });
}

function wrong(
  variable: string,
  text: Text,
  params: Readonly<Record<string, string>>,
): ConfigProblem {
  const named = { ...params, variable };
  return {
    problem: true,
    variable,
    text: { zh: say(text, "zh", named), en: say(text, "en", named) },
  };
}

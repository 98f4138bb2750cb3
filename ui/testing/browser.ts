/**
 * A Chromium for tests, with nothing to install: one of the machine if there is one, else the one
 * that comes with `npm ci`, unpacked once per user into the temporary folder together with the
 * libraries and fonts that it needs. It never talks to anybody but the page under test.
 */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { fontProxy } from "./fonts.ts";

/** What to do where no Chromium starts; the message of the error that `browser` throws. */
export const NO_BROWSER =
  "No Chromium could be started: run `npm ci` on linux-x64, or set CHROMIUM to the path of one, " +
  "or set SANDBANK_NO_BROWSER=1 to go without the browser tests";

/** The reason to skip browser tests, or false. Only asking for it in so many words skips them. */
export const noBrowser: string | false =
  process.env["SANDBANK_NO_BROWSER"] === "1" ? "SANDBANK_NO_BROWSER=1" : false;

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
] as const;

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--font-render-hinting=none",
] as const;

const START_MS_MAX = 30_000;

interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface TestBrowser {
  readonly browser: Browser;
  /** A fresh context: no cookies, no cache, Chinese glyphs, the size and scheme asked for. */
  open(options?: OpenOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Width in CSS pixels; 1440 unless told. The height follows: a phone's below 500, else a desk's. */
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly javaScript?: boolean;
  readonly locale?: "zh-CN" | "en-GB";
}

/** Starts a Chromium in a new, empty profile. Throws `NO_BROWSER` if none can be started. */
export async function browser(): Promise<TestBrowser> {
  const failures: string[] = [];
  for (const find of [asked, installed, carried]) {
    try {
      const program = await find();
      if (program !== undefined) return await start(program);
    } catch (failure) {
      failures.push(failure instanceof Error ? failure.message : String(failure));
    }
  }
  throw new Error(`${NO_BROWSER}.\n${failures.join("\n")}`);
}

async function asked(): Promise<Program | undefined> {
  const path = process.env["CHROMIUM"];
  return path === undefined || path === "" ? undefined : { path, env: {} };
}

async function installed(): Promise<Program | undefined> {
  const path = INSTALLED.find((one) => existsSync(one));
  return path === undefined ? undefined : { path, env: {} };
}

/** The carried Chromium, unpacked beside its final place and then renamed, so that two may race. */
async function carried(): Promise<Program | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const root = dirname(dirname(entry));
  const { version } = createRequire(import.meta.url)(join(root, "package.json")) as {
    version: string;
  };
  const home = join(tmpdir(), `sandbank-chromium-${version}-${userInfo().uid}`);
  if (!existsSync(home)) await unpack(root, home);
  return {
    path: join(home, "chromium"),
    env: {
      LD_LIBRARY_PATH: join(home, "al2023", "lib"),
      FONTCONFIG_FILE: join(home, "fonts.conf"),
      HOME: home,
    },
  };
}

async function unpack(root: string, home: string): Promise<void> {
  const { inflate } = (await import(pathToFileURL(join(root, "build", "index.js")).href)) as {
    inflate(file: string): Promise<string>;
  };
  const making = await mkdtemp(`${home}-making-`);
  // The package unpacks into the temporary folder and reads its name at once, when it is called.
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = making;
  const files = ["chromium.br", "fonts.tar.br", "al2023.tar.br", "swiftshader.tar.br"];
  const running = files.map((file) => inflate(join(root, "bin", file)));
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  await Promise.all(running);
  // The carried fonts.conf names folders of another system.
  await writeFile(join(making, "fonts.conf"), fontsConf(home));
  try {
    await rename(making, home);
  } catch (failure) {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(home)) throw failure;
  }
}

function fontsConf(home: string): string {
  return [
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>`,
    `<dir>${join(home, "fonts")}</dir><dir>/usr/share/fonts</dir>`,
    `<cachedir>${join(home, "fonts-cache")}</cachedir></fontconfig>`,
  ].join("");
}

async function start(program: Program): Promise<TestBrowser> {
  const profiles = join(tmpdir(), `sandbank-profiles-${userInfo().uid}`);
  await mkdir(profiles, { recursive: true });
  const proxy = await fontProxy();
  try {
    const running = await chromium.launch({
      executablePath: program.path,
      args: [...FLAGS],
      timeout: START_MS_MAX,
      // Playwright makes a new, empty profile below TMPDIR for every start and removes it afterwards.
      env: { ...definedEnv(), ...program.env, TMPDIR: profiles },
      // Without the bypass rule a browser asks this machine itself directly.
      proxy: { server: proxy.server, bypass: "<-loopback>" },
    });
    running.on("disconnected", () => proxy.end());
    return {
      browser: running,
      open: (options = {}) => openContext(running, options),
      close: () => running.close(),
    };
  } catch (failure) {
    proxy.end();
    throw failure;
  }
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

function openContext(running: Browser, options: OpenOptions): Promise<BrowserContext> {
  const { width = 1440, scheme = "light", javaScript = true, locale = "zh-CN" } = options;
  return running.newContext({
    viewport: { width, height: width < 500 ? 780 : 900 },
    colorScheme: scheme,
    javaScriptEnabled: javaScript,
    locale,
    timezoneId: "Asia/Shanghai",
  });
}

/**
 * The pages of the applications, the console and the bank's app: built on the first start into
 * `<data>/web/pages-<hash>`, or into a folder that several servers share, where the hash is of their
 * sources and of the versions that build them, and reused as long as it stays the same. They are built
 * together, so that what both need is built and kept once. The public site does not wait for it;
 * whoever comes too early is told how far it is. A warm start loads nothing of Vite.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Config } from "@sandbank/kernel/config";
import {
  escapeHtml,
  html,
  type Page,
  page,
  plainFrame,
  redirect,
  type Statics,
  statics,
} from "@sandbank/kernel/http";
import { type Lang, say } from "@sandbank/kernel/words";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BUILDER = fileURLToPath(new URL("./pages-vite.ts", import.meta.url));

/** The faces that are applications: each stands at `/{lang}/{face}/` and below. */
const APPLICATIONS = ["console", "bank"] as const;
type Application = (typeof APPLICATIONS)[number];

/** Folders whose files they are built from. Tests are no part of it. */
const SOURCES = ["apps/console", "apps/bank", "ui", "kernel/words", "kernel/money"] as const;
const VERSIONS = ["package.json"] as const;

export interface BuiltPages {
  readonly pages: readonly Page[];
  readonly assets: Statics;
  /** True once the pages are there, false if they could not be built. */
  readonly built: Promise<boolean>;
  /** Ends a build that is under way. */
  end(): void;
}

interface State {
  percent: number;
  failed: boolean;
  ready: boolean;
}

/** Starts building where that is needed, and answers at once. */
export function builtPages({
  dataFolder,
  pagesFolder,
}: Pick<Config, "dataFolder" | "pagesFolder">): BuiltPages {
  const web = pagesFolder ?? join(dataFolder, "web");
  const folder = join(web, `pages-${sourcesHash()}`);
  const state: State = { percent: 0, failed: false, ready: existsSync(folder) };
  // What lies in a shared folder may be served by somebody else.
  if (!state.ready && pagesFolder === undefined) removeEarlier(web);
  const building = state.ready ? undefined : startBuild(web, folder, state);
  return {
    pages: APPLICATIONS.flatMap((face) => pagesOf(face, { folder, state })),
    assets: statics("/page-assets", join(folder, "page-assets"), { immutable: true }),
    built: building?.built ?? Promise.resolve(true),
    end: () => void building?.child.kill(),
  };
}

/** Sixteen hexadecimal digits that change with any source of the pages or version of their tools. */
function sourcesHash(): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((folder) => sourceFiles(folder)).sort();
  for (const file of [...VERSIONS, ...files, "apps/server/src/pages-vite.ts"]) {
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "testing" ? [] : sourceFiles(path);
    const source = /\.(tsx?|css|html|json)$/.test(entry.name);
    return source && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

/** Pages of other sources, and what a build left that was cut off. */
function removeEarlier(web: string): void {
  if (!existsSync(web)) return;
  for (const name of readdirSync(web)) {
    if (/^(pages|console)-/.test(name)) rmSync(join(web, name), { recursive: true, force: true });
  }
}

function startBuild(
  web: string,
  folder: string,
  state: State,
): { readonly child: ChildProcess; readonly built: Promise<boolean> } {
  mkdirSync(web, { recursive: true });
  const making = mkdtempSync(`${folder}.making-`);
  process.stderr.write("The pages of the applications are being built.\n");
  const child = spawn(process.execPath, [BUILDER, making], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve(code));
  });
  createInterface({ input: child.stdout }).on("line", (line) => follow(line, state));
  const built = closed.then((code) => {
    const good = code === 0 && place(making, folder);
    if (!good) rmSync(making, { recursive: true, force: true });
    state.ready = good;
    state.failed = !good;
    if (!child.killed) {
      const said = good ? "are built" : "could not be built; the public site is not affected";
      process.stderr.write(`The pages of the applications ${said}.\n`);
    }
    return good;
  });
  return { child, built };
}

/** Puts what was built in its place. True if it is there, also where another server was quicker. */
function place(making: string, folder: string): boolean {
  try {
    renameSync(making, folder);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
  return existsSync(folder);
}

/** Takes one line of the builder, and passes every tenth of the way on to whoever watches. */
function follow(line: string, state: State): void {
  const [, done, of] = /^built (\d+) of (\d+)$/.exec(line) ?? [];
  if (done === undefined || of === undefined) return;
  const before = state.percent;
  state.percent = Math.max(before, Math.min(99, Math.floor((Number(done) / Number(of)) * 100)));
  const tenth = Math.floor(state.percent / 10);
  if (tenth > Math.floor(before / 10)) process.stderr.write(`  ${tenth * 10} %\n`);
}

function pagesOf(
  face: Application,
  { folder, state }: { readonly folder: string; readonly state: State },
): Page[] {
  const documents = new Map<Lang, string>();
  const document = (lang: Lang): string => {
    const known = documents.get(lang);
    if (known !== undefined) return known;
    const read = readFileSync(join(folder, face, lang, "index.html"), "utf8");
    documents.set(lang, read);
    return read;
  };
  const onwards = (path: string) =>
    page({ path, face, handle: async ({ lang }) => redirect(`/${lang}/${face}/`) });
  return [
    ...[`/${face}`, `/${face}/`, `/{lang}/${face}`].map(onwards),
    page({
      ...{ path: `/{lang}/${face}/{rest*}`, face },
      handle: async ({ lang }) => html(state.ready ? document(lang) : waitingPage(lang, state)),
    }),
  ];
}

const WAITING = {
  title: { zh: "正在生成页面", en: "The pages are being built" },
  text: {
    zh: "首次启动时要生成各应用的页面，已完成{percent}%。本页会自行刷新。",
    en: "The pages of the applications are built on the first start; {percent} % done. This page reloads itself.",
  },
  failed: {
    zh: "这些页面没有生成，原因见启动服务的终端。公示网站不受影响。",
    en: "These pages could not be built; the terminal that runs the server says why. The public site is not affected.",
  },
  site: { zh: "前往公示网站", en: "Go to the public site" },
} as const;

function waitingPage(lang: Lang, state: State): string {
  const text = state.failed
    ? WAITING.failed[lang]
    : say(WAITING.text, lang, { percent: String(state.percent) });
  const title = WAITING.title[lang];
  const body =
    `<h1>${escapeHtml(title)}</h1><p role="status">${escapeHtml(text)}</p>` +
    `<p><a href="/${lang}/">${escapeHtml(WAITING.site[lang])}</a></p>`;
  const whole = plainFrame({ lang, title, body });
  return state.failed
    ? whole
    : whole.replace("</head>", `<meta http-equiv="refresh" content="2"></head>`);
}

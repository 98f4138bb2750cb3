/**
 * Chinese glyphs for a browser on a machine without Chinese fonts: a proxy between the browser and
 * the server under test adds the faces of Noto Sans SC to every stylesheet and serves them under the
 * page's own address, so that the page's content policy stays as it is. Only the slices that a page
 * needs are read, and the browser keeps them, as it keeps everything that a server lets it keep.
 */
import { readFile } from "node:fs/promises";
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, connect, type Socket } from "node:net";
import { dirname, join } from "node:path";

const PREFIX = "/fonts-for-tests/";

let faces: Promise<string> | undefined;

function folder(): string {
  return dirname(
    createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-sc/package.json"),
  );
}

/** The @font-face rules under the names that the font stacks ask for. */
async function fontFaces(): Promise<string> {
  const rules = await readFile(join(folder(), "index.css"), "utf8");
  return rules
    .replaceAll("'Noto Sans SC Variable'", "'Noto Sans SC'")
    .replaceAll("url(./files/", `url(${PREFIX}`)
    .replaceAll("font-display: swap", "font-display: block");
}

/** A proxy of one browser; it ends with it. */
export interface FontProxy {
  /** What the browser is to be started with. */
  readonly server: string;
  end(): void;
}

/** Starts a proxy on a free port of this machine. */
export async function fontProxy(): Promise<FontProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answer) => void pass(asked, answer, agent));
  server.on("connect", tunnel);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return { server: `http://127.0.0.1:${portOf(server)}`, end: () => end(server, agent) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function end(server: Server, agent: Agent): void {
  server.close();
  server.closeAllConnections();
  agent.destroy();
}

async function pass(asked: IncomingMessage, answer: ServerResponse, agent: Agent): Promise<void> {
  const url = new URL(asked.url ?? "");
  if (url.pathname.startsWith(PREFIX)) return serve(url.pathname.slice(PREFIX.length), answer);
  const isSheet = url.pathname.endsWith(".css");
  const headers = { ...asked.headers };
  delete headers["proxy-connection"];
  // The rules are added to text: what is packed could not be read.
  if (isSheet) delete headers["accept-encoding"];
  const onward = request(url, { agent, method: asked.method ?? "GET", headers });
  // The page is to find what it would find without us: a connection that is gone.
  onward.on("error", () => answer.destroy());
  answer.on("close", () => onward.destroy());
  onward.on("response", (found) => {
    if (isSheet && found.statusCode === 200) return void extend(found, answer);
    answer.writeHead(found.statusCode ?? 502, found.rawHeaders);
    found.on("error", () => answer.destroy());
    found.pipe(answer);
  });
  asked.pipe(onward);
}

/** Answers with a stylesheet and the faces below it. */
async function extend(found: IncomingMessage, answer: ServerResponse): Promise<void> {
  faces ??= fontFaces();
  const rules = await faces;
  const parts: Buffer[] = [];
  found.on("data", (part: Buffer) => parts.push(part));
  found.on("error", () => answer.destroy());
  found.on("end", () => {
    const { "content-length": _, "transfer-encoding": __, ...headers } = found.headers;
    answer.writeHead(200, headers);
    answer.end(`${Buffer.concat(parts).toString("utf8")}\n${rules}`);
  });
}

async function serve(name: string, answer: ServerResponse): Promise<void> {
  const known = /^[a-z0-9-]+\.woff2$/.test(name);
  const body = known
    ? await readFile(join(folder(), "files", name)).catch(() => undefined)
    : undefined;
  if (body === undefined) return void answer.writeHead(404).end();
  answer.writeHead(200, { "content-type": "font/woff2", "cache-control": "max-age=31536000" });
  answer.end(body);
}

/** A page that is served encrypted passes as it is, and goes without our glyphs. */
function tunnel(asked: IncomingMessage, client: Socket, head: Buffer): void {
  const { hostname, port } = new URL(`http://${asked.url}`);
  const onward = connect(Number(port), hostname, () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    onward.write(head);
    onward.pipe(client).pipe(onward);
  });
  onward.on("error", () => client.destroy());
  client.on("error", () => onward.destroy());
}

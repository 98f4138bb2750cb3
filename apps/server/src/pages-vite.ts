/**
 * Builds the applications with Vite, in a process of its own so that the server goes on answering. Its
 * lines on standard output are the only thing it says: `built <n> of <m>` and, once, `done`.
 */
import { fileURLToPath } from "node:url";

const APPS = fileURLToPath(new URL("../../", import.meta.url));
const PAGES = ["console/zh", "console/en", "bank/zh", "bank/en"] as const;

/** How many modules they are made of, roughly; only for the share that people are shown. */
const MODULES_EXPECTED = 1_360;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("the folder to build into is missing");
const { build } = await import("vite");
const { default: react } = await import("@vitejs/plugin-react");

let built = 0;
await build({
  root: APPS,
  base: "/",
  configFile: false,
  envFile: false,
  publicDir: false,
  logLevel: "error",
  plugins: [
    react(),
    {
      name: "progress",
      moduleParsed() {
        built += 1;
        if (built % 10 === 0) process.stdout.write(`built ${built} of ${MODULES_EXPECTED}\n`);
      },
    },
  ],
  build: {
    outDir: folder,
    emptyOutDir: true,
    assetsDir: "page-assets",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    target: "es2024",
    rolldownOptions: { input: PAGES.map((page) => `${APPS}${page}/index.html`) },
  },
});
process.stdout.write(`built ${built} of ${built}\ndone\n`);

/** The browser bench: a Chromium that comes with the project, and the questions asked of every page. */
export * from "./browser.ts";
export * from "./look.ts";
export * from "./stray.ts";
export * from "./ways.ts";

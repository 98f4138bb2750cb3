/** Pages of the applications that tests build once for all of them, where whoever runs them says so. */
import process from "node:process";
import type { Config } from "@sandbank/kernel/config";

/** What a server that a test starts in its own process is told of them. */
export function sharedPages(): Pick<Config, "pagesFolder"> {
  const folder = process.env["SANDBANK_PAGES"];
  return folder === undefined || folder === "" ? {} : { pagesFolder: folder };
}

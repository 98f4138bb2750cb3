/** Opens the store that a server keeps, for commands beside it or while it is down. */
import { isConfigProblem, readConfig } from "@sandbank/kernel/config";
import { type Database, openDatabase, StoreProblem } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import { migrations, roles } from "@sandbank/server";

/** The store by the same environment as the server's, or the sentence that says why not. */
export async function openStoreHere(): Promise<Database | Text> {
  const config = readConfig(process.env);
  if (isConfigProblem(config)) return config.text;
  try {
    return await openDatabase({
      url: config.databaseUrl,
      folder: config.dataFolder,
      mode: config.mode,
      ...{ migrations, roles, join: true },
    });
  } catch (error) {
    if (error instanceof StoreProblem) return error.text;
    throw error;
  }
}

/** True if opening gave a store. */
export function isStore(opened: Database | Text): opened is Database {
  return "owner" in opened;
}

/** `sandbank backup` and `sandbank restore`: the embedded store copied whole, and verified. */
import { backup as copyStore, restore as copyBack, StoreProblem } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import { type Asked, type CliCommand, complain, say } from "./command.ts";
import { isStore, openStoreHere } from "./store.ts";

const FOLDER: Text = { zh: "须给出文件夹。", en: "Give a folder." };

export const backup: CliCommand = {
  name: "backup",
  summary: { zh: "备份内置数据库，不停机", en: "Back up the embedded store while it works" },
  usage: "backup <empty folder>",
  options: {},
  about: {},
  async run({ lang, positionals: [folder] }) {
    if (folder === undefined) return complain(lang, FOLDER);
    const store = await openStoreHere();
    if (!isStore(store)) return complain(lang, store);
    try {
      const manifest = await copyStore(store, folder);
      const count = String(manifest.files.length);
      say(lang, {
        zh: `已备份 ${count} 个文件：${folder}`,
        en: `Backed up ${count} files to ${folder}`,
      });
      return 0;
    } catch (error) {
      return told(lang, error);
    } finally {
      await store.end();
    }
  },
};

export const restore: CliCommand = {
  name: "restore",
  summary: { zh: "把备份恢复到一个空文件夹", en: "Restore a backup into an empty data folder" },
  usage: "restore <backup folder> <empty data folder>",
  options: {},
  about: {},
  async run({ lang, positionals: [from, to] }) {
    if (from === undefined || to === undefined) return complain(lang, FOLDER);
    try {
      await copyBack(from, to);
    } catch (error) {
      return told(lang, error);
    }
    say(lang, {
      zh: `已恢复到 ${to}。日志若短于已见证的检查点，发布者不会签名。`,
      en: `Restored to ${to}. A log shorter than its witnessed checkpoint will not be signed.`,
    });
    return 0;
  },
};

function told(lang: Asked["lang"], error: unknown): number {
  if (error instanceof StoreProblem) return complain(lang, error.text);
  throw error;
}

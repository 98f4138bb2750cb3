/** `sandbank admin invite`: the first administrator of a live installation, by a link for a passkey. */
import { openIdentity } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { type CliCommand, complain, say } from "./command.ts";
import { isStore, openStoreHere } from "./store.ts";

export const admin: CliCommand = {
  name: "admin",
  summary: { zh: "邀请管理员登记通行密钥", en: "Invite an administrator to register a passkey" },
  usage: "admin invite --site <https address> --name <name> --organisation <id>",
  options: {
    site: { type: "string" },
    name: { type: "string" },
    organisation: { type: "string", default: "operator" },
  },
  about: {
    site: {
      zh: "网站地址，通行密钥将绑定于此",
      en: "address of the site; the passkey belongs to it",
    },
    name: { zh: "被邀请人的姓名", en: "name of the person invited" },
    organisation: { zh: "所属机构的编号", en: "id of the organisation" },
  },
  async run({ lang, values, positionals: [verb] }) {
    const { site, name, organisation } = values;
    if (verb !== "invite" || typeof site !== "string" || typeof name !== "string") {
      return complain(lang, {
        zh: "用法：admin invite --site <地址> --name <姓名>",
        en: "Usage: admin invite --site <address> --name <name>",
      });
    }
    const store = await openStoreHere();
    if (!isStore(store)) return complain(lang, store);
    try {
      const origin = new URL(site).origin;
      const identity = openIdentity({
        store: store.as("sandbank_identity"),
        mode: store.mode,
        site: { id: new URL(site).hostname, name: "Sandbank 沙岸", origins: [origin] },
      });
      const id = String(organisation);
      const made = await identity.inviteAdmin({
        organisation: { id, kind: "platform", name: { zh: id, en: id }, fictional: false },
        name: { zh: name, en: name },
        lang,
      });
      if (isRefusal(made)) return complain(lang, { zh: made.code, en: made.code });
      const link = `${origin}/${lang}/console/invite/${made.secret}`;
      say(lang, { zh: `邀请链接（一次有效）：${link}`, en: `Invitation, valid once: ${link}` });
      return 0;
    } finally {
      await store.end();
    }
  },
};

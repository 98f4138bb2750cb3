/**
 * `sandbank admin invite`: a person of staff of a live installation, by a link for a passkey. The
 * first one is how an installation is taken into use.
 */
import { isConfigProblem, readConfig } from "@sandbank/kernel/config";
import {
  type Identity,
  openIdentity,
  type Organisation,
  ORGANISATION_KINDS,
  type Role,
  ROLES,
} from "@sandbank/kernel/identity";
import { isRefusal, type Text } from "@sandbank/kernel/words";
import { type Asked, type CliCommand, complain, say } from "./command.ts";
import { isStore, openStoreHere } from "./store.ts";

interface Invitation {
  readonly origin: string;
  readonly name: string;
  readonly organisation: string;
  readonly kind: Organisation["kind"];
  readonly roles: readonly Role[];
}

export const admin: CliCommand = {
  name: "admin",
  summary: { zh: "邀请工作人员登记通行密钥", en: "Invite a person of staff to register a passkey" },
  usage:
    "admin invite --name <name> [--organisation <id> --kind <kind> --role <role> …] [--site <address>]",
  options: {
    site: { type: "string" },
    name: { type: "string" },
    organisation: { type: "string", default: "operator" },
    kind: { type: "string", default: "platform" },
    role: { type: "string", multiple: true, default: ["administrator"] },
  },
  about: {
    site: {
      zh: "网站地址，通行密钥将绑定于此；不写则为 SANDBANK_SITE",
      en: "address of the site, to which the passkey belongs; SANDBANK_SITE unless told",
    },
    name: { zh: "被邀请人的姓名", en: "name of the person invited" },
    organisation: { zh: "所属机构的编号", en: "id of the organisation" },
    kind: {
      zh: `机构尚未登记时的种类：${ORGANISATION_KINDS.join("、")}`,
      en: `kind of an organisation that is not there yet: ${ORGANISATION_KINDS.join(", ")}`,
    },
    role: {
      zh: `角色，可写多次：${ROLES.join("、")}`,
      en: `role, more than once: ${ROLES.join(", ")}`,
    },
  },
  async run(asked) {
    const { lang } = asked;
    const invitation = read(asked);
    if (!("origin" in invitation)) return complain(lang, invitation);
    const store = await openStoreHere();
    if (!isStore(store)) return complain(lang, store);
    const { origin } = invitation;
    try {
      const identity = openIdentity({
        store: store.as("sandbank_identity"),
        mode: store.mode,
        site: { id: new URL(origin).hostname, name: "Sandbank 沙岸", origins: [origin] },
      });
      const made = await invite(identity, invitation, lang);
      if (isRefusal(made)) return complain(lang, { zh: made.code, en: made.code });
      const link = `${origin}/${lang}/${made.face}/invite/${made.secret}`;
      say(lang, { zh: `邀请链接（一次有效）：${link}`, en: `Invitation, valid once: ${link}` });
      return 0;
    } finally {
      await store.end();
    }
  },
};

/** An organisation that is there keeps its names and kind. */
async function invite(identity: Identity, asked: Invitation, lang: Asked["lang"]) {
  const { organisation: id, kind, name, roles } = asked;
  const known = await identity.findOrganisation(id);
  const organisation = known ?? { id, kind, name: { zh: id, en: id }, fictional: false };
  // Customers have an app of their own; everybody else works at the console.
  const face = organisation.kind === "customers" ? "bank" : "console";
  const made = await identity.inviteAdmin({
    ...{ organisation, name: { zh: name, en: name }, roles, lang, face },
  });
  return isRefusal(made) ? made : { ...made, face };
}

function read({ values, positionals: [verb] }: Asked): Invitation | Text {
  const { name, organisation, kind, role } = values;
  const config = readConfig(process.env);
  if (isConfigProblem(config)) return config.text;
  const site = values["site"] ?? config.site?.origin;
  const url = typeof site === "string" ? URL.parse(site) : null;
  if (verb !== "invite" || url === null || typeof name !== "string") {
    return {
      zh: "用法：admin invite --name <姓名> --site <地址>（已设 SANDBANK_SITE 时不必写 --site）",
      en: "Usage: admin invite --name <name> --site <address> (no --site where SANDBANK_SITE is set)",
    };
  }
  if (config.site !== undefined && !config.site.origins.includes(url.origin)) {
    return {
      zh: `${url.origin} 不在 SANDBANK_SITE 中，那里登记的通行密钥不能用来登录。`,
      en: `${url.origin} is not in SANDBANK_SITE: a passkey registered there would sign nobody in.`,
    };
  }
  const wanted = Array.isArray(role) ? role.map(String) : [];
  const roles = ROLES.filter((one) => one !== "system" && wanted.includes(one));
  const kindRead = ORGANISATION_KINDS.find((one) => one === kind);
  if (kindRead === undefined || roles.length !== new Set(wanted).size) {
    return {
      zh: "没有这样的机构种类或角色；admin --help 列出了全部。",
      en: "There is no such kind of organisation or role; admin --help lists them.",
    };
  }
  return { origin: url.origin, name, organisation: String(organisation), kind: kindRead, roles };
}

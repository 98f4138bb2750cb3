/** Two versions on file, clause by clause; which two stands in the address. */
import type { ApplicationAnswer, DifferencesAnswer } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { applicationWords as words, WEIGHT_WORDS } from "../words/application.words.ts";

interface DifferencesProps {
  readonly slug: string;
  readonly query: URLSearchParams;
}

export function DifferencesPage({ slug, query }: DifferencesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [from, to] = [query.get("from") ?? "1", query.get("to") ?? "1"];
  const path = `/api/applications/${encodeURIComponent(slug)}`;
  const application = useAsk<ApplicationAnswer>(path, { lang });
  const found = useAsk<DifferencesAnswer>(
    `${path}/differences?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
    { lang },
  );
  const { value } = application;
  const above = [
    { to: addressOf(lang, ["applications"]), label: say(words.title) },
    {
      to: addressOf(lang, ["applications", slug]),
      label: value === undefined ? slug : say(value.name),
    },
  ];
  return (
    <Titled title={say(words.differences, { from, to })} above={above}>
      {value !== undefined && (
        <p className="row">
          {(["from", "to"] as const).map((end) => (
            <Choose key={end} {...{ end, slug, range: { from, to } }} versions={value.versions} />
          ))}
        </p>
      )}
      <Pending reading={found} lines={8} />
      {found.value !== undefined && (
        <>
          <Weight of={found.value} />
          {found.value.differences.map((one) => (
            <Difference one={one} key={one.key} />
          ))}
        </>
      )}
    </Titled>
  );
}

interface ChooseProps {
  readonly end: "from" | "to";
  readonly slug: string;
  readonly range: { readonly from: string; readonly to: string };
  readonly versions: ApplicationAnswer["versions"];
}

function Choose({ end, slug, range, versions }: ChooseProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <>
      <label htmlFor={end}>{say(words[`choose_${end}`])}</label>
      <select
        id={end}
        className="mantine-Input-input"
        value={range[end]}
        onChange={(event) => {
          const next = { ...range, [end]: event.currentTarget.value };
          go(addressOf(lang, ["applications", slug, "differences"], next), "replace");
        }}
      >
        {versions.map(({ version }) => (
          <option value={version} key={version}>
            {say(words.version_n, { version: String(version) })}
          </option>
        ))}
      </select>
    </>
  );
}

function Weight({ of }: { readonly of: DifferencesAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (of.differences.length === 0) return <p className="panel empty">{say(words.same)}</p>;
  if (of.weights.length === 0) return <p className="note">{say(words.editorial_text)}</p>;
  return (
    <div className="note warn stack">
      <p>{say(words.material_text)}</p>
      <ul className="bullets">
        {of.weights.map((one) => (
          <li key={one}>{say(WEIGHT_WORDS[one])}</li>
        ))}
      </ul>
    </div>
  );
}

function Difference({ one }: { readonly one: DifferencesAnswer["differences"][number] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const id = `clause-${one.key.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
  return (
    <section className="panel stack" aria-labelledby={id}>
      <h2 id={id} className="row">
        <span className="mono">{one.clause}</span> {say(one.title)}
        {one.before.length === 0 && <Tag tone="live">{say(words.added)}</Tag>}
        {one.after.length === 0 && <Tag tone="off">{say(words.removed)}</Tag>}
      </h2>
      <div className="two">
        <Side lines={one.before} name={say(words.before)} look="was" />
        <Side lines={one.after} name={say(words.after)} look="is" />
      </div>
    </section>
  );
}

interface SideProps {
  readonly lines: readonly Text[];
  readonly name: string;
  readonly look: "was" | "is";
}

function Side({ lines, name, look }: SideProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (lines.length === 0) return <span />;
  return (
    <div>
      <h3 className="small">{name}</h3>
      <div className={look}>
        {lines.map((line, at) => (
          <p key={at}>{say(line)}</p>
        ))}
      </div>
    </div>
  );
}

/** The journal of a pilot: newest first, filtered by address, every act checked on request. */
import { NativeSelect } from "@mantine/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { sayCounted } from "@sandbank/ui";
import type { JournalAnswer } from "@sandbank/sandbox/contract";
import { ask, type Trouble } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { ReadingTrouble } from "../parts/trouble.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { Proof } from "../proof/proof.tsx";
import { supervised, useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { journalWords as words } from "../words/journal.words.ts";
import { ActTable, type Entry } from "./acts.tsx";

const PAGE = 50;
/** Pages read at most for one press while a filter lets nothing through. */
const PAGES_AT_ONCE = 8;
const OUTCOMES = ["accepted", "refused"] as const;
const CLASSES = ["OPEN", "USE", "SERVICE"] as const;

/** Without a pilot in the address: which journal to read. One choice is no choice. */
export function JournalsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const known = supervised(pilots.value?.pilots ?? []);
  const [only, second] = known;
  useEffect(() => {
    if (only !== undefined && second === undefined) {
      go(addressOf(lang, ["journal", only.slug]), "replace");
    }
  }, [only, second, lang]);
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.choose)}</p>}>
      <Pending reading={pilots} />
      {pilots.value !== undefined && known.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {known.length > 0 && (
        <ul className="panel rows">
          {known.map((pilot) => (
            <li key={pilot.slug}>
              <Go to={addressOf(lang, ["journal", pilot.slug])} className="go-to">
                {say(pilot.name)}
              </Go>
            </li>
          ))}
        </ul>
      )}
    </Titled>
  );
}

interface Filter {
  readonly outcome: string;
  readonly class: string;
}

function readFilter(query: URLSearchParams): Filter {
  const one = (name: string, known: readonly string[]) => {
    const value = query.get(name) ?? "";
    return known.includes(value) ? value : "";
  };
  return { outcome: one("outcome", OUTCOMES), class: one("class", CLASSES) };
}

function fits(filter: Filter, entry: Entry): boolean {
  const outcome = entry.outcome === "accepted" ? "accepted" : "refused";
  return (
    (filter.outcome === "" || filter.outcome === outcome) &&
    (filter.class === "" || filter.class === entry.class)
  );
}

interface JournalProps {
  readonly slug: string;
  readonly query: URLSearchParams;
}

export function JournalPage({ slug, query }: JournalProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const filter = readFilter(query);
  const before = /^[1-9]\d{0,17}$/.exec(query.get("before") ?? "")?.[0];
  const pilot = pilots.value?.pilots.find((one) => one.slug === slug);
  const name = pilot === undefined ? slug : say(pilot.name);
  const to = (changed: Partial<Filter>) => {
    const { outcome, class: named } = { ...filter, ...changed };
    const asked = { outcome: outcome || undefined, class: named || undefined, before };
    go(addressOf(lang, ["journal", slug], asked), "replace");
  };
  return (
    <Titled
      title={say(words.of, { pilot: name })}
      above={[{ to: addressOf(lang, ["pilots", slug]), label: name }]}
      lead={<p>{say(words.lead)}</p>}
    >
      <Filters filter={filter} to={to} />
      <Pages
        key={`${filter.outcome}/${filter.class}/${before ?? ""}`}
        {...{ slug, filter, before }}
      />
    </Titled>
  );
}

function Filters({
  filter,
  to,
}: {
  readonly filter: Filter;
  readonly to: (changed: Partial<Filter>) => void;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const all = { value: "", label: say(words.all) };
  return (
    <form
      className="filters"
      aria-label={say(words.filter)}
      onSubmit={(event) => event.preventDefault()}
    >
      <NativeSelect
        label={say(words.outcome)}
        value={filter.outcome}
        onChange={(event) => to({ outcome: event.currentTarget.value })}
        data={[
          all,
          { value: "accepted", label: say(words.accepted) },
          { value: "refused", label: say(words.refused) },
        ]}
      />
      <NativeSelect
        label={say(words.class)}
        value={filter.class}
        onChange={(event) => to({ class: event.currentTarget.value })}
        data={[all, ...CLASSES.map((name) => ({ value: name, label: name }))]}
      />
    </form>
  );
}

interface PagesProps {
  readonly slug: string;
  readonly filter: Filter;
  readonly before: string | undefined;
}

interface Read {
  readonly partition: number | null;
  readonly entries: readonly Entry[];
  readonly read: number;
  readonly next: string | null;
}

/** Reads on until a page of acts fits the filter, or the bound is met. */
async function readOn(
  path: string,
  {
    lang,
    filter,
    from,
  }: { readonly lang: "zh" | "en"; readonly filter: Filter; readonly from: Read },
): Promise<Read | Trouble> {
  let now = from;
  for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
    const before = now.next === null ? "" : `&before=${now.next}`;
    const answer = await ask<JournalAnswer>(`${path}?n=${PAGE}${before}`, { lang });
    if ("trouble" in answer) return answer.trouble;
    const { partition, entries, before: next } = answer.good;
    const kept = [...now.entries, ...entries.filter((entry) => fits(filter, entry))];
    now = { partition, entries: kept, read: now.read + entries.length, next };
    if (next === null || kept.length - from.entries.length >= PAGE) break;
  }
  return now;
}

/** The acts read so far, and the way to read more of them. */
function useActs({ slug, filter, before }: PagesProps) {
  const { lang } = useSetting();
  const [state, setState] = useState<Read>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const path = `/api/pilots/${encodeURIComponent(slug)}/journal`;
  const { outcome, class: named } = filter;
  const start: Read = useMemo(
    () => ({ partition: null, entries: [], read: 0, next: before ?? null }),
    [before],
  );
  const load = useCallback(
    async (from: Read) => {
      setBusy(true);
      const came = await readOn(path, { lang, filter: { outcome, class: named }, from });
      setBusy(false);
      if ("status" in came) return setTrouble(came);
      setTrouble(undefined);
      return setState(came);
    },
    [path, lang, outcome, named],
  );
  useEffect(() => void load(start), [load, start]);
  return { state, trouble, busy, load, start };
}

function Pages({ slug, filter, before }: PagesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { state, trouble, busy, load, start } = useActs({ slug, filter, before });
  if (trouble !== undefined) {
    return <ReadingTrouble trouble={trouble} lang={lang} again={() => void load(start)} />;
  }
  if (state === undefined) return <Waiting lang={lang} lines={8} />;
  if (state.partition === null) return <p className="panel empty">{say(words.no_partition)}</p>;
  const none = state.read === 0 ? words.empty : words.empty_filter;
  return (
    <div className="stack">
      <p className="small" role="status">
        {sayCounted(words.read, lang, { n: state.read, figure: String(state.read) })}
      </p>
      {state.entries.length === 0 ? (
        <p className="panel empty">{say(none)}</p>
      ) : (
        <Acts entries={state.entries} slug={slug} partition={state.partition} />
      )}
      <p className="row">
        {state.next === null ? (
          <span className="small">{say(words.beginning)}</span>
        ) : (
          <button
            type="button"
            className="button"
            aria-disabled={busy}
            onClick={() => void (busy || load(state))}
          >
            {say(words.older)}
          </button>
        )}
        {before !== undefined && (
          <Go to={addressOf(lang, ["journal", slug])} className="go-to">
            {say(words.newest)}
          </Go>
        )}
      </p>
    </div>
  );
}

interface ActsProps {
  readonly entries: readonly Entry[];
  readonly slug: string;
  readonly partition: number;
}

function Acts({ entries, slug, partition }: ActsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [open, setOpen] = useState<string>();
  return (
    <div className="panel flush">
      <ActTable
        entries={entries}
        act={(entry) => (
          <button
            type="button"
            className="button"
            aria-expanded={open === entry.seq}
            aria-label={say(words.check_of, { seq: entry.seq })}
            onClick={() => setOpen(open === entry.seq ? undefined : entry.seq)}
          >
            {say(words.check)}
          </button>
        )}
        below={(entry) =>
          open !== entry.seq ? undefined : (
            <section className="stack" aria-label={say(words.proof_title, { seq: entry.seq })}>
              <h2>{say(words.proof_title, { seq: entry.seq })}</h2>
              <p className="quiet">{say(words.proof_lead)}</p>
              <Proof act={{ ...actOf(entry), pilot: slug, partition }} primary />
            </section>
          )
        }
      />
    </div>
  );
}

function actOf({ seq, command, class: named, outcome }: Entry) {
  return { seq, command, class: named, outcome };
}

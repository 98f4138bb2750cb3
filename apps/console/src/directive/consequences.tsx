/** What an order would change, class by class and cap by cap: now, and after approval. */
import type { LimitsAnswer, PilotDetail } from "@sandbank/sandbox/contract";
import { Listed } from "../parts/listed.tsx";
import { Tag } from "../parts/state.tsx";
import { CLASS_WORDS, figureOf, type Limit } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { directiveWords as words } from "../words/directive.words.ts";
import { frameWords } from "../words/frame.words.ts";

type ClassName = "OPEN" | "USE" | "SERVICE";

interface ClassProps {
  readonly pilot: PilotDetail;
  readonly kind: string;
  readonly classes: readonly string[];
  readonly directive: string;
}

/** Whether a class is open after approval: what is bound without what is lifted, and what is added. */
function isOpenAfter({ pilot, kind, classes, directive }: ClassProps, name: ClassName): boolean {
  if (name === "SERVICE") return true;
  if (kind === "suspension" && classes.includes(name)) return false;
  const bound = pilot.directives.filter((one) => one.status !== "lifted");
  const stays = bound.filter((one) => {
    if (kind === "resumption") return one.kind !== "suspension";
    return kind !== "lifting" || one.id !== directive;
  });
  return !stays.some((one) => one.closes.includes(name));
}

export function ClassConsequences(props: ClassProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const rows = (["OPEN", "USE", "SERVICE"] as const).map((name) => ({
    ...{ name, before: props.pilot.policy?.classes[name] !== false },
    after: isOpenAfter(props, name),
  }));
  return (
    <div className="boxed">
      <Listed
        caption={say(words.happens_caption)}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { head: say(words.class), cell: ({ name }) => say(CLASS_WORDS[name].name) },
          { head: say(words.before), cell: ({ before }) => <OpenTag open={before} /> },
          { head: say(words.after), cell: ({ after }) => <OpenTag open={after} /> },
          {
            head: say(words.effect),
            cell: ({ name, before, after }) => say(effectOf(name, before, after)),
          },
        ]}
      />
    </div>
  );
}

function effectOf(name: ClassName, before: boolean, after: boolean) {
  if (name === "SERVICE") return words.service_stays;
  if (before === after) return words.unchanged;
  if (after) return words.opens_again;
  return name === "OPEN" ? words.open_closed : words.use_closed;
}

function OpenTag({ open }: { readonly open: boolean }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return open ? (
    <Tag tone="ok">{say(frameWords.yes_open)}</Tag>
  ) : (
    <Tag tone="stop">{say(frameWords.no_closed)}</Tag>
  );
}

interface CapProps {
  readonly limits: LimitsAnswer;
  readonly caps: readonly { readonly limit: string; readonly cap: string }[];
}

export function CapConsequences({ limits, caps }: CapProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const rows = caps.map((one) => ({
    ...one,
    known: limits.limits.find(({ id }) => id === one.limit),
  }));
  return (
    <div className="boxed">
      <Listed
        caption={say(words.caps_caption)}
        rows={rows}
        keyOf={({ limit }) => limit}
        columns={[
          {
            head: say(words.limit),
            cell: ({ limit, known }) => (known === undefined ? limit : say(known.label)),
          },
          {
            ...{ head: say(words.before), look: "num" as const },
            cell: ({ known }) => (known === undefined ? "" : figureOf(known.cap, known.unit, lang)),
          },
          {
            ...{ head: say(words.after), look: "num" as const },
            cell: ({ cap, known }) => figureOf(cap, known?.unit ?? "count", lang),
          },
          { head: say(words.effect), cell: (row) => <CapEffect {...row} /> },
        ]}
      />
    </div>
  );
}

interface CapEffectProps {
  readonly cap: string;
  readonly known: Limit | undefined;
}

function CapEffect({ cap, known }: CapEffectProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const used = known?.used ?? null;
  if (known === undefined || used === null) return <>{say(words.cap_effect_each)}</>;
  const left = BigInt(cap) - BigInt(used);
  const figure = (value: string) => figureOf(value, known.unit, lang);
  return left > 0n ? (
    <>{say(words.cap_effect_under, { left: figure(String(left)) })}</>
  ) : (
    <>{say(words.cap_effect_over, { used: figure(used) })}</>
  );
}

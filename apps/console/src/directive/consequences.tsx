/** What an order would change, class by class and cap by cap: now, and after approval. */
import type { LimitsAnswer, PilotDetail } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { CLASS_WORDS, figureOf } from "../pilot/figures.ts";
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
  return (
    <div className="boxed">
      <table className="cards">
        <caption className="sr">{say(words.happens_caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.class)}</th>
            <th scope="col">{say(words.before)}</th>
            <th scope="col">{say(words.after)}</th>
            <th scope="col">{say(words.effect)}</th>
          </tr>
        </thead>
        <tbody>
          {(["OPEN", "USE", "SERVICE"] as const).map((name) => {
            const before = props.pilot.policy?.classes[name] !== false;
            const after = isOpenAfter(props, name);
            return (
              <tr key={name}>
                <th scope="row">{say(CLASS_WORDS[name].name)}</th>
                <td data-label={say(words.before)}>
                  <OpenTag open={before} />
                </td>
                <td data-label={say(words.after)}>
                  <OpenTag open={after} />
                </td>
                <td data-label={say(words.effect)}>{say(effectOf(name, before, after))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
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
  return (
    <div className="boxed">
      <table className="cards">
        <caption className="sr">{say(words.caps_caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.limit)}</th>
            <th scope="col" className="num">
              {say(words.before)}
            </th>
            <th scope="col" className="num">
              {say(words.after)}
            </th>
            <th scope="col">{say(words.effect)}</th>
          </tr>
        </thead>
        <tbody>
          {caps.map(({ limit, cap }) => {
            const known = limits.limits.find((one) => one.id === limit);
            const unit = known?.unit ?? "count";
            const figure = (value: bigint) => figureOf(String(value), unit, lang);
            const used =
              known?.used === null || known === undefined ? undefined : BigInt(known.used);
            const left = used === undefined ? undefined : BigInt(cap) - used;
            return (
              <tr key={limit}>
                <th scope="row">{known === undefined ? limit : say(known.label)}</th>
                <td className="num" data-label={say(words.before)}>
                  {known === undefined ? "" : figureOf(known.cap, unit, lang)}
                </td>
                <td className="num" data-label={say(words.after)}>
                  {figureOf(cap, unit, lang)}
                </td>
                <td data-label={say(words.effect)}>
                  {left === undefined || used === undefined
                    ? say(words.cap_effect_each)
                    : left > 0n
                      ? say(words.cap_effect_under, { left: figure(left) })
                      : say(words.cap_effect_over, { used: figure(used) })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/**
 * The payments of the person: the latest of both kinds, or one kind page by page. Which kind and
 * which page stand in the address.
 */
import type { DeclinesAnswer, HeldPayment } from "@sandbank/tokens/contract";
import { Go } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Lines } from "../parts/lines.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { paymentWords as words } from "../words/payment.words.ts";
import { entryLine } from "./entry.tsx";
import { merged } from "./merged.ts";

const KINDS = {
  all: words.show_all,
  paid: words.show_paid,
  declined: words.show_declined,
} as const;
type Kind = keyof typeof KINDS;

const kindOf = (asked: string | null): Kind =>
  asked === "paid" || asked === "declined" ? asked : "all";

/** How many of both kinds are shown as the latest. */
const LATEST = 30;

interface Payments {
  readonly payments: readonly HeldPayment[];
  readonly next: string | null;
}

export default function PaymentsPage({ query }: { readonly query: URLSearchParams }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const kind = kindOf(query.get("show"));
  const before = query.get("before") ?? undefined;
  const asks = (wanted: Kind, path: string) =>
    kind === "all" || kind === wanted ? ofHolder(path, who, before) : undefined;
  const paid = useAsk<Payments>(asks("paid", "/api/payments"), { lang });
  const declined = useAsk<DeclinesAnswer>(asks("declined", "/api/declines"), { lang });
  const missing = kind !== "declined" && paid.value === undefined ? paid : declined;
  const whole = (kind === "declined" || paid.value) && (kind === "paid" || declined.value);
  const entries = merged(paid.value?.payments ?? [], declined.value?.declines ?? []);
  const shown = kind === "all" ? entries.slice(0, LATEST) : entries;
  const next =
    kind === "paid" ? paid.value?.next : kind === "declined" ? declined.value?.next : null;
  return (
    <Titled title={say(words.title)}>
      <div className="stack">
        <Kinds kind={kind} />
        {!whole && <Pending reading={missing} />}
        {whole && shown.length === 0 && (
          <p className="panel empty">
            {say(kind === "declined" ? words.none_declined : words.none)}
          </p>
        )}
        {whole && shown.length > 0 && (
          <section className="panel flush">
            <Lines
              label={say(KINDS[kind])}
              lines={shown.map((entry) => entryLine(entry, lang, before))}
            />
          </section>
        )}
        <Turning kind={kind} before={before} next={next ?? null} />
      </div>
    </Titled>
  );
}

function Kinds({ kind }: { readonly kind: Kind }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <nav className="row links" aria-label={say(words.show)}>
      {(Object.keys(KINDS) as Kind[]).map((one) => (
        <Go
          key={one}
          to={addressOf(lang, ["payments"], one === "all" ? {} : { show: one })}
          current={one === kind}
        >
          {say(KINDS[one])}
        </Go>
      ))}
    </nav>
  );
}

interface TurningProps {
  readonly kind: Kind;
  readonly before: string | undefined;
  readonly next: string | null;
}

function Turning({ kind, before, next }: TurningProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (before === undefined && next === null) return null;
  return (
    <p className="row">
      {before !== undefined && (
        <Go to={addressOf(lang, ["payments"], { show: kind })} className="go-to">
          {say(frameWords.newest)}
        </Go>
      )}
      {next !== null && (
        <Go to={addressOf(lang, ["payments"], { show: kind, before: next })} className="go-to">
          {say(frameWords.earlier)}
        </Go>
      )}
    </p>
  );
}

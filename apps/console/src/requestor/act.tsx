/** Registering a token requestor, and each step of its life. */
import type { RequestorDetail } from "@sandbank/tokens/contract";
import { ActPage } from "../acting/act-page.tsx";
import { useAsk } from "../ask.ts";
import { type ActField, bothOf, linesOf } from "../parts/act-field.ts";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { requestorActs, requestorWords as words } from "../words/requestor.words.ts";
import { mayRegister, requestorAct, requestorActsOpen, useTokensPilot } from "./acts.ts";
import type { RequestorAct } from "./acts.ts";

const HOST = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

export function NewRequestorPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const pilot = useTokensPilot();
  const to = addressOf(lang, ["requestors"]);
  const above = [{ to, label: say(words.title) }];
  if (pilots.value === undefined) {
    return (
      <Titled title={say(words.register)} above={above}>
        <Pending reading={pilots} />
      </Titled>
    );
  }
  return (
    <ActPage
      title={say(words.register)}
      lead={say(words.register_lead)}
      {...{ above, to }}
      open={pilot !== undefined && mayRegister(pilot, who)}
      fields={registering(say)}
      path="/api/requestors"
      body={(values) => ({
        ...{ trid: values["trid"], organisation: values["organisation"] },
        ...{ name: bothOf(values, "name"), domains: linesOf(values, "domains") },
      })}
    />
  );
}

function registering(say: Saying): readonly ActField[] {
  return [
    {
      ...({ kind: "line", name: "trid", label: say(words.trid) } as const),
      hint: say(words.trid_hint),
      form: { of: /^[0-9]{11}$/, wanted: say(words.trid_wanted) },
    },
    {
      ...({ kind: "line", name: "organisation", label: say(words.organisation) } as const),
      hint: say(words.organisation_hint),
      form: { of: /^[A-Za-z0-9_.:-]{1,80}$/, wanted: say(words.organisation_wanted) },
    },
    { kind: "both", name: "name", label: say(words.name) },
    {
      ...({ kind: "lines", name: "domains", label: say(words.domains), optional: true } as const),
      hint: say(words.domains_hint),
      form: { of: HOST, wanted: say(words.domains_wanted) },
    },
  ];
}

interface RequestorActPageProps {
  readonly trid: string;
  readonly act: RequestorAct;
}

export function RequestorActPage({ trid, act }: RequestorActPageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = `/api/requestors/${encodeURIComponent(trid)}`;
  const reading = useAsk<RequestorDetail>(path, { lang });
  const pilot = useTokensPilot();
  const one = reading.value;
  const to = addressOf(lang, ["requestors", trid]);
  const list = addressOf(lang, ["requestors"]);
  const { name, lead } = requestorActs[act];
  const above = [
    { to: list, label: say(words.title) },
    { to, label: one === undefined ? trid : say(one.name) },
  ];
  if (one === undefined || pilot === undefined) {
    return (
      <Titled title={say(name)} above={above}>
        {reading.trouble?.status === 404 ? <Gone to={list} /> : <Pending reading={reading} />}
      </Titled>
    );
  }
  const { two, grave } = requestorAct(act);
  return (
    <ActPage
      title={say(name)}
      lead={say(lead)}
      two={two ? "institution" : false}
      {...{ above, to, grave }}
      open={requestorActsOpen(one, pilot, who).includes(act)}
      fields={[]}
      path={`${path}/${act}`}
      body={() => undefined}
    />
  );
}

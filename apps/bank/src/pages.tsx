/**
 * Which page stands at which address. The tokens come with the app itself; everything else is
 * fetched when somebody goes there, so that the first page opens fast.
 */
import { Go } from "@sandbank/ui/face/parts";
import { lazy, Suspense } from "react";
import { HomePage } from "./home/home.tsx";
import { Titled } from "./parts/titled.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { sayIn, useSetting } from "./setting.ts";
import { isTokenPart } from "./token/part.ts";
import { TokenPage } from "./token/token.tsx";
import { addressOf, readPlace, useAddress } from "./way.ts";
import { frameWords as words } from "./words/frame.words.ts";

const CardsPage = lazy(() => import("./card/cards.tsx"));
const BindPage = lazy(() => import("./card/bind.tsx"));
const IssuePage = lazy(() => import("./token/issue.tsx"));
const LimitsPage = lazy(() => import("./token/limits.tsx"));
const HoursPage = lazy(() => import("./token/hours.tsx"));
const PaymentsPage = lazy(() => import("./payment/payments.tsx"));
const DeclinePage = lazy(() => import("./payment/decline.tsx"));
const NoticesPage = lazy(() => import("./notice/notices.tsx"));
const MePage = lazy(() => import("./settings/me.tsx"));
const SettingsPage = lazy(() => import("./settings/settings.tsx"));
const RightsPage = lazy(() => import("./right/rights.tsx"));
const ComplaintsPage = lazy(() => import("./complaint/complaints.tsx"));
const LodgePage = lazy(() => import("./complaint/lodge.tsx"));
const ComplaintPage = lazy(() => import("./complaint/complaint.tsx"));
const LeavingPage = lazy(() => import("./leaving/leaving.tsx"));
const ReceiptPage = lazy(() => import("./leaving/receipt.tsx"));
const DevicesPage = lazy(() => import("./device/devices.tsx"));

export function Pages({ signedOut }: { signedOut(): void }) {
  const { lang } = useSetting();
  const { parts, query } = readPlace(useAddress());
  return (
    <Suspense fallback={<Waiting lang={lang} />}>
      <Page parts={parts} query={query} signedOut={signedOut} />
    </Suspense>
  );
}

interface PageProps {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  signedOut(): void;
}

function Page({ parts, query, signedOut }: PageProps) {
  const [section, one, act] = parts;
  if (section === undefined) return <HomePage />;
  if (section === "tokens" || section === "cards") return <Held parts={parts} query={query} />;
  if (section === "payments" && one === undefined) return <PaymentsPage query={query} />;
  if (section === "payments" && one === "declined" && act !== undefined) {
    return <DeclinePage act={act} query={query} key={act} />;
  }
  if (section === "complaints" && act === undefined) {
    if (one === undefined) return <ComplaintsPage />;
    return one === "new" ? <LodgePage query={query} /> : <ComplaintPage id={one} key={one} />;
  }
  if (section === "receipts" && one !== undefined && act === undefined) {
    return <ReceiptPage id={one} key={one} />;
  }
  if (one !== undefined) return <Absent />;
  switch (section) {
    case "notices":
      return <NoticesPage query={query} />;
    case "me":
      return <MePage signedOut={signedOut} />;
    case "settings":
      return <SettingsPage />;
    case "rights":
      return <RightsPage />;
    case "devices":
      return <DevicesPage />;
    case "leaving":
      return <LeavingPage />;
    default:
      return <Absent />;
  }
}

/** Pages of cards and tokens. */
function Held({ parts, query }: Pick<PageProps, "parts" | "query">) {
  const [section, one, part, act] = parts;
  if (section === "cards" && one === undefined) return <CardsPage />;
  if (section === "cards" && one === "new" && part === undefined) return <BindPage />;
  if (section !== "tokens" || one === undefined) return <Absent />;
  if (one === "new" && part === undefined) return <IssuePage query={query} />;
  if (part === undefined) return <TokenPage id={one} key={one} />;
  if (part === "limits" && act === "change") return <LimitsPage id={one} key={one} />;
  if (part === "hours" && act === "change") return <HoursPage id={one} key={one} />;
  if (act === undefined && isTokenPart(part)) {
    return <TokenPage id={one} part={part} key={`${one}/${part}`} />;
  }
  return <Absent />;
}

function Absent() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <Titled title={say(words.absent)}>
      <p>{say(words.absent_text)}</p>
      <p>
        <Go to={addressOf(lang, [])} className="go-to">
          {say(words.to_tokens)}
        </Go>
      </p>
    </Titled>
  );
}

/** Which page stands at which address. */
import { ApprovalPage } from "./approval/approval.tsx";
import { ApprovalsPage } from "./approval/approvals.tsx";
import { ComplaintActPage } from "./complaint/act.tsx";
import { isAct } from "./complaint/acts.ts";
import { ComplaintPage } from "./complaint/complaint.tsx";
import { DeskPage } from "./complaint/desk.tsx";
import { ApplicationPage } from "./application/application.tsx";
import { ApplicationsPage } from "./application/applications.tsx";
import { DifferencesPage } from "./application/differences.tsx";
import { StepPage } from "./application/step.tsx";
import { isStep } from "./application/steps.ts";
import { ClaimPage } from "./compensation/claim.tsx";
import { isClaimAct } from "./compensation/acts.ts";
import { ClaimActPage, FundPage } from "./compensation/forms.tsx";
import { PoolPage } from "./compensation/pool.tsx";
import { PoolsPage } from "./compensation/pools.tsx";
import { TermsPage } from "./compensation/terms.tsx";
import { ContactsPage } from "./contact/contacts.tsx";
import { EditPage } from "./declaring/edit.tsx";
import { DirectivePage } from "./directive/directive.tsx";
import { DirectivesPage } from "./directive/directives.tsx";
import { EndingActPage } from "./ending/act.tsx";
import { isEndingAct } from "./ending/acts.ts";
import { EndingPage } from "./ending/ending.tsx";
import { EvaluationActPage } from "./evaluation/act.tsx";
import { isAct as isEvaluationAct } from "./evaluation/acts.ts";
import { EvaluationPage } from "./evaluation/evaluation.tsx";
import { EvaluationsPage } from "./evaluation/evaluations.tsx";
import { ExitActPage } from "./exit/act.tsx";
import { isAct as isExitAct } from "./exit/acts.ts";
import { ExitPage } from "./exit/exit.tsx";
import { ExitsPage } from "./exit/exits.tsx";
import { AnswerPage } from "./hearing/answer.tsx";
import { CommentsPage } from "./hearing/desk.tsx";
import { ErasePage } from "./hearing/erase.tsx";
import { ModeratePage } from "./hearing/moderate.tsx";
import { InboxPage } from "./inbox/inbox.tsx";
import { IncidentStepPage, NewIncidentPage } from "./incident/act.tsx";
import { isStep as isIncidentStep } from "./incident/acts.ts";
import { IncidentPage } from "./incident/incident.tsx";
import { IncidentsPage } from "./incident/incidents.tsx";
import { IndicatorPage } from "./indicator/indicator.tsx";
import { IndicatorsPage } from "./indicator/indicators.tsx";
import { JournalPage, JournalsPage } from "./journal/journal.tsx";
import { MisusePage } from "./misuse/misuse.tsx";
import { Go } from "./parts/go.tsx";
import { Titled } from "./parts/titled.tsx";
import { PasskeysPage } from "./passkey/passkeys.tsx";
import { PilotPage } from "./pilot/pilot.tsx";
import { PilotsPage } from "./pilot/pilots.tsx";
import { isRequestorAct } from "./requestor/acts.ts";
import { NewRequestorPage, RequestorActPage } from "./requestor/act.tsx";
import { RequestorPage } from "./requestor/requestor.tsx";
import { RequestorsPage } from "./requestor/requestors.tsx";
import { TOKEN_SECTIONS } from "./requestor/ways.tsx";
import { RequestKeysPage } from "./request-key/keys.tsx";
import { isSceneAct } from "./scene/acts.ts";
import { NewScenePage, SceneActPage } from "./scene/act.tsx";
import { ScenePage } from "./scene/scene.tsx";
import { ScenesPage } from "./scene/scenes.tsx";
import { ServicePage } from "./service/service.tsx";
import { sayIn, useSetting } from "./setting.ts";
import { SigningKeysPage } from "./signing/keys.tsx";
import { TodayPage } from "./today/today.tsx";
import { TurnPage } from "./vault/turn.tsx";
import { isTurn } from "./vault/turns.ts";
import { VaultPage } from "./vault/vault.tsx";
import { addressOf, readPlace, useAddress } from "./way.ts";
import { frameWords } from "./words/frame.words.ts";

export function Pages() {
  const { parts, query } = readPlace(useAddress());
  const [section, one, act, step] = parts;
  if (parts.length > 4) return <Absent />;
  if (section === undefined) return <TodayPage />;
  if (section === "pilots" && one === undefined) return <PilotsPage />;
  if (section === "pilots" && one !== undefined && act === undefined)
    return <PilotPage slug={one} key={one} />;
  if (section === "approvals" && one === undefined) return <ApprovalsPage />;
  if (section === "approvals" && one !== undefined && act === undefined) {
    return <ApprovalPage id={one} key={one} />;
  }
  if (section === "directives" && one === undefined) return <DirectivesPage />;
  if (section === "directives" && one !== undefined && act !== undefined) {
    return <DirectivePage slug={one} kind={act} step={step} key={`${one}/${act}`} />;
  }
  if (section === "indicators" && one !== undefined && act === undefined) {
    return <IndicatorsPage slug={one} query={query} key={one} />;
  }
  if (section === "indicators" && one !== undefined && act !== undefined && step === undefined) {
    return <IndicatorPage slug={one} id={act} query={query} key={`${one}/${act}`} />;
  }
  if (section === "journal" && one === undefined) return <JournalsPage />;
  if (section === "journal" && one !== undefined && act === undefined) {
    return <JournalPage slug={one} query={query} key={one} />;
  }
  if (section === "passkeys" && one === undefined) return <PasskeysPage />;
  if (section === "signing-keys" && one === undefined) return <SigningKeysPage />;
  if (section === "request-keys" && one === undefined) return <RequestKeysPage />;
  if (section === "contacts" && one === undefined) return <ContactsPage />;
  if (section === "applications") return <Admission parts={parts} query={query} />;
  if (section === "evaluations" && step === undefined) return <Evaluations parts={parts} />;
  if (section === "incidents" && step === undefined) return <Incidents parts={parts} />;
  if (section === "inbox" && one === undefined) return <InboxPage />;
  if (section === "vault" && one === undefined) return <VaultPage />;
  if (section === "vault" && isTurn(one) && act === undefined) return <TurnPage turn={one} />;
  if (section === "exits" && step === undefined) return <Exits parts={parts} query={query} />;
  if (TOKEN_SECTIONS.includes(section) && step === undefined) {
    return <Tokens parts={parts} query={query} />;
  }
  return <Redress parts={parts} query={query} />;
}

interface PartProps {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** Pages of the way from a draft to a registered pilot. */
function Admission({ parts, query }: PartProps) {
  const [, slug, act, step] = parts;
  if (slug === undefined) return <ApplicationsPage />;
  if (slug === "new" && act === undefined) return <EditPage query={query} key="new" />;
  if (act === undefined) return <ApplicationPage slug={slug} key={slug} />;
  if (act === "edit" && step === undefined) {
    return <EditPage slug={slug} query={query} key={`${slug}/edit`} />;
  }
  if (act === "differences" && step === undefined) {
    return <DifferencesPage slug={slug} query={query} key={slug} />;
  }
  if (act === "comments") {
    if (step === undefined) return <CommentsPage slug={slug} query={query} key={slug} />;
    return <ModeratePage slug={slug} id={step} key={step} />;
  }
  if (act === "erasures" && step !== undefined) {
    return <ErasePage slug={slug} id={step} key={step} />;
  }
  if (act === "answer" && step === undefined) return <AnswerPage slug={slug} key={slug} />;
  if (isStep(act) && step === undefined) {
    return <StepPage slug={slug} step={act} key={`${slug}/${act}`} />;
  }
  return <Absent />;
}

/** Pages of evaluations: which pilots, one of them, one act. */
function Evaluations({ parts }: Pick<PartProps, "parts">) {
  const [, slug, act] = parts;
  if (slug === undefined) return <EvaluationsPage />;
  if (act === undefined) return <EvaluationPage slug={slug} key={slug} />;
  if (isEvaluationAct(act)) {
    return <EvaluationActPage slug={slug} act={act} key={`${slug}/${act}`} />;
  }
  return <Absent />;
}

/** Pages of exits: which pilots, one of them, one act. */
function Exits({ parts, query }: PartProps) {
  const [, slug, act] = parts;
  if (slug === undefined) return <ExitsPage />;
  if (act === undefined) return <ExitPage slug={slug} key={slug} />;
  if (isExitAct(act)) {
    return <ExitActPage slug={slug} act={act} query={query} key={`${slug}/${act}`} />;
  }
  return <Absent />;
}

/** Pages of incidents: all of them, a new one, one, one step. */
function Incidents({ parts }: Pick<PartProps, "parts">) {
  const [, id, step] = parts;
  if (id === undefined) return <IncidentsPage />;
  if (id === "new" && step === undefined) return <NewIncidentPage />;
  if (step === undefined) return <IncidentPage id={id} key={id} />;
  if (isIncidentStep(step)) return <IncidentStepPage id={id} step={step} key={`${id}/${step}`} />;
  return <Absent />;
}

/** Pages of payment tokens: requestors, scenes, misuse, holders who ask, and how they are wound up. */
function Tokens({ parts, query }: PartProps) {
  const [section, one, act] = parts;
  if (section === "holders") return one === undefined ? <ServicePage /> : <Absent />;
  if (section === "ending") {
    if (one === undefined) return <EndingPage />;
    return isEndingAct(one) && act === undefined ? (
      <EndingActPage act={one} key={one} />
    ) : (
      <Absent />
    );
  }
  if (section === "misuse") return one === undefined ? <MisusePage query={query} /> : <Absent />;
  if (section === "scenes") {
    if (one === undefined) return <ScenesPage />;
    if (one === "new" && act === undefined) return <NewScenePage />;
    if (act === undefined) return <ScenePage id={one} key={one} />;
    return isSceneAct(act) ? <SceneActPage id={one} act={act} key={act} /> : <Absent />;
  }
  if (one === undefined) return <RequestorsPage />;
  if (one === "new" && act === undefined) return <NewRequestorPage />;
  if (act === undefined) return <RequestorPage trid={one} key={one} />;
  return isRequestorAct(act) ? <RequestorActPage trid={one} act={act} key={act} /> : <Absent />;
}

/** Pages for people harmed: complaints, pools, claims. */
function Redress({ parts, query }: PartProps) {
  const [section, one, act] = parts;
  if (parts.length > 3) return <Absent />;
  if (section === "complaints" && one === undefined) return <DeskPage query={query} />;
  if (section === "complaints" && one !== undefined && act === undefined) {
    return <ComplaintPage id={one} key={one} />;
  }
  if (section === "complaints" && one !== undefined && isAct(act)) {
    return <ComplaintActPage id={one} act={act} key={`${one}/${act}`} />;
  }
  if (section === "compensation" && one === undefined) return <PoolsPage />;
  if (section === "compensation" && one !== undefined && act === undefined) {
    return <PoolPage slug={one} key={one} />;
  }
  if (section === "compensation" && one !== undefined && act === "fund") {
    return <FundPage slug={one} key={one} />;
  }
  if (section === "compensation" && one !== undefined && act === "terms") {
    return <TermsPage slug={one} key={one} />;
  }
  if (section === "claims" && one !== undefined && act === undefined) {
    return <ClaimPage id={one} key={one} />;
  }
  if (section === "claims" && one !== undefined && isClaimAct(act)) {
    return <ClaimActPage id={one} act={act} key={`${one}/${act}`} />;
  }
  return <Absent />;
}

function Absent() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <Titled title={say(frameWords.absent)}>
      <p>{say(frameWords.absent_text)}</p>
      <p>
        <Go to={addressOf(lang, [])} className="go-to">
          {say(frameWords.to_today)}
        </Go>
      </p>
    </Titled>
  );
}

/** What was handed in: the self-test, the audit, and the opinions of the experts, each when opened. */
import type { ReactNode } from "react";
import type { EvaluationFindings } from "@sandbank/sandbox/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { DIMENSION_WORDS, evaluationWords as words } from "../words/evaluation.words.ts";

const NAMES = Object.keys(DIMENSION_WORDS) as (keyof typeof DIMENSION_WORDS)[];

interface ReportProps {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly children: ReactNode;
}

function Report({ id, title, at, children }: ReportProps) {
  const { lang } = useSetting();
  return (
    <section className="panel stack" aria-labelledby={id}>
      <div className="row apart">
        <h2 id={id}>{title}</h2>
        <span className="small">{sayIn(lang)(words.filed, { at: momentText(at) })}</span>
      </div>
      {children}
    </section>
  );
}

function Hash({ of }: { readonly of: string }) {
  const { lang } = useSetting();
  return (
    <span className="small">
      {sayIn(lang)(words.evidence)} <code>{of.slice(0, 16)}…</code>
    </span>
  );
}

interface SelfTestedProps {
  readonly filed: NonNullable<EvaluationFindings["selfTest"]>;
}

export function SelfTested({ filed: { at, report } }: SelfTestedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const whole = (["commitments", "benefit", "sustainability"] as const).map(
    (name) => [say(words[name]), say(report[name])] as const,
  );
  const each = NAMES.map((name) => {
    const { finding, evidence } = report.dimensions[name];
    const value = (
      <span key={name}>
        {say(finding)} <Hash of={evidence} />
      </span>
    );
    return [say(DIMENSION_WORDS[name]), value] as const;
  });
  return (
    <Report id="self-test" title={say(words.self_test_report)} at={at}>
      <FactList facts={whole} />
      <details>
        <summary>{say(words.findings)}</summary>
        <FactList facts={each} />
      </details>
    </Report>
  );
}

interface AuditedProps {
  readonly filed: NonNullable<EvaluationFindings["audit"]>;
}

const CONCLUSION_TONES = { meets: "ok", meets_with_findings: "warn", adverse: "stop" } as const;

export function Audited({ filed: { at, report } }: AuditedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { conclusion, findings, evidence } = report;
  const facts = findings.map(
    ({ dimension, finding }) => [say(DIMENSION_WORDS[dimension]), say(finding)] as const,
  );
  return (
    <Report id="audit" title={say(words.audit_report)} at={at}>
      <p>
        <Tag tone={CONCLUSION_TONES[conclusion]}>{say(words[conclusion])}</Tag>
      </p>
      {facts.length === 0 ? (
        <p className="quiet">{say(words.no_findings)}</p>
      ) : (
        <FactList facts={facts} />
      )}
      <p>
        <Hash of={evidence} />
      </p>
    </Report>
  );
}

interface OpinionsProps {
  readonly opinions: EvaluationFindings["opinions"];
}

export function Opinions({ opinions }: OpinionsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const facts = opinions.map(
    ({ opinion }, at) => [say(words.opinion_of, { n: String(at + 1) }), say(opinion)] as const,
  );
  return (
    <section className="panel stack" aria-labelledby="opinions">
      <h2 id="opinions">{say(words.opinions)}</h2>
      <FactList facts={facts} />
    </section>
  );
}

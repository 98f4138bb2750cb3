/**
 * Figures by a name, for those who act on one: triggers of the terms, thresholds of graduation. A
 * name ends in its unit; ratios are in basis points, rounded down. The windows are hours.
 */

interface Named {
  readonly indicator: string;
  readonly figure: string;
  /** What the value is divided by: figures hold parts per million, names say basis points. */
  readonly by: bigint;
}

const PPM_PER_BASIS_POINT = 100n;

const inBasisPoints = (indicator: string, figure: string): Named => ({
  ...{ indicator, figure, by: PPM_PER_BASIS_POINT },
});
const asItIs = (indicator: string, figure: string): Named => ({ indicator, figure, by: 1n });

/** Every name there is. One that is not here is computed by nobody. */
export const NAMED: Readonly<Record<string, Named>> = {
  availability_bp: inBasisPoints("I1", "availability"),
  success_rate_bp: inBasisPoints("I2", "success"),
  technical_failures: asItIs("I2", "failures"),
  latency_p95_us: asItIs("I3", "p95"),
  latency_p99_us: asItIs("I3", "p99"),
  acts: asItIs("I4", "acts"),
  grave_incidents: asItIs("I6", "grave"),
  complaints: asItIs("I7", "complaints"),
  complaints_in_time_bp: inBasisPoints("I8", "on_time"),
  complaints_overdue: asItIs("I8", "overdue"),
  complaints_upheld_bp: inBasisPoints("I9", "upheld"),
  denial_rate_bp: inBasisPoints("I13", "denied"),
  fraud_rate_bp: inBasisPoints("I14", "rate"),
  security_events: asItIs("I15", "events"),
  records_leaked: asItIs("I15", "leaked"),
  compensation_adequacy_bp: inBasisPoints("I28", "adequacy"),
  reported_bp: inBasisPoints("I30", "received"),
};

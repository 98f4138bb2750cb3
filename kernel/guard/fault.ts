/** A command that could not be carried out for a reason that is nobody's "no": ask the log by id. */
export class GuardFault extends Error {
  override readonly name = "GuardFault";
  readonly act: string;
  constructor(act: string, cause: unknown, ending = "could not be carried out") {
    super(`the act ${act} ${ending}`, { cause });
    this.act = act;
  }
}

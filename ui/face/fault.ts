/** Something that is to be mended in a form: which field, and what is expected there. */
export interface Fault {
  readonly field: string;
  readonly text: string;
}

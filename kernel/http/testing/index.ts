/** Routes without a socket, for the tests of whoever has some. */
export { askerOf, type Asking, codeAskerOf } from "./asking.ts";

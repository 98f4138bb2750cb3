/** Links within the console. */
export { Go } from "@sandbank/ui/face/parts";

/** The tide bar, as every face draws it. */
export { TideBar } from "@sandbank/ui/face/parts";

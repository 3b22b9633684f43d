import { ExpectedError } from "../../text/errors";

/** The output folder can't be written as it is; the message says what is in the way and what to do. */
export class OutputError extends ExpectedError {}

import { Testing } from "cdktf";

Testing.setupJest();

// For what waits on another process. Jest's five seconds are too few on a machine that does something else, too.
jest.setTimeout(120_000);

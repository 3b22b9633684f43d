/** How often the event loop turns before the process is left to end by itself: what is closed is, after a turn or two. */
const TURNS = 8;

/** What keeps no work waiting: standard output and error, and files that are being closed. */
const OPEN_OUTPUT: ReadonlySet<string> = new Set(["PipeWrap", "TTYWrap"]);
const CLOSING = "CloseReq";

/**
 * Ends the process when all it wrote is with its reader and nothing else goes on in it. Left to itself Node.js first waits for what V8
 * still optimizes and collects in the background, which nobody needs any more: a tenth of a short run.
 */
export function endWhenDone(turns: number = TURNS): void {
  const open = process.getActiveResourcesInfo().filter((name) => name !== CLOSING);
  const isWritten = [process.stdout, process.stderr].every(({ writableLength }) => writableLength === 0);
  if (isWritten && open.length <= 2 && open.every((name) => OPEN_OUTPUT.has(name))) process.exit();
  if (turns > 0) setImmediate(endWhenDone, turns - 1);
}

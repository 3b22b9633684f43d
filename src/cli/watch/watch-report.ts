import { describeError, UsageError } from "../report-error";
import { say } from "../terminal";
import { shownFile, writeWhole } from "../write-whole";
import { ReportServer } from "./report-server";
import { watch, watchedArgs } from "./watch";

/** Shows the report in a browser, and in a file where one is named, as of every change. */
export async function watchReport({ out, port = 0 }: { out?: string; port?: number }): Promise<void> {
  const server = new ReportServer();
  const address = await server.start(port).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "EADDRINUSE" ? "is taken" : `can't be had (${error.message})`;
    throw new UsageError(`--port ${port} ${why}; name another, or leave it out`);
  });
  try {
    await watch(watchedArgs(), ({ page, problems }, before) => {
      server.show(page, problems);
      if (before === undefined) say(`the report is at ${address}`);
      if (page !== undefined && out !== undefined) write(out, page);
    });
  } finally {
    server.stop();
  }
}

/** A disk that is full now may have room at the next change. */
function write(out: string, page: string): void {
  try {
    writeWhole(out, page);
    say(`wrote ${shownFile(out)}`);
  } catch (error) {
    say(describeError(error));
  }
}

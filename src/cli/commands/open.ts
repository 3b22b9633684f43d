import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { kubectl, typed } from "../../live/question";
import { type ConnectionOptions, connect } from "../access/connection";
import { openBrowser, portForward } from "../access/port-forward";
import { forwardArgs, localPort, webUiOf } from "../access/web-uis";
import { canAsk, print, say } from "../terminal";
import { warnedFleet } from "../warned-fleet";

interface OpenOptions extends ConnectionOptions {
  readonly port?: number;
  readonly print?: boolean;
}

export async function open(
  name: string,
  page: string,
  options: OpenOptions,
  command: Command,
): Promise<void> {
  const target = selectTarget(warnedFleet(command, [name], []), name);
  const ui = webUiOf(target, page);
  const local = options.port ?? localPort(page, ui);
  const url = `${ui.scheme}://localhost:${local}`;
  const args = forwardArgs(ui, local);
  const login = ui.login(target.config).map((line) => `  ${line}`);
  if (options.print === true) {
    const context = options.context ?? target.workspace;
    const isOwn = options.kubeconfig !== undefined || options.context !== undefined;
    const file = options.kubeconfig === undefined ? [] : ["--kubeconfig", options.kubeconfig];
    const where =
      options.kubeconfig !== undefined && options.context === undefined
        ? file
        : [...file, "--context", context];
    print(
      [
        ...(isOwn ? [] : [`npx octarine kubeconfig ${target.name} --merge`]),
        typed(kubectl(...where, ...args)),
        `# then ${url}`,
        ...login.map((line) => `# ${line.trim()}`),
      ].join("\n"),
    );
    return;
  }
  const connection = await connect(target, options);
  try {
    await portForward([...connection.kubectlArgs, ...args], connection.env, () => {
      print(url);
      say([...login, "Ctrl-C ends it"].join("\n"));
      if (canAsk()) openBrowser(url);
    });
  } finally {
    connection.close();
  }
}

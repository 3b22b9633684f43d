import { installed } from "../../components/components";
import type { InstalledRecord, WebUi } from "../../components/component";
import type { Target } from "../../model/target";
import { unknownName } from "../../text/nearest";
import { UsageError } from "../report-error";

/** Every page that a component may have, by its name. */
export const webUis: ReadonlyMap<string, WebUi> = new Map(
  (installed as readonly InstalledRecord[]).flatMap(({ uis }) => Object.entries(uis ?? {})),
);

/**
 * A page that the target has.
 *
 * @throws UsageError
 */
export function webUiOf(target: Target, name: string): WebUi {
  const ui = webUis.get(name);
  if (ui === undefined) throw new UsageError(unknownName(name, "a page of the platform", [...webUis.keys()]));
  if (!ui.isThere(target.config)) throw new UsageError(`${target.name} has no ${name}; ${ui.key} adds it`);
  return ui;
}

/** Ports of this machine that each page has by default: those of their own documentation. */
const LOCAL_PORTS: Readonly<Record<string, number>> = {
  hubble: 12000,
  argocd: 8080,
  grafana: 3000,
  prometheus: 9090,
};

export function localPort(name: string, { port }: WebUi): number {
  return LOCAL_PORTS[name] ?? port;
}

/** Arguments of kubectl that lead a port of this machine to a page. */
export function forwardArgs({ namespace, service, port }: WebUi, local: number): string[] {
  return ["-n", namespace, "port-forward", "--address", "127.0.0.1", `svc/${service}`, `${local}:${port}`];
}

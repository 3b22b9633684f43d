import type { Monitored } from "../../components/component";
import type { Manifest } from "../manifest";
import { podMonitor } from "./pod-monitor";

/**
 * Monitors of what comes before Prometheus, by name: its charts can't bring them, since the kind is not there yet. By pod and port
 * name, so that no chart has to know of Prometheus when it is installed.
 */
export function componentMonitors(monitored: Readonly<Record<string, Monitored>>): Record<string, Manifest> {
  return Object.fromEntries(
    Object.entries(monitored).map(([name, { namespace, pods, ports }]) => [
      name,
      podMonitor(name, namespace, pods, ports),
    ]),
  );
}

import { installed } from "../../components/components";
import type { InstalledRecord } from "../../components/component";
import type { MadePods } from "../../components/flow";
import { type Attributes, text } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";

const records: readonly InstalledRecord[] = installed;
const makers = records.flatMap(({ makesPods = {} }) => Object.entries(makesPods));

/** Pods that controllers make of objects among the manifests: collectors of OpenTelemetry, proxies of Istio's Gateways. */
export function operatedPods(manifests: readonly Attributes[]): MeshPods[] {
  return manifests.flatMap((each) =>
    makers.flatMap(([kind, make]) => (text(each.kind) === kind ? make(each).map(meshPods) : [])),
  );
}

function meshPods({ namespace, name, ports, ...made }: MadePods): MeshPods {
  return {
    ...made,
    kind: "pods",
    namespace,
    name: `${namespace}/${name}`,
    ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number, protocol: "TCP" })),
  };
}

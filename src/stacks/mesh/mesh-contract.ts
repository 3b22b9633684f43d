import { text, type OutputContract } from "../base/output-contract";

/** What the mesh stack publishes. */
export const meshContract = {
  kind: text("Data plane, as configured"),
  id: text("Name of the mesh"),
  trust_domain: text("Root of workload identities; empty with Cilium"),
  network_name: text("Name of the network in the mesh; empty with Cilium"),
  address: text("Host name by which peers read Cilium's state of the cluster; empty with Istio"),
  reader_token: {
    ...text("Token by which peers read the cluster; empty but with tokenExchange: terraform-state"),
    sensitive: true,
  },
} as const satisfies OutputContract;

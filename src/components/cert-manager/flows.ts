import { at, text } from "../../values/value";
import { type FlowsOf, FROM } from "../flow";

/** Servers of ACME that its issuers name. */
export const certManagerFlows: FlowsOf = ({ objects }) =>
  objects("Issuer", "ClusterIssuer")
    .map((each) => text(at(each, "spec", "acme", "server")))
    .map((server) => ({
      kind: "outside",
      from: { pods: "cert-manager" },
      to: { server },
      why: `${FROM} orders certificates (ACME)`,
      source: "the objects that name the server",
    }));

import { fact } from "../found/fact";
import type { FoundIdentity } from "../found/software";
import type { Part } from "../part";

/** AWS roles of service accounts: by IRSA, and by EKS Pod Identity. */
export function identitiesIn(config: Part): readonly FoundIdentity[] {
  return [
    ...config.at("iam", "serviceAccounts").items().map(irsa),
    ...config.at("iam", "podIdentityAssociations").items().map(podIdentity),
  ];
}

function irsa(at: Part): FoundIdentity {
  const name = at.at("metadata", "name");
  return {
    at,
    by: "irsa",
    namespace: at.at("metadata", "namespace").text() ?? "default",
    serviceAccount: fact(name.text() ?? "", name),
    policies: at.at("attachPolicyARNs").texts(),
    statements: statementsIn(at.at("attachPolicy")),
  };
}

function podIdentity(at: Part): FoundIdentity {
  at.at("createServiceAccount").flag();
  const name = at.at("serviceAccountName");
  return {
    at,
    by: "pod-identity",
    namespace: at.at("namespace").text() ?? "default",
    serviceAccount: fact(name.text() ?? "", name),
    policies: at.at("permissionPolicyARNs").texts(),
    statements: statementsIn(at.at("permissionPolicy")),
  };
}

function statementsIn(policy: Part): FoundIdentity["statements"] {
  return policy.there ? [{ at: policy, document: policy.plain() }] : [];
}

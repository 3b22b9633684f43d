import type { Finding, TargetCheck } from "../finding";

export const secretStoreCheck: TargetCheck = ({ config: { secrets } }): Finding[] => {
  if (secrets?.delivery !== "csi" || Object.keys(secrets.stores).length === 0) return [];
  return [
    {
      path: ["secrets", "stores"],
      message:
        "are for External Secrets, and delivery: csi reads with the pods' own identities; write delivery: both, or remove them",
      related: [["secrets", "delivery"]],
    },
  ];
};

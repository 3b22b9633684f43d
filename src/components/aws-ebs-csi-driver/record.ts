import type { AddonRecord } from "../component";
import { ebsCsiAccounts } from "./calls";

export const awsEbsCsiDriver: AddonRecord<"aws-ebs-csi-driver"> = {
  kind: "add-on",
  name: "aws-ebs-csi-driver",
  stack: "nodes",
  isUsed: () => true,
  docs: "docs/architecture.md",
  roles: { "ebs-csi": "always" },
  pods: {
    "ebs-csi-controller": {
      of: "aws-ebs-csi-driver",
      labels: { app: "ebs-csi-controller" },
      serviceAccount: "ebs-csi-controller-sa",
    },
  },
  calls: ebsCsiAccounts,
  upgrade: { phase: "add-ons", restarts: "the driver; mounted volumes stay, attaching waits" },
};

import { asks, envMap } from "../chart";
import { CONTROLLER_RESTARTS, type BroughtAlong, type ChartComponentRecord } from "../component";
import { privateCaAccounts } from "./calls";
import { pins } from "./pins";
import { awsPrivatecaIssuerWork } from "./pods";

export const awsPrivatecaIssuer: ChartComponentRecord<"aws-privateca-issuer"> &
  BroughtAlong<"istio" | "cilium"> = {
  kind: "charts",
  name: "aws-privateca-issuer",
  broughtBy: ["istio", "cilium"],
  stack: "mesh",
  isUsed: ({ mesh }) => mesh?.certificateAuthority?.kind === "aws-private-ca",
  settings: ["mesh", "certificateAuthority"],
  docs: "docs/components/mesh.md",
  charts: {
    "aws-privateca-issuer": {
      repository: "https://cert-manager.github.io/aws-privateca-issuer",
      name: "aws-privateca-issuer",
      podsReadAt: ["v1.9.0"],
      requests: [asks("resources", 50, 64, 128)],
      callsOut: [envMap("env")],
    },
  },
  pins,
  registries: ["public.ecr.aws"],
  roles: { "aws-privateca-issuer": "always" },
  pods: {
    "aws-privateca-issuer": {
      of: "aws-privateca-issuer",
      labels: { "app.kubernetes.io/name": "aws-privateca-issuer" },
      serviceAccount: "aws-privateca-issuer",
      ports: { http: 8080 },
      work: awsPrivatecaIssuerWork["aws-privateca-issuer"],
    },
  },
  calls: privateCaAccounts,
  crds: {
    "awspca.cert-manager.io": ["AWSPCAClusterIssuer", "AWSPCAIssuer"],
  },
  // pkg/aws/pca.go at 1.9: without a secret, its own role.
  foreign: [{ group: "awspca.cert-manager.io", kind: "AWSPCAIssuer", resource: "awspcaissuers" }],
  upgrade: { phase: "charts", restarts: CONTROLLER_RESTARTS },
};

import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { synthesize } from "../../src/synth/synthesize";
import { aFolder } from "../support/fixtures";

/** Each name as long as config validate takes it beside a cluster's name of 32, the longest for Cilium. */
const of = (letter: string, length: number) => letter.repeat(length);
const namespace = of("n", 44);
const store = of("s", 23);
const TARGET = `release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
  subnets: { pods: { prefix: 19 } }
cluster: { name: ${of("c", 32)} }
cni: { kind: cilium-eni }
nodes:
  ${of("g", 21)}: { instanceTypes: [m7i.large], size: { min: 3, max: 6 } }
karpenter:
  classes: { ${of("k", 40)}: {} }
  pools: { ${of("p", 40)}: { class: ${of("k", 40)}, limits: { cpus: 20 } } }
secrets: { delivery: both, stores: { ${store}: { paths: [dev/], namespaces: [${namespace}] } } }
observability: { openTelemetry: { traces: { kind: xray }, namespace: ${of("o", 36)} } }
ingress: { loadBalancers: { publicNamespaces: [${namespace}] } }
mesh:
  kind: istio
  id: ${of("m", 63)}
  trustDomain: a.internal
  ingressGateway: {}
  allow: { ${of("a", 40)}: { namespace: ${namespace}, from: [${namespace}] } }
namespaces: { ${namespace}: { labels: { istio-injection: enabled } } }
traffic:
  api: istio
  gateways: { ${of("w", 40)}: { hosts: [a.example.com], namespaces: [${namespace}], tls: { secret: s } } }
backup: {}
workloads:
  ${of("w", 40)}:
    namespace: ${namespace}
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/a:1
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 1, memoryMiB: 64 }
    secrets: { ${of("d", 20)}: { kind: external-secret, store: ${store}, keys: { DB: { name: dev/db } } } }
`;

// Names are joined in the stacks; what config validate takes has to fit there, too.
test("the longest names that config validate takes are synthesized", () => {
  const dir = aFolder({ [`envs/${of("e", 20)}/us-east-1.yaml`]: TARGET });
  try {
    const fleet = loadFleet(path.join(dir, "envs"));

    expect(() => synthesize(fleet, path.join(dir, "out"))).not.toThrow();
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}, 60_000);

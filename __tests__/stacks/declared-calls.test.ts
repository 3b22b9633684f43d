import { find, MESH, namespaces, objects, service, text } from "../support/declared-calls";

/** What could close a call between two namespaces, and whether it lets the port through. */
function ways(yaml: string): Record<string, boolean> {
  const all = objects(MESH + yaml);
  const policies = (namespace: string) => text(find(all, "NetworkPolicy", namespace));
  const rules = find(all, "AuthorizationPolicy", "payments").flatMap(
    ({ spec }) => (spec as { rules?: object[] }).rules ?? [],
  );
  return {
    "leaves the caller's namespace":
      /"egress":\[\{"to":\[\{"namespaceSelector":\{"matchLabels":\{"kubernetes.io\/metadata.name":"payments"/.test(
        policies("edge"),
      ),
    "enters the other": /"ingress":\[.*"kubernetes.io\/metadata.name":"edge".*"port":8080/.test(
      policies("payments"),
    ),
    "is allowed by the mesh": rules.some((rule) => /edge.*"8080"/.test(JSON.stringify(rule))),
    "is known to the caller's sidecar": text(find(all, "Sidecar", "edge")).includes('"payments/*"'),
  };
}

const OPEN = {
  "leaves the caller's namespace": true,
  "enters the other": true,
  "is allowed by the mesh": true,
  "is known to the caller's sidecar": true,
};

// A call is only as open as what is narrowest: each key that declares one opens everything on its way.
describe("a call between namespaces of a mesh is open everywhere on its way, by whatever key it is declared", () => {
  const TO = "{ to: { namespace: payments, port: 8080 } }";

  test.each([
    [
      "a dependency",
      namespaces("", "") +
        "workloads:\n" +
        service("web", "edge", ", dependencies: [{ workload: api, ports: [http] }]") +
        service("api", "payments"),
    ],
    [
      "a caller",
      namespaces(TO, "") +
        "workloads:\n" +
        service("api", "payments", ", callers: [{ namespace: edge, ports: [http] }]"),
    ],
    ["allow of both namespaces", namespaces(TO, "{ from: { namespace: edge, port: 8080 } }")],
    [
      "a dependency on a namespace",
      namespaces("", "{ from: { namespace: edge, port: 8080 } }") +
        "workloads:\n" +
        service("web", "edge", ", dependencies: [{ namespace: payments, port: 8080 }]"),
    ],
  ])("%s", (_key, yaml) => {
    expect(ways(yaml)).toEqual(OPEN);
  });

  test("mesh.allow", () => {
    const mesh = MESH.replace(
      "ingressGateway: {}",
      "allow: { web: { namespace: payments, from: [edge], ports: [8080] } }",
    );
    const all = objects(mesh + namespaces("", ""));

    expect(text(find(all, "NetworkPolicy", "edge"))).toContain('"kubernetes.io/metadata.name":"payments"');
    expect(text(find(all, "NetworkPolicy", "payments"))).toMatch(
      /"kubernetes.io\/metadata.name":"edge"\}\}\}\],"ports":\[\{"protocol":"TCP","port":8080/,
    );
    expect(text(find(all, "AuthorizationPolicy", "payments"))).toContain('"namespaces":["edge"]');
    expect(text(find(all, "Sidecar", "edge"))).toContain('"payments/*"');
  });

  test("opens nothing where nothing is declared", () => {
    expect(Object.values(ways(namespaces("", ""))).some(Boolean)).toBe(false);
  });
});

describe("pods of one namespace of a mesh", () => {
  const sameNamespace = (yaml: string) =>
    find(objects(MESH + yaml), "AuthorizationPolicy", "payments").find(
      ({ metadata: { name } }) => name === "declared-same-namespace",
    );

  test("may call each other, as network policies let them", () => {
    expect(sameNamespace(namespaces("", ""))).toHaveProperty("spec.rules", [
      { from: [{ source: { namespaces: ["payments"] } }] },
    ]);
  });

  test("but for declared services, which say whom they call", () => {
    const yaml =
      namespaces("", "") + "workloads:\n" + service("api", "payments") + service("ledger", "payments");

    expect(sameNamespace(yaml)).toHaveProperty("spec.rules", [
      {
        from: [
          {
            source: {
              namespaces: ["payments"],
              notPrincipals: ["a.b/ns/payments/sa/api", "a.b/ns/payments/sa/ledger"],
            },
          },
        ],
      },
    ]);
  });

  // A rule of the mesh is for all pods of a namespace, and in an open network there is no second lock for services.
  test("may not where the network is open and declared services are in the namespace", () => {
    const open = "policies: { defaultDeny: { enabled: false, reason: for a short test } }\n";
    const yaml = open + namespaces("", "");

    expect(sameNamespace(yaml)).toBeDefined();
    expect(sameNamespace(yaml + "workloads:\n" + service("api", "payments"))).toBeUndefined();
  });

  test("are called by a service that depends on them", () => {
    const yaml =
      namespaces("", "") +
      "workloads:\n" +
      service(
        "api",
        "payments",
        ", dependencies: [{ namespace: payments, pods: { app: cache }, port: 6379 }]",
      );

    expect(text(find(objects(MESH + yaml), "AuthorizationPolicy", "payments"))).toContain(
      '{"selector":{"matchLabels":{"app":"cache"}},"action":"ALLOW","rules":[{"from":[{"source":{"principals":["a.b/ns/payments/sa/api"]}}],"to":[{"operation":{"ports":["6379"]}}]}]}',
    );
  });
});

describe("pods of one service", () => {
  const policies = (more: string) =>
    find(
      objects("namespaces: { payments: {} }\nworkloads:\n" + service("api", "payments", more)),
      "NetworkPolicy",
      "payments",
    ).filter(({ metadata: { name } }) => name.startsWith("api-"));
  const peer = [{ podSelector: { matchLabels: { app: "api" } } }];

  test("call each other where it is a stateful set, on all of its ports", () => {
    const ports = [8080, 9000].map((port) => ({ protocol: "TCP", port }));

    expect(policies(", controller: stateful-set").map(({ spec }) => spec)).toEqual([
      {
        podSelector: { matchLabels: { app: "api" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: peer, ports }],
      },
      {
        podSelector: { matchLabels: { app: "api" } },
        policyTypes: ["Egress"],
        egress: [{ to: peer, ports }],
      },
    ]);
  });

  test("or where it says so, on the ports that it names", () => {
    const ports = [{ protocol: "TCP", port: 9000 }];

    expect(policies(", peers: [admin]").map(({ spec }) => spec)).toMatchObject([
      { ingress: [{ from: peer, ports }] },
      { egress: [{ to: peer, ports }] },
    ]);
    expect(policies("")).toEqual([]);
    expect(policies(", controller: stateful-set, peers: []")).toEqual([]);
  });

  test("are known to the mesh by their account, those of versions too", () => {
    const yaml =
      namespaces("", "") +
      "workloads:\n" +
      service("api", "payments", ", peers: [admin]") +
      service("api-next", "payments", ", app: api, version: v2");

    expect(text(find(objects(MESH + yaml), "AuthorizationPolicy", "payments"))).toContain(
      '"principals":["a.b/ns/payments/sa/api","a.b/ns/payments/sa/api-next"]}}],"to":[{"operation":{"ports":["9000"]}}]',
    );
  });
});

test("Prometheus reads a service where it has its metrics, and nothing else of it", () => {
  const all = objects(
    "observability: { prometheus: {} }\nsecrets: {}\nnamespaces: { payments: { metricsPorts: [9090] } }\nworkloads:\n" +
      service("api", "payments"),
  );
  const from = (name: string) =>
    find(all, "NetworkPolicy", "payments")
      .filter(({ metadata }) => metadata.name === name)
      .map(({ spec }) => spec);

  expect(from("api-callers")).toMatchObject([
    {
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
          ports: [{ port: 8080 }],
        },
      ],
    },
  ]);
  expect(from("allow-metrics")).toMatchObject([
    {
      podSelector: { matchExpressions: [{ key: "octarine/workload", operator: "DoesNotExist" }] },
      ingress: [{ ports: [{ port: 9090 }] }],
    },
  ]);
});

// Helm takes over no object of another release: two of one name would end the apply.
test("rules of mesh.allow may have any name: no generated rule of their namespace has it", () => {
  const rule = "{ namespace: payments, from: [istio-ingress], ports: [8080] }";
  const mesh = MESH.replace(
    "ingressGateway: {}",
    `ingressGateway: {}, allow: { same-namespace: ${rule}, from-edge-tcp-8080: ${rule}, api: ${rule} }`,
  );
  const yaml =
    namespaces("", "{ from: { namespace: edge, port: 8080 } }") +
    "workloads:\n" +
    service("api", "payments", ", callers: [{ namespace: edge, ports: [http] }]");
  const names = find(objects(mesh + yaml), "AuthorizationPolicy", "payments").map(
    ({ metadata }) => metadata.name,
  );

  expect(names).toEqual(
    expect.arrayContaining(["same-namespace", "from-edge-tcp-8080", "declared-same-namespace"]),
  );
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

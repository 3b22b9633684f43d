import { Any, conditionsOf, Event, Node, objects, Pod, Service, Workload } from "../../src/live/objects";
import type { Answer } from "../../src/live/question";

const said = (value: unknown): Answer => ({ is: "said", text: JSON.stringify(value) });

describe("objects of a cluster", () => {
  test.each([
    ["nothing", {}],
    ["fields of other types", { metadata: 1, spec: "x", status: [] }],
    ["null where a list should be", { spec: { containers: null }, status: { conditions: null } }],
    ["null in a list", { status: { conditions: [null, { type: "Ready", status: "True" }] } }],
  ])("are read although they hold %s", (_what, object) => {
    for (const schema of [Pod, Node, Event, Service, Workload, Any])
      expect(objects(said(object), schema)).toHaveLength(1);
  });

  test("keep what they say", () => {
    const pod = {
      kind: "Pod",
      metadata: { name: "orders", namespace: "payments", labels: { app: "orders" } },
      spec: {
        nodeName: "a",
        containers: [{ name: "app", resources: { requests: { cpu: 1, memory: "1Gi" } } }],
      },
      status: {
        phase: "Pending",
        conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }],
      },
    };

    expect(objects(said({ kind: "List", items: [pod] }), Pod)).toMatchObject([
      {
        metadata: { name: "orders", labels: { app: "orders" }, annotations: {} },
        spec: { containers: [{ resources: { requests: { cpu: "1", memory: "1Gi" } } }] },
        status: { conditions: [{ reason: "Unschedulable", message: "" }] },
      },
    ]);
  });

  test("are read from YAML, too", () => {
    const yaml = "kind: List\nitems:\n- kind: Node\n  metadata: {name: a}\n";

    expect(objects({ is: "said", text: yaml }, Node)?.map(({ metadata }) => metadata.name)).toEqual(["a"]);
  });

  test("are not known where the question failed", () => {
    expect(objects({ is: "missing", why: "no" }, Node)).toBeUndefined();
  });

  test("have conditions whatever their kind", () => {
    const object = {
      kind: "Certificate",
      status: { conditions: [{ type: "Ready", status: "False", reason: "X" }] },
    };

    expect(conditionsOf(Any.parse(object))).toMatchObject([{ type: "Ready", status: "False", reason: "X" }]);
  });

  test("of events are the same in both versions of their API", () => {
    const core = {
      involvedObject: { kind: "Pod", name: "a", namespace: "b" },
      message: "m",
      count: 3,
      lastTimestamp: "t",
    };
    const newer = {
      regarding: { kind: "Pod", name: "a", namespace: "b" },
      note: "m",
      series: { count: 3, lastObservedTime: "t" },
    };

    expect(Event.parse(core)).toEqual(Event.parse(newer));
  });
});

import { type Answer, kubectl, type Live, type Question } from "../live/question";

const VELERO = "velero";
/** Mark of what a try makes. */
const LABELS = { "app.kubernetes.io/managed-by": "octarine", "octarine/verify": "restore" };
/** What a restored namespace holds that does nothing by itself. */
const KINDS = [
  ...["configmaps", "secrets", "serviceaccounts", "roles.rbac.authorization.k8s.io"],
  ...["rolebindings.rbac.authorization.k8s.io", "deployments.apps", "statefulsets.apps"],
];

/**
 * A backup's namespace, restored beside the one that runs: into a namespace in which no pod, claim or load balancer may be made, so that
 * nothing of it starts. The answer is the Restore as Velero leaves it; `withRestores` makes and removes all of it.
 */
export function restoreQuestion(backup: string, namespace: string): Question {
  const name = `octarine-verify-${namespace}`.slice(0, 63).replace(/-+$/, "");
  const items = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: LABELS } },
    {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "nothing-runs", namespace: name, labels: LABELS },
      spec: { hard: { pods: "0", persistentvolumeclaims: "0", "services.loadbalancers": "0" } },
    },
    {
      apiVersion: "velero.io/v1",
      kind: "Restore",
      metadata: { name, namespace: VELERO, labels: LABELS },
      spec: {
        backupName: backup,
        includedNamespaces: [namespace],
        namespaceMapping: { [namespace]: name },
        includedResources: KINDS,
        includeClusterResources: false,
        restorePVs: false,
      },
    },
  ];
  return {
    ...kubectl("get", "restores.velero.io", name, "-n", VELERO, "-o", "json"),
    input: JSON.stringify({ apiVersion: "v1", kind: "List", items }),
  };
}

/** Seconds that a restore may take. */
const SECONDS = 600;

/** Answers questions about a restore: makes it, waits for its end, and takes all of it away whatever happens. */
export function withRestores(live: Live): Live {
  return {
    ask: (question) =>
      question.input !== undefined && question.args[1] === "restores.velero.io"
        ? restore(question, question.input, live)
        : live.ask(question),
  };
}

async function restore({ tool, args }: Question, input: string, live: Live): Promise<Answer> {
  const [, , name = ""] = args;
  try {
    const made = await live.ask({ ...kubectl("create", "-f", "-"), input });
    if (made.is !== "said") return made;
    // What it did not come to is in the object, too.
    await live.ask({
      ...kubectl(
        ...["wait", `restores.velero.io/${name}`, "-n", VELERO, `--timeout=${SECONDS}s`],
        "--for=jsonpath={.status.completionTimestamp}",
      ),
      seconds: SECONDS + 10,
    });
    return await live.ask({ tool, args });
  } finally {
    await removeRestore(name, live);
  }
}

async function removeRestore(name: string, live: Live): Promise<void> {
  await live.ask(kubectl("delete", "restores.velero.io", name, "-n", VELERO, "--ignore-not-found"));
  await live.ask({
    ...kubectl("delete", "namespace", name, "--ignore-not-found", "--wait=true", "--timeout=120s"),
    seconds: 130,
  });
}

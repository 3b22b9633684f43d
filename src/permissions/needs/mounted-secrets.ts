import { parse } from "yaml";
import type { AwsCall } from "../../components/aws-call";
import { mountCalls } from "../../components/secrets-store-csi-driver/calls";
import { byType, onceOf, type Resource } from "../../guardrails/resource";
import { fromJson } from "../../guardrails/read/expression";
import { at, isMap, items, text, type Value } from "../../values/value";
import type { Stacks } from "./objects";

const PODS = ["CronJob", "DaemonSet", "Deployment", "Job", "Pod", "Rollout", "StatefulSet"];

/** Statements that are written for what a service mounts: its calls are told by the classes themselves. */
export const MOUNT_STATEMENTS: readonly string[] = ["ReadSecrets", "ReadParameters"];

/** What AWS's provider of the Secrets Store calls for the pods of a service account, by their own identity. */
export function mountedSecretCalls(
  stacks: Stacks,
  account: { readonly namespace: string; readonly name: string },
): AwsCall[] {
  const { mounts, classes } = mountsOf(stacks.resources);
  const key = `${account.namespace}/${account.name}`;
  return [...(mounts.get(key) ?? [])]
    .flatMap((name) => classes.get(`${account.namespace}/${name}`) ?? [])
    .flatMap((each) => callsOfClass(each, stacks));
}

/** Names of classes that pods of each service account mount, and the classes; found once for all accounts. */
const mountsOf = onceOf((resources) => {
  const mounts = new Map<string, Set<string>>();
  const ofKind = (kind: string) => byType(resources).get(`k8s:${kind}`) ?? [];
  for (const each of PODS.flatMap(ofKind)) {
    const pod = podOf(each);
    const key = `${namespaceOf(each)}/${text(at(pod, "serviceAccountName"))}`;
    const names = mounts.get(key) ?? new Set();
    mounts.set(key, names);
    for (const volume of items(at(pod, "volumes"))) {
      const name = text(at(volume, "csi", "volumeAttributes", "secretProviderClass"));
      if (name !== "") names.add(name);
    }
  }
  const classes = new Map(
    ofKind("SecretProviderClass").map((each) => [`${namespaceOf(each)}/${nameOf(each)}`, each]),
  );
  return { mounts, classes };
});

function callsOfClass({ attributes }: Resource, { place }: Stacks): AwsCall[] {
  const parameters = at(attributes, "spec", "parameters");
  const listed = fromJson(parse(text(at(parameters, "objects"))) as unknown);
  return items(listed).flatMap((each) => {
    const type = text(at(each, "objectType"));
    if (type !== "secretsmanager" && type !== "ssmparameter") return [];
    return mountCalls({
      type,
      partition: place.partition,
      region: text(at(parameters, "region")) || place.region,
      accountId: place.account,
      name: text(at(each, "objectName")),
    });
  });
}

/** The pod that an object makes, however deep its template is. */
function podOf({ type, attributes }: Resource): Value {
  if (type === "k8s:Pod") return attributes.spec;
  const spec = at(attributes, "spec", "jobTemplate", "spec");
  return at(isMap(spec) ? spec : attributes.spec, "template", "spec");
}

function namespaceOf({ attributes }: Resource): string {
  return text(at(attributes, "metadata", "namespace"));
}

function nameOf({ attributes }: Resource): string {
  return text(at(attributes, "metadata", "name"));
}

import type { Finding } from "./finding";
import type { World } from "./world";

/** Something that is wrong and that nothing collected explains, and what to ask next. */
export interface Advice {
  readonly seen: string;
  readonly collect: readonly string[];
}

interface Symptom {
  readonly seen: string;
  readonly isThere: (world: World) => boolean;
  readonly collect: readonly string[];
}

const EVENTS = "kubectl get events -A --sort-by=.lastTimestamp";

const symptoms: readonly Symptom[] = [
  {
    seen: "the CNI has no address for a pod, and nothing says why",
    isThere: ({ lines }) =>
      lines.some(({ text }) => /failed to assign an IP address to container/.test(text)),
    collect: [
      "kubectl -n kube-system logs daemonset/aws-node -c aws-node --tail=200",
      "kubectl -n kube-system get ds aws-node -o yaml",
      "aws ec2 describe-subnets --filters Name=vpc-id,Values=VPC",
    ],
  },
  {
    seen: "pods wait in ContainerCreating, and no event says for what",
    isThere: ({ pods }) => pods.some(({ status }) => /ContainerCreating|PodInitializing/.test(status)),
    collect: ["kubectl describe pod POD -n NAMESPACE", EVENTS],
  },
  {
    seen: "pods are Pending, and no event says why",
    isThere: ({ pods }) => pods.some(({ status, node }) => status === "Pending" && node === ""),
    collect: ["kubectl describe pod POD -n NAMESPACE", EVENTS, "kubectl get nodes -o wide"],
  },
  {
    seen: "a pod waits for a volume claim that is not bound",
    isThere: ({ lines }) =>
      lines.some(({ text }) =>
        /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "\S+" not found/.test(text),
      ),
    collect: [
      "kubectl describe pvc -n NAMESPACE",
      "kubectl get storageclass",
      "kubectl get pods -n kube-system",
    ],
  },
  {
    seen: "containers end again and again; what they print says why",
    isThere: ({ pods }) => pods.some(({ status }) => /CrashLoopBackOff|^Error$/.test(status)),
    collect: ["kubectl logs POD -n NAMESPACE --previous", "kubectl describe pod POD -n NAMESPACE"],
  },
  {
    seen: "nodes are not Ready",
    isThere: ({ nodes }) => nodes.some(({ ready }) => ready === false),
    collect: ["kubectl describe node NODE", "kubectl -n kube-system get pods -o wide"],
  },
  {
    seen: "images can't be pulled, and no event says what the registry answered",
    isThere: ({ pods }) => pods.some(({ status }) => /ImagePullBackOff|ErrImagePull/.test(status)),
    collect: ["kubectl describe pod POD -n NAMESPACE", EVENTS],
  },
  {
    seen: "connections time out",
    isThere: ({ lines }) => lines.some(({ text }) => /timed out|i\/o timeout/.test(text)),
    collect: [
      "hubble observe --verdict DROPPED --last 100",
      "kubectl get pods -A -o wide",
      "aws ec2 describe-security-groups --filters Name=vpc-id,Values=VPC",
      "aws ec2 describe-network-acls --filters Name=vpc-id,Values=VPC",
      "aws ec2 describe-route-tables --filters Name=vpc-id,Values=VPC",
    ],
  },
  {
    seen: "names do not resolve",
    isThere: ({ lines }) =>
      lines.some(
        ({ text }) => /NXDOMAIN|no such host|SERVFAIL/.test(text) && !/plugin\/|cluster\.local/.test(text),
      ),
    collect: [
      "kubectl -n kube-system logs deploy/coredns --tail=200",
      "kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide",
      "aws route53 list-hosted-zones-by-vpc --vpc-id VPC --vpc-region REGION",
    ],
  },
  {
    seen: "a load balancer has no address",
    isThere: ({ rows }) => rows.some(({ cells }) => cells["EXTERNAL-IP"] === "<pending>"),
    collect: [
      "kubectl describe svc SERVICE -n NAMESPACE",
      "kubectl -n kube-system logs deploy/aws-load-balancer-controller --tail=200",
    ],
  },
];

/** Only where no cause was found that is more than a guess. */
export function adviceFor(world: World, findings: readonly Finding[]): Advice[] {
  if (findings.some(({ certainty }) => certainty !== "possible")) return [];
  return symptoms.filter(({ isThere }) => isThere(world)).map(({ seen, collect }) => ({ seen, collect }));
}

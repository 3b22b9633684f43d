export const capacityProblemCodes = [
  "subnet-too-small",
  "density-too-low",
  "mode-impossible",
  "zone-loss",
  "held-addresses",
  "fragmentation",
  "kubelet-default",
  "quota",
  "unlimited-pool",
] as const;
export type CapacityProblemCode = (typeof capacityProblemCodes)[number];

/** What does not fit. An error fails synth; a warning is printed. */
export interface CapacityProblem {
  readonly code: CapacityProblemCode;
  readonly severity: "error" | "warning";
  /** The zones, node groups, pools or the quota it is about. */
  readonly subject: string;
  /** The same as a list. */
  readonly subjects: readonly string[];
  /** Which subnet of the zones it is about; null where it is about none. */
  readonly subnet: "nodes" | "pods" | "public" | null;
  /** What is wrong and with which figures, in one line. */
  readonly message: string;
  /** What would fit. */
  readonly remedy: string;
}

type ProblemProps = Pick<CapacityProblem, "code" | "subjects" | "message" | "remedy"> &
  Partial<Pick<CapacityProblem, "subject" | "subnet">>;

export function capacityError(props: ProblemProps): CapacityProblem {
  return problem("error", props);
}

export function capacityWarning(props: ProblemProps): CapacityProblem {
  return problem("warning", props);
}

function problem(severity: CapacityProblem["severity"], props: ProblemProps): CapacityProblem {
  const { code, subjects, message, remedy, subject = subjects.join(", "), subnet = null } = props;
  return { code, severity, subject, subjects, subnet, message, remedy };
}

/** Zones and groups of which the same is to be said share one problem. */
export function mergeAlike(problems: readonly CapacityProblem[]): readonly CapacityProblem[] {
  const key = ({ code, message, remedy }: CapacityProblem) => [code, message, remedy].join("\n");
  const byKey = new Map<string, CapacityProblem>();
  for (const each of problems) {
    const same = byKey.get(key(each));
    byKey.set(
      key(each),
      same === undefined
        ? each
        : {
            ...each,
            subject: `${same.subject}, ${each.subject}`,
            subjects: [...same.subjects, ...each.subjects],
          },
    );
  }
  return [...byKey.values()];
}

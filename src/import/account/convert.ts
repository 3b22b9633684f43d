import { regions } from "../../facts/regions";
import type { Live } from "../../live/question";
import { unknownName } from "../../text/nearest";
import type { Found, FoundSomewhere } from "../found/found";
import { merged, type Note } from "../notes";
import { ImportError, Part } from "../part";
import { isOfOthers } from "../settings/tags";
import { Answers } from "./answers";
import { isQuiet, saidOf } from "./attributes";
import { accessIn, clusterIn } from "./cluster";
import { groupsIn } from "./groups";
import { networkIn } from "./network";
import { objectsIn } from "./objects";
import { addOnsIn, identitiesIn } from "./software";

export interface AccountProps {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  /** Whether kubectl may be asked, too. */
  readonly asksCluster: boolean;
}

/**
 * A cluster and what it is in, as AWS and kubectl tell it. Nothing but questions that read is asked.
 *
 * @throws ImportError where the cluster can't be described
 */
export async function foundInAccount(live: Live, props: AccountProps): Promise<FoundSomewhere> {
  const { cluster: name, region } = props;
  if (!Object.hasOwn(regions, region))
    throw new ImportError(`--region: ${unknownName(region, "a region with EKS", Object.keys(regions))}`);
  const answers = new Answers(live);
  const described = await answers.needed("cluster", "cluster", "eks", "describe-cluster", "--name", name);
  const arn = described.at("arn").text()?.split(":") ?? [];
  if (arn[3] !== undefined && arn[3] !== region)
    throw new ImportError(
      `--region ${region}: the cluster ${name} is in ${arn[3]} by its ARN; write ${arn[3]}`,
    );
  const at = Part.ofValue({}, name);
  const vpcId = described.at("resourcesVpcConfig", "vpcId").text() ?? "";
  const network = await networkIn(answers, vpcId);
  const [cluster, groups, addOns, access, identities, fargate] = await Promise.all([
    clusterIn(answers, described),
    groupsIn(answers, name, network.subnets),
    addOnsIn(answers, name),
    accessIn(answers, name),
    identitiesIn(answers, name),
    answers.names("fargateProfileNames", "eks", "list-fargate-profiles", "--cluster-name", name),
  ]);
  const objects = props.asksCluster ? await objectsIn(answers) : undefined;
  const account = cluster.arn?.split(":")[4];
  const found: Found = {
    region,
    ...(account !== undefined && { account }),
    network,
    cluster,
    groups,
    addOns,
    access: [...access, ...(objects?.access ?? [])],
    identities: [...identities, ...(objects?.identities ?? [])],
    releases: objects?.releases ?? [],
  };
  if (objects === undefined)
    at.changed(
      "what runs in the cluster was not asked: with --kubeconfig, charts, IRSA and Cilium are read, too",
    );
  for (const profile of fargate)
    at.lost(
      `Fargate profile ${profile}: pods on Fargate are not part of the platform; karpenter makes nodes for them`,
    );
  return { found, at, notes: () => merged([...at.notes(), ...notesOf(answers, found)]) };
}

function notesOf(answers: Answers, found: Found): readonly Note[] {
  const told = answers.all.flatMap(({ kind, part: whole }) => {
    for (const part of whole.unread((path) => path !== "" && !/^(tags|Tags)$/.test(path))) {
      const { path } = part;
      if (path !== "" && part.there && !part.saysNo && !isQuiet(kind, path) && !isShared(part, found))
        part.lost(saidOf(kind, path));
    }
    return whole.notes();
  });
  const objects = [...found.releases, ...found.identities, ...found.access].flatMap(({ at }) =>
    at instanceof Part ? at.notes() : [],
  );
  // What is said of a thing stands with it, whoever leads to it.
  return [...new Set([...answers.unanswered, ...told, ...objects])];
}

/** A tag that others set, or that the target has. */
function isShared(part: Part, { network: { vpc }, cluster }: Found): boolean {
  const key = /^tags\.(.+)$/.exec(part.path)?.[1];
  const all = [...(vpc?.tags ?? []), ...(cluster?.tags ?? [])];
  return (
    key !== undefined &&
    (isOfOthers(key) || all.some(([name, { value }]) => name === key && value === part.text()))
  );
}

import { regions } from "../../facts/regions";
import { unknownName } from "../../text/nearest";
import type { Found, FoundSomewhere } from "../found/found";
import type { Imported } from "../imported";
import { merged, type Note } from "../notes";
import { ImportError, Part } from "../part";
import { draftOf, type TargetOptions } from "../settings/target";
import { isQuiet, saidOfAttribute } from "./attributes";
import { accessIn, clusterIn } from "./cluster";
import { groupsIn } from "./groups";
import { saidOfKind } from "./kinds";
import { Links } from "./links";
import { networkIn } from "./network";
import { type Project, projectOf, type Resource } from "./project";
import { addOnsIn, identitiesIn, releasesIn } from "./software";

export interface PlanOptions extends TargetOptions {
  /** Where the file does not tell it. */
  readonly region?: string;
  /** Name of the cluster, where the file has several. */
  readonly cluster?: string;
}

/**
 * A project of the public modules or of bare resources, as a target.
 *
 * @throws PlanError where the text is neither a plan nor a state; ImportError where there is no VPC and no cluster in it
 */
export function fromTerraform(text: string, file: string, options: PlanOptions): Imported {
  const { found, at, notes } = foundInProject(text, file, options);
  const draft = draftOf(found, at, options);
  return { draft, notes: notes() };
}

export function foundInProject(
  text: string,
  file: string,
  options: Pick<PlanOptions, "region" | "cluster">,
): FoundSomewhere {
  const project = projectOf(text, file);
  const links = new Links(project);
  const cluster = clusterOf(links, file, options.cluster);
  if (cluster === undefined && links.of("aws_vpc").length === 0)
    throw new ImportError(
      `${file}: has neither an aws_eks_cluster nor an aws_vpc; give the plan or state of the project that makes them`,
    );
  const region = regionOf(project, cluster, options.region);
  const at = Part.ofValue({}, file);
  if (cluster === undefined)
    at.changed("a cluster with the platform's own settings: the file has a VPC alone");
  const account = accountOf(project);
  const found: Found = {
    region,
    ...(account !== undefined && { account }),
    network: networkIn(links, cluster),
    ...(cluster && { cluster: clusterIn(links.use(cluster), links) }),
    groups: groupsIn(links),
    addOns: addOnsIn(links),
    access: accessIn(links),
    identities: identitiesIn(links),
    releases: releasesIn(links),
  };
  return {
    found,
    at,
    notes: () => merged([...at.notes(), ...project.resources.flatMap((each) => notesOf(each, links, found))]),
  };
}

function notesOf(each: Resource, links: Links, found: Found): readonly Note[] {
  if (each.isData) return each.part.notes();
  if (!links.isUsed(each))
    return [...each.part.notes(), { where: each.address, path: "", ...saidOfKind(each) }];
  for (const part of each.part.unread((path) => /^\w+$/.test(path) && path !== "tags")) {
    const { path } = part;
    if (path !== "" && part.there && !isShared(part, found) && !isQuiet(each.type, path) && !part.saysNo)
      part.lost(saidOfAttribute(each.type, path));
  }
  return each.part.notes();
}

/** A tag that the target has from the VPC or the cluster. */
function isShared(part: Part, { network: { vpc }, cluster }: Found): boolean {
  const key = /^tags\.(.+)$/.exec(part.path)?.[1];
  const all = [...(vpc?.tags ?? []), ...(cluster?.tags ?? [])];
  return key !== undefined && all.some(([name, { value }]) => name === key && value === part.text());
}

function clusterOf(links: Links, file: string, name: string | undefined): Resource | undefined {
  const all = links.of("aws_eks_cluster");
  const names = all.map(({ values }) => (typeof values.name === "string" ? values.name : ""));
  if (name !== undefined) {
    const found = all[names.indexOf(name)];
    if (found === undefined)
      throw new ImportError(`${file}: ${unknownName(name, "the name of a cluster in it", names)}`);
    return found;
  }
  if (all.length > 1)
    throw new ImportError(
      `${file}: has ${all.length} clusters (${names.join(", ")}); choose one by --cluster NAME`,
    );
  return all[0];
}

/** As the cluster, the provider, zones or ARNs say it. */
function regionOf(project: Project, cluster: Resource | undefined, given: string | undefined): string {
  const texts = (cluster === undefined ? project.resources : [cluster, ...project.resources]).flatMap(
    ({ values }) => [
      values.region,
      typeof values.availability_zone === "string"
        ? values.availability_zone.replace(/[a-z]$/, "")
        : undefined,
      typeof values.arn === "string" ? values.arn.split(":")[3] : undefined,
    ],
  );
  const all = [given, project.region, ...texts];
  const found = all.find((each) => typeof each === "string" && Object.hasOwn(regions, each));
  if (given !== undefined && !Object.hasOwn(regions, given))
    throw new ImportError(`--region: ${unknownName(given, "a region with EKS", Object.keys(regions))}`);
  if (typeof found === "string") return found;
  throw new ImportError(`${project.file}: does not tell its region; give it by --region`);
}

function accountOf({ resources }: Project): string | undefined {
  const arns = resources.filter(({ isData }) => !isData).map(({ values }) => values.arn);
  return arns
    .flatMap((arn) =>
      typeof arn === "string" ? (/^arn:[a-z-]+:[a-z0-9]+:[a-z0-9-]*:(\d{12}):/.exec(arn)?.[1] ?? []) : [],
    )
    .at(0);
}

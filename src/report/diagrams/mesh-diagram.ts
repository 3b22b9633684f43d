import { listed } from "../../text/listed";
import { counted } from "../../text/counted";
import { type MeshCluster, type MeshPicture, meshPictures } from "../../fleet/mesh-picture";
import type { Fleet, Target } from "../../model/target";
import type { Diagram, DiagramEdge, DiagramNode } from "../../diagram/diagram";

/** The mesh that a target is in: its clusters, what connects them and what is missing. Undefined without a mesh. */
export function meshDiagram({ name, config }: Target, fleet: Fleet): Diagram | undefined {
  const picture = meshPictures(fleet).find(({ id }) => id === config.mesh?.id);
  if (picture === undefined) return undefined;
  const { id, trustDomains, clusters } = picture;
  const known = clusters.map(({ target }) => target);
  const others = [...new Set(picture.links.flatMap(({ between }) => between))].filter(
    (each) => !known.includes(each),
  );
  const boxes: readonly DiagramNode[] = [
    ...clusters.map((cluster) => ({ id: cluster.target, lines: clusterLines(cluster) })),
    ...others.map((other) => ({ id: other, lines: [other, "not in this mesh"] })),
  ];
  return {
    title: `Mesh ${id} of ${name}`,
    description: describe(picture),
    nodes: boxes,
    groups: [{ id, label: [`mesh ${id}`, ...trustDomains].join(", "), nodes: known }],
    edges: picture.links.map(({ between: [from, to], via }): DiagramEdge =>
      via === "none"
        ? { from, to, label: "not connected", line: "gap" }
        : { from, to, label: via, line: "both-ways" },
    ),
  };
}

function clusterLines({ target, network, dataPlane, version, encryption }: MeshCluster): readonly string[] {
  // Cilium's clusters have an id in place of a network.
  return dataPlane === "cilium"
    ? [target, network, `cilium ${version}`, `encryption ${encryption}`]
    : [target, `network ${network}`, `${dataPlane} ${version}`, `mutual TLS ${encryption}`];
}

function describe({ clusters, trustDomains, links, missing }: MeshPicture): string {
  const connected = links.map(({ between: [a, b], via }) =>
    via === "none" ? `${a} and ${b} are not connected` : `${a} and ${b} by ${via}`,
  );
  return [
    counted(clusters.length, "cluster") +
      `${trustDomains.length > 0 ? ` of trust domain ${listed(trustDomains)}` : ""}` +
      `${connected.length > 0 ? `: ${connected.join(", ")}` : ""}.`,
    ...(missing.length > 0 ? [`Missing: ${missing.join("; ")}.`] : []),
  ].join(" ");
}

import { listed } from "../../text/listed";
import { table } from "../../text/columns";
import type { MeshPicture } from "../../fleet/mesh-picture";

/** Meshes as text: clusters, links, and what is missing. */
export function meshText(pictures: readonly MeshPicture[]): string {
  if (pictures.length === 0) return "no target has a mesh";
  return pictures.map(oneMesh).join("\n\n");
}

function oneMesh({ id, trustDomains, clusters, links, missing }: MeshPicture): string {
  const rows = clusters.map(({ target, network, dataPlane, version, encryption }) => [
    target,
    network,
    dataPlane,
    version,
    encryption,
  ]);
  return [
    trustDomains.length === 0 ? `mesh ${id}` : `mesh ${id}, trust domain ${listed(trustDomains)}`,
    table([["TARGET", "NETWORK", "KIND", "VERSION", "ENCRYPTION"], ...rows]),
    ...links.map(
      ({ between: [a, b], via }) => `${a} <-> ${b}  ${via === "none" ? "not connected" : `by ${via}`}`,
    ),
    ...missing.map((line) => `missing: ${line}`),
  ].join("\n");
}

/** Meshes as a Mermaid flowchart. What is not connected has a dotted line. */
export function meshMermaid(pictures: readonly MeshPicture[]): string {
  const node = (name: string) => name.replace(/[^a-z0-9]/gi, "_");
  const lines = pictures.flatMap(({ id, clusters, links }, index) => [
    `  subgraph mesh${index}["${id}"]`,
    ...clusters.map(({ target, network }) => `    ${node(target)}["${target}<br/>${network}"]`),
    "  end",
    ...links.map(({ between: [a, b], via }) =>
      via === "none" ? `  ${node(a)} -.- ${node(b)}` : `  ${node(a)} <-->|${via}| ${node(b)}`,
    ),
  ]);
  return ["flowchart LR", ...lines].join("\n");
}

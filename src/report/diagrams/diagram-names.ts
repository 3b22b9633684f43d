/** What can be drawn of a target. */
export const diagramKinds = ["network", "stacks", "mesh", "state"] as const;
export type DiagramKind = (typeof diagramKinds)[number];

export const diagramFormats = ["mermaid", "svg", "html"] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

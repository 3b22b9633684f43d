import fc from "fast-check";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Diagram } from "../../src/diagram/diagram";
import { frameLabel } from "../../src/diagram/frames";
import { layoutOf } from "../../src/diagram/layout";
import type { Rectangle } from "../../src/diagram/placed";
import { routePath, routePoints, runsThrough } from "../../src/diagram/route-shape";
import { svg } from "../../src/diagram/svg";
import { diagramKinds } from "../../src/report/diagrams/diagram-names";
import { diagramOf } from "../../src/report/diagrams/diagrams";

interface Named extends Rectangle {
  readonly name: string;
}

/** What a reader would call wrong: a line through a box or a word, words over words, things outside the picture. */
function faults(diagram: Diagram): readonly string[] {
  const layout = layoutOf(diagram);
  const { boxes, frames, routes, width, height } = layout;
  const named = boxes.map((box): Named => ({ ...box, name: `box ${box.node.id}` }));
  const words = [
    ...frames
      .map((frame) => ({ ...frameLabel(frame, routes), name: `label of frame ${frame.label}` }))
      .filter(({ text }) => text !== ""),
    ...routes.flatMap(({ edge, label }): Named[] =>
      label === undefined ? [] : [{ ...label, name: `label of ${edge.from} to ${edge.to}` }],
    ),
  ];
  const solid = [...named, ...words];
  const crossed = routes.flatMap((route) => {
    const points = routePoints(route);
    return solid
      .filter((each) => runsThrough(points, each))
      .map(({ name }) => `${route.edge.from} to ${route.edge.to} runs through ${name}`);
  });
  const covered = solid.flatMap((one, index) =>
    solid
      .slice(index + 1)
      .filter((other) => overlap(one, other))
      .map((other) => `${one.name} and ${other.name} overlap`),
  );
  const outside = [...solid, ...frames.map((frame) => ({ ...frame, name: `frame ${frame.label}` }))]
    .filter(({ x, y, ...size }) => x < 0 || y < 0 || x + size.width > width || y + size.height > height)
    .map(({ name }) => `${name} is outside`);
  const strangers = diagram.groups.flatMap(({ nodes }, index) => {
    const frame = frames[index];
    if (frame === undefined) return [];
    return boxes
      .filter(({ node }) => !nodes.includes(node.id))
      .filter((box) => overlap(box, frame))
      .map(({ node }) => `${node.id} lies in the frame ${frame.label}`);
  });
  return [...crossed, ...covered, ...outside, ...strangers];
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const fleets = ["envs", "examples/envs"].map((folder) => loadFleet(folder));
const samples = fleets.flatMap((fleet) => fleet.targets.map((target) => ({ fleet, target })));

describe.each(diagramKinds)("the picture of every sample's %s", (kind) => {
  const pictures = samples.flatMap(({ fleet, target }) => diagramOf(target, kind, fleet) ?? []);

  test("has no line through a box or a word, nothing on top of another, and nothing outside", () => {
    expect(pictures.length).toBeGreaterThan(0);
    expect(
      pictures.flatMap((picture) => faults(picture).map((fault) => `${picture.title}: ${fault}`)),
    ).toEqual([]);
  });

  test("has every line from box to box, with its label", () => {
    for (const picture of pictures) {
      const { boxes, routes } = layoutOf(picture);
      const box = (id: string) => boxes.find(({ node }) => node.id === id);
      expect(routes.map(({ edge }) => edge)).toEqual(picture.edges);
      for (const { edge, stops, up, label } of routes) {
        const [upper, lower] = up ? [box(edge.to), box(edge.from)] : [box(edge.from), box(edge.to)];
        expect(stops[0]?.top).toBe((upper?.y ?? NaN) + (upper?.height ?? NaN));
        expect(stops.at(-1)?.bottom).toBe(lower?.y);
        expect(label === undefined).toBe(edge.label === undefined);
      }
    }
  });
});

/** Zones and tiers: a box may lead to any box of a row above, and two rows lie outside of the zones. */
const grids = fc
  .record({
    columns: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 6 }),
    missing: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    leads: fc.array(fc.option(fc.tuple(fc.nat(5), fc.nat(3))), { minLength: 24, maxLength: 24 }),
    wide: fc.boolean(),
  })
  .map(({ columns, rows, missing, leads, wide }): Diagram => {
    const id = (row: number, column: number) => `r${row}c${column}`;
    const top = { id: "top", lines: ["top"], at: { row: 0, column: 0, span: wide ? columns : 1 } };
    const cells = Array.from({ length: rows * columns }, (_, index) => ({
      row: 1 + Math.floor(index / columns),
      column: index % columns,
      index,
    })).filter(({ row, index }) => row === 1 || missing[index] !== true);
    const there = new Set(cells.map(({ row, column }) => id(row, column)));
    return {
      title: "any",
      description: "any",
      nodes: [
        top,
        ...cells.map((at) => ({ id: id(at.row, at.column), lines: ["tier", "10.0.0.0/19"], at })),
        { id: "below", lines: ["below"], at: { row: rows + 1, column: 0, span: columns } },
      ],
      groups: Array.from({ length: columns }, (_, column) => ({
        id: `zone ${column}`,
        label: "ap-northeast-1a",
        nodes: cells.filter((at) => at.column === column).map(({ row }) => id(row, column)),
      })),
      edges: cells.flatMap(({ row, column, index }) => {
        const [by = 0, to = 0] = leads[index] ?? [];
        if (leads[index] === null) return [];
        const target = id(row - 1 - by, to % columns);
        const edge = { from: id(row, column), to: there.has(target) ? target : "top" };
        return [index % 3 === 0 ? edge : { ...edge, label: "HTTP CONNECT" }];
      }),
    };
  });

/** A graph as stacks and meshes have: boxes with lines to later ones, some with labels, some in a frame. */
const graphs = fc
  .record({
    size: fc.integer({ min: 2, max: 9 }),
    // Many lines among few boxes: where there is room, nothing is in the way.
    pairs: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 6, maxLength: 24, size: "max" }),
    labels: fc.array(fc.constantFrom(undefined, "peering", "transit gateway", "not connected"), {
      minLength: 24,
      maxLength: 24,
    }),
    framed: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    lines: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ size, pairs, labels, framed, lines }): Diagram => {
    const id = (index: number) => `n${index}`;
    const nodes = Array.from({ length: size }, (_, index) => ({
      id: id(index),
      lines: Array.from({ length: lines[index] ?? 1 }, () => `line of ${index}`),
    }));
    const inside = nodes.filter((_, index) => framed[index]).map((node) => node.id);
    return {
      title: "any",
      description: "any",
      nodes,
      groups: inside.length === 0 ? [] : [{ id: "g", label: "a frame of some boxes", nodes: inside }],
      edges: [...new Set(pairs.map(([a, b]) => [a % size, b % size].sort((x, y) => x - y).join(" ")))]
        .map((pair) => pair.split(" "))
        .filter(([a, b]) => a !== b)
        .map(([a, b], index) => ({
          from: `n${a}`,
          to: `n${b}`,
          ...(labels[index] && { label: labels[index] }),
        })),
    };
  });

describe("any graph", () => {
  test.each([
    ["of zones and tiers", grids],
    ["of boxes without places", graphs],
  ])("%s has no line through a box or a word", (_, diagrams) => {
    fc.assert(
      fc.property(diagrams, (diagram) => {
        expect(faults(diagram)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("with a line across the whole of a frame's upper side has no words below it", () => {
    const lines = [1, 1, 3, 1, 1, 1];
    const edges = ["0 3", "1 2", "3 5", "1 3", "1 5", "0 2", "4 5", "3 4"].map((pair) => pair.split(" "));
    expect(
      faults({
        title: "any",
        description: "any",
        nodes: lines.map((count, index) => ({
          id: `n${index}`,
          lines: Array.from({ length: count }, () => `line of ${index}`),
        })),
        groups: [{ id: "g", label: "a frame of some boxes", nodes: ["n2"] }],
        edges: edges.map(([from, to]) => ({ from: `n${from}`, to: `n${to}` })),
      }),
    ).toEqual([]);
  });

  test("is drawn the same every time, whatever was drawn before", () => {
    fc.assert(
      fc.property(graphs, graphs, (diagram, other) => {
        const first = svg(diagram);
        svg(other);
        expect(svg(diagram)).toBe(first);
      }),
      { numRuns: 20 },
    );
  });
});

describe("words", () => {
  test("of a frame stand where no line runs through the frame's upper side, whole if they can", () => {
    const at = (row: number, column: number) => ({ row, column });
    const diagram: Diagram = {
      title: "",
      description: "",
      nodes: [
        { id: "up", lines: ["up"], at: at(0, 0) },
        { id: "in", lines: ["in"], at: at(1, 0) },
        { id: "beside", lines: ["beside"], at: at(1, 1) },
      ],
      groups: [{ id: "g", label: "a label of thirty characters..", nodes: ["in", "beside"] }],
      edges: [{ from: "in", to: "up" }],
    };
    const { frames, routes } = layoutOf(diagram);
    const [frame] = frames;
    if (frame === undefined) throw new Error("no frame");
    const { text, x } = frameLabel(frame, routes);
    expect(text).toBe("a label of thirty characters..");
    expect(x).toBeGreaterThan(routes[0]?.stops[0]?.x ?? NaN);
  });

  test("of a box stand below each other, and long ones go on in the next line", () => {
    const drawing = svg({
      title: "",
      description: "",
      nodes: [{ id: "a", lines: ["name", `${"word ".repeat(20)}end`] }],
      groups: [],
      edges: [],
    });
    const texts = [...drawing.matchAll(/<text x="\S+" y="(\S+)" class="diagram-(?:name|more)">([^<]*)</g)];
    const heights = texts.map(([, y]) => Number(y));
    expect(texts.map(([, , text]) => text).join(" ")).toBe(`name ${"word ".repeat(20)}end`);
    expect(heights).toEqual([...new Set(heights)].sort((a, b) => a - b));
    expect(heights.length).toBeGreaterThan(3);
  });
});

describe("a line", () => {
  test("meets a box where no other does", () => {
    fc.assert(
      fc.property(fc.oneof(grids, graphs), (diagram) => {
        const ends = layoutOf(diagram).routes.flatMap(({ edge, stops, up }) => {
          const [upper, lower] = up ? [edge.to, edge.from] : [edge.from, edge.to];
          return [`${upper} bottom ${stops[0]?.x}`, `${lower} top ${stops.at(-1)?.x}`];
        });
        expect(new Set(ends).size).toBe(ends.length);
      }),
      { numRuns: 100 },
    );
  });

  const boxAt = (id: string, row: number) => ({ id, lines: [id], at: { row, column: 0 } });
  const diagram = (edges: Diagram["edges"]): Diagram => ({
    title: "three",
    description: "three",
    nodes: [boxAt("top", 0), boxAt("middle", 1), boxAt("bottom", 2)],
    groups: [],
    edges,
  });

  test("past a row runs beside its box, in the direction of its edge", () => {
    const [route] = layoutOf(diagram([{ from: "bottom", to: "top" }])).routes;
    const { boxes } = layoutOf(diagram([{ from: "bottom", to: "top" }]));
    if (route === undefined) throw new Error("no route");
    const right = Math.max(...boxes.map(({ x, width }) => x + width));

    expect(Math.max(...routePoints(route).map(({ x }) => x))).toBeGreaterThan(right);
    const [, y1 = ""] = /^M\S+ (\S+?)[LC]/.exec(routePath(route)) ?? [];
    expect(Number(y1)).toBe(boxes[2]?.y);
  });

  test("within a row, or from a box to itself, is refused", () => {
    expect(() => layoutOf(diagram([{ from: "top", to: "top" }]))).toThrow(RangeError);
    const free = { title: "", description: "", nodes: [{ id: "a", lines: ["a"] }], groups: [] };
    expect(() => layoutOf({ ...free, edges: [{ from: "a", to: "a" }] })).toThrow(RangeError);
  });
});

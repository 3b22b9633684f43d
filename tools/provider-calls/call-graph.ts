/** Functions of a Go program and the functions that each calls, read from the program itself. */
export type CallGraph = ReadonlyMap<string, readonly string[]>;

interface Section {
  readonly address: number;
  readonly start: number;
  readonly size: number;
}

/** Of `.gopclntab` since Go 1.20. */
const MAGIC = 0xfffffff1;

/**
 * Reads calls with a fixed target from an x86-64 ELF program: those by way of an interface are not seen. Five bytes
 * count as a call where they lead to the very first byte of a function.
 *
 * @param wants names of the functions whose calls are read
 */
export function callGraph(program: Buffer, wants: (name: string) => boolean): CallGraph {
  const sections = sectionsOf(program);
  const table = sections.get(".gopclntab");
  const text = sections.get(".text");
  if (table === undefined || text === undefined) throw new Error("no Go program: .gopclntab is missing");
  const at = table.start;
  if (program.readUInt32LE(at) !== MAGIC) throw new Error("a table of functions of another Go version");
  const [count = 0, , textStart = 0, names = 0, , , , functions = 0] = Array.from({ length: 8 }, (_, index) =>
    Number(program.readBigUInt64LE(at + 8 + index * 8)),
  );
  const first = at + functions;
  const code = text.start + (textStart - text.address);
  const entry = (index: number) => program.readUInt32LE(first + index * 8);
  const nameAt = (index: number): string => {
    const record = first + program.readUInt32LE(first + index * 8 + 4);
    const start = at + names + program.readUInt32LE(record + 4);
    return program.toString("utf8", start, program.indexOf(0, start));
  };
  const indexOf = new Map(Array.from({ length: count }, (_, index) => [entry(index), index]));
  const graph = new Map<string, string[]>();
  for (let index = 0; index < count; index++) {
    const name = nameAt(index);
    if (!wants(name)) continue;
    const called = callsIn(program, code, entry(index), entry(index + 1))
      .map((target) => indexOf.get(target))
      .filter((each) => each !== undefined);
    graph.set(name, [...new Set(called)].map(nameAt));
  }
  return graph;
}

/** Offsets that the calls between two offsets lead to. */
function callsIn(program: Buffer, code: number, from: number, to: number): number[] {
  const CALL = 0xe8;
  const LENGTH = 5;
  const targets: number[] = [];
  for (
    let at = program.indexOf(CALL, code + from);
    at !== -1 && at + LENGTH <= code + to;
    at = program.indexOf(CALL, at + 1)
  )
    targets.push(at - code + LENGTH + program.readInt32LE(at + 1));
  return targets;
}

function sectionsOf(program: Buffer): Map<string, Section> {
  const headers = Number(program.readBigUInt64LE(0x28));
  const size = program.readUInt16LE(0x3a);
  const count = program.readUInt16LE(0x3c);
  const names = program.readUInt16LE(0x3e);
  const read = (index: number) => {
    const at = headers + index * size;
    return {
      name: program.readUInt32LE(at),
      address: Number(program.readBigUInt64LE(at + 16)),
      start: Number(program.readBigUInt64LE(at + 24)),
      size: Number(program.readBigUInt64LE(at + 32)),
    };
  };
  const texts = read(names).start;
  return new Map(
    Array.from({ length: count }, (_, index) => read(index)).map(({ name, ...section }) => [
      program.toString("utf8", texts + name, program.indexOf(0, texts + name)),
      section,
    ]),
  );
}

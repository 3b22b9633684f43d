import { aws, kubectl, type Live, type Question, whyNot } from "../../live/question";
import type { Note } from "../notes";
import { ImportError, Part } from "../part";

/** Answers of kubectl and aws, as parts that remember what is read of them. */
export class Answers {
  readonly #live: Live;
  readonly #parts: { readonly kind: string; readonly part: Part }[] = [];
  readonly #unanswered: Note[] = [];

  constructor(live: Live) {
    this.#live = live;
  }

  /** @throws ImportError where there is no answer, without which there is nothing to import */
  async needed(kind: string, field: string, ...args: readonly string[]): Promise<Part> {
    const question = aws(...args);
    const answer = await this.#live.ask(question);
    if (answer.is !== "said")
      throw new ImportError(
        `${named(question)}: ${whyNot(answer)}; a cluster is imported by who may describe it`,
      );
    return this.#keep(kind, bare(valueAt(answer.text, field)), named(question));
  }

  /** Things of a kind that a question lists; none, which is told, where nobody answers. */
  async listed(
    kind: string,
    field: string,
    id: string,
    ...args: readonly string[]
  ): Promise<readonly Part[]> {
    const question = aws(...args);
    const value = await this.#value(question, field);
    return listOf(value).map((each) => this.#keep(kind, bare(each), `${named(question)}: ${idOf(each, id)}`));
  }

  /** One thing; nothing, which is told, where nobody answers. */
  async one(kind: string, field: string, ...args: readonly string[]): Promise<Part | undefined> {
    const question = aws(...args);
    const value = await this.#value(question, field);
    return value === undefined ? undefined : this.#keep(kind, bare(value), named(question));
  }

  /** Names that a question lists. */
  async names(field: string, ...args: readonly string[]): Promise<readonly string[]> {
    const value = await this.#value(aws(...args), field);
    return listOf(value).filter((each) => typeof each === "string");
  }

  /** Objects of the cluster; none where it is not asked, or does not answer, which is told. */
  async objects(...args: readonly string[]): Promise<readonly Part[]> {
    const question = kubectl(...args, "-o", "json");
    const value = await this.#value(question, "");
    const items =
      (value as { readonly items?: unknown } | undefined)?.items ?? (value === undefined ? [] : [value]);
    return listOf(items).map((each) => {
      const { namespace = "", name = "" } =
        (each as { readonly metadata?: { readonly namespace?: string; readonly name?: string } }).metadata ??
        {};
      return Part.ofValue(each, `${named(question)}: ${namespace}/${name}`);
    });
  }

  /** Things that were asked for, each with its kind. */
  get all(): readonly { readonly kind: string; readonly part: Part }[] {
    return this.#parts;
  }

  get unanswered(): readonly Note[] {
    return this.#unanswered;
  }

  async #value(question: Question, field: string): Promise<unknown> {
    const answer = await this.#live.ask(question);
    if (answer.is === "said") return valueAt(answer.text, field);
    this.#unanswered.push({
      where: named(question),
      path: "",
      is: "lost",
      says: `not known, since ${whyNot(answer)}`,
    });
    return undefined;
  }

  #keep(kind: string, value: unknown, where: string): Part {
    const part = Part.ofValue(value, where);
    this.#parts.push({ kind, part });
    return part;
  }
}

/** A question without what narrows it. */
function named({ tool, args }: Question): string {
  const flag = args.findIndex((each) => each.startsWith("--"));
  const bareArgs = flag < 0 ? args : args.slice(0, flag);
  const name =
    args[
      args.findIndex(
        (each) => /^--(\w+-)*name$|^--\w+-id$|^--principal-arn$/.test(each) && each !== "--cluster-name",
      ) + 1
    ];
  const isNamed = args.some(
    (each) => /^--(\w+-)*name$|^--\w+-id$|^--principal-arn$/.test(each) && each !== "--cluster-name",
  );
  return [tool, ...bareArgs, ...(isNamed && name !== undefined ? [name] : [])].join(" ");
}

function valueAt(text: string, field: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return field === "" ? value : (value as Readonly<Record<string, unknown>> | null)?.[field];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function idOf(value: unknown, field: string): string {
  const id = (value as Readonly<Record<string, unknown>>)[field];
  return typeof id === "string" ? id : "";
}

/** Without what is not set. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, bare(each)] as const)
      .filter(([, each]) => !isNothing(each)),
  );
}

function isNothing(value: unknown): boolean {
  if (value === null || value === "" || value === undefined) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

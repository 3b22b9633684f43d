import type { z } from "zod";
import { objects } from "../live/objects";
import { type Answer, aws, isForbidden, kubectl, type Question, typed, whyNot } from "../live/question";
import { counted } from "../text/counted";
import { fewOf } from "../text/listed";
import type { Outcome, Told } from "./live-check";

/** What a check finds while it reads answers. */
export class Notes {
  private readonly faults: string[] = [];
  private readonly unknown: string[] = [];
  private readonly good: string[] = [];

  constructor(private readonly told: Told) {}

  /** What is as it should be. */
  seen(text: string): void {
    this.good.push(text);
  }

  fault(text: string): void {
    this.faults.push(text);
  }

  /** What can't be said, and why. */
  open(text: string): void {
    this.unknown.push(text);
  }

  /** Faults of one kind about many things: the first few by name. */
  faultOf(names: readonly string[], noun: string, what: string): void {
    if (names.length > 0) this.fault(`${counted(names.length, noun)} ${what}: ${fewOf(names, 8)}`);
  }

  /** The answer to any question; undefined where it says nothing, which is noted. */
  text(question: Question): string | undefined {
    const answer = this.told(question);
    if (answer.is === "said") return answer.text;
    this.unanswered(question, answer);
    return undefined;
  }

  /** Objects of a kind: the arguments of `kubectl get`, without the format. */
  objects<T extends z.ZodType>(schema: T, ...args: readonly string[]): z.infer<T>[] | undefined {
    const question = kubectl("get", ...args, "-o", "json");
    const answer = this.told(question);
    if (answer.is !== "said") this.unanswered(question, answer);
    return objects(answer, schema);
  }

  /** One object by its name; undefined where it is not there, which is a fault. */
  object<T extends z.ZodType>(schema: T, ...args: readonly string[]): z.infer<T> | undefined {
    return this.objects(schema, ...args)?.[0];
  }

  /** What AWS says, as a schema reads it. */
  aws<T extends z.ZodType>(schema: T, ...args: readonly string[]): z.infer<T> | undefined {
    const question = aws(...args, "--output", "json");
    const answer = this.told(question);
    if (answer.is !== "said") return void this.unanswered(question, answer);
    const read = schema.safeParse(jsonOf(answer.text));
    if (read.success) return read.data;
    this.open(`${short(typed(question))}: the answer has another form than expected`);
    return undefined;
  }

  /** @param otherwise why nothing is known where nothing was noted */
  outcome(otherwise = "there was nothing to look at"): Outcome {
    if (this.faults.length > 0) return { is: "not met", says: this.faults };
    if (this.unknown.length > 0) return { is: "not known", says: [...new Set(this.unknown)] };
    if (this.good.length > 0) return { is: "met", says: this.good };
    return { is: "not known", says: [otherwise] };
  }

  private unanswered(question: Question, answer: Exclude<Answer, { is: "said" }>): void {
    const why = whyNot(answer);
    const command = short(typed(question));
    if (/doesn't have a resource type/.test(why))
      return this.fault(`the API server has no such kind: ${why}`);
    if (!isForbidden(answer) && /NotFound|not found/.test(why) && question.tool === "kubectl")
      return this.fault(`${command}: ${why}`);
    this.open(`${command}: ${why}`);
  }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of a command that lists much, how it begins. */
function short(command: string): string {
  return command.length > 110 ? `${command.slice(0, 110)}…` : command;
}

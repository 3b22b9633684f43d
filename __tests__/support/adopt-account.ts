import type { Planned } from "../../src/adopt/planned";
import type { Answer, Question } from "../../src/live/question";
import type { JsonObject } from "../../src/terraform-plan/json";
import type { match } from "../../src/adopt/match";

/** A resource that a plan would make. */
export const planned = (address: string, attributes: JsonObject, ...unknown: readonly string[]): Planned => ({
  address,
  type: address.split(".")[0] ?? "",
  attributes,
  unknown: new Set(unknown),
});

/** An account by command, without what it is not asked. */
export function live(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  return {
    asked,
    ask: ({ args }: Question): Promise<Answer> => {
      const command = args.filter((each) => each !== "--output" && each !== "json").join(" ");
      asked.push(command);
      const answer = answers[command];
      if (answer === undefined)
        return Promise.resolve({
          is: "failed",
          code: 254,
          text: "",
          stderr: "An error occurred (AccessDenied) when calling it",
        });
      if (answer === "none")
        return Promise.resolve({
          is: "failed",
          code: 254,
          text: "",
          stderr: "An error occurred (NoSuchEntity): not found",
        });
      return Promise.resolve({ is: "said", text: JSON.stringify(answer) });
    },
  };
}

/** Import ids by address. */
export const ids = ({ matches }: ReturnType<typeof match>) =>
  Object.fromEntries(matches.map(({ address, id }) => [address, id]));

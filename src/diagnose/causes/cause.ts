/** What can be wrong with a running cluster, and what is done about it. Its page is docs/runbooks/<id>.md. */
export interface Cause {
  readonly id: string;
  /** One line, as it stands at the head of a finding. */
  readonly title: string;
  /** Keys of the configuration that change it, as users read paths; empty where nothing of the platform's is wrong. */
  readonly keys: readonly string[];
  /** What to write there, or what to do where no key is there. */
  readonly mend: string;
  /** Command that shows whether it is so; words in capitals are to be filled in. */
  readonly confirm: string;
}

export function runbookOf(id: string): string {
  return `docs/runbooks/${id}.md`;
}

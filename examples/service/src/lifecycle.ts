export type Phase = "starting" | "ready" | "draining";

/** Which part of its life the process is in; it never goes back. */
export class Lifecycle {
  private current: Phase = "starting";
  private readonly listeners = new Set<() => void>();

  get phase(): Phase {
    return this.current;
  }

  /** Everything listens; no effect once draining. */
  becomeReady(): void {
    if (this.current === "starting") this.enter("ready");
  }

  beginDraining(): void {
    this.enter("draining");
  }

  /** Calls the listener at each change; the returned function ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private enter(phase: Phase): void {
    this.current = phase;
    for (const listener of this.listeners) listener();
  }
}

/** A server that listens, and that can be stopped without losing a request. */
export interface StoppableServer {
  readonly port: number;
  /** Refuses new connections; resolves when every request has been answered and every connection is closed. */
  readonly stop: () => Promise<void>;
  /** Closes what is left. */
  readonly abandon: () => void;
}

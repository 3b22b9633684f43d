/** Proxies, and what is reached without them. */
export interface ProxyEnvironment {
  /** `http://host:port` */
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: readonly string[];
}

/** Environment variables; in lower case, too, because curl reads `http_proxy` in that form only. */
export function proxyVariables({ httpProxy, httpsProxy, noProxy }: ProxyEnvironment): Record<string, string> {
  const variables = { HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy, NO_PROXY: noProxy.join(",") };
  return {
    ...variables,
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value])),
  };
}

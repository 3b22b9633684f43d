import { proxyVariables } from "../../../src/modules/network/proxy-environment";

test("the variables are there in lower case, too, because curl reads http_proxy only so", () => {
  const environment = { httpProxy: "http://p:1", httpsProxy: "http://q:2", noProxy: ["a", "b"] };

  expect(proxyVariables(environment)).toEqual({
    HTTP_PROXY: "http://p:1",
    HTTPS_PROXY: "http://q:2",
    NO_PROXY: "a,b",
    http_proxy: "http://p:1",
    https_proxy: "http://q:2",
    no_proxy: "a,b",
  });
});

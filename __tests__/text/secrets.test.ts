import { hideSecrets, isSecretName, looksSecret, secretAssignments } from "../../src/text/secrets";

test.each([
  ...[
    "password",
    "DB_PASSWORD",
    "dbPasswd",
    "passphrase",
    "secret",
    "clientSecret",
    "secret_string",
    "token",
    "authToken",
    "tokens",
  ],
  ...[
    "access_key",
    "accessKey",
    "aws_secret_access_key",
    "apiKey",
    "api-key",
    "apikey",
    "private_key",
    "privateKeyPem",
    "credentials",
  ],
  ...[
    "client_key",
    "license_key",
    "auth-key",
    "signingKey",
    "webhook_url",
    "http_password",
    "httpAuthToken",
    "HTTP_Passwd",
    "connectionString",
    "GITHUB_PAT",
    "redis.auth.password",
  ],
])("%s names a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  ...[
    "secretName",
    "existingSecret",
    "secretRef",
    "token_ttl",
    "tokenExpirationSeconds",
    "password_file",
    "access_key_id",
    "kms_key_id",
  ],
  ...[
    "kmsKeyArn",
    "automountServiceAccountToken",
    "http_tokens",
    "secretStore",
    "TOKEN_URL",
    "SECRETS_BACKEND",
    "callbackUrl",
    "publicKey",
    "key",
    "tokenEnabled",
    "credentialsPath",
  ],
  ...[
    "monkey",
    "secretary",
    "tokenize",
    "keyPolicy",
    "secrets_manager_policy",
    "useSecret",
    "compass",
    "url",
    "window_in_days",
  ],
])("%s does not name a secret", (name) => {
  expect(isSecretName(name)).toBe(false);
});

const KEY = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const PEM = ["-----BEGIN RSA PRIVATE", "KEY-----"].join(" ");

test.each([
  ["an AWS access key", `id ${KEY} here`],
  ["a private key", `${PEM}\nMIIE`],
  ["a GitHub token", `ghp_${"a1".repeat(18)}`],
  ["a JSON Web Token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln"],
  ["a password in a URL", "http://user:hunter2@proxy.example.com:3128"],
  ["a password without a user in a URL", "redis://:hunter2@cache:6379"],
])("%s is seen by its look, and is not in what is shown", (_name, value) => {
  expect(looksSecret(value)).toBe(true);
  expect(looksSecret(hideSecrets(value))).toBe(false);
  expect(hideSecrets(value)).toContain("(secret)");
});

test.each([
  "https://proxy.example.com:3128",
  "arn:aws:iam::111122223333:role/x",
  "git@github.com:acme/x.git",
  "-----BEGIN CERTIFICATE-----",
])("%s does not look like a secret and is shown unchanged", (value) => {
  expect(looksSecret(value)).toBe(false);
  expect(hideSecrets(value)).toBe(value);
});

test("of a URL all but the password is shown", () => {
  expect(hideSecrets("use http://user:hunter2@proxy.example.com:3128 here")).toBe(
    "use http://user:(secret)@proxy.example.com:3128 here",
  );
});

test("assignments in a script are told by their names", () => {
  expect(
    secretAssignments('export DB_PASSWORD="hunter2" REGION=us-east-1 API_KEY=abcd TOKEN=${TOKEN}'),
  ).toEqual(["DB_PASSWORD", "API_KEY"]);
});

test("of what is hidden no part is shown", () => {
  const key = ["-----BEGIN PRIVATE", "KEY-----\nMIIEsecret\nabc\n-----END PRIVATE", "KEY-----"].join(" ");

  expect(hideSecrets(`key: ${key} end`)).toBe("key: (secret) end");
  expect(hideSecrets("https://hooks.slack.com/services/T000/B000/XXXX now")).toBe("https://(secret) now");
  expect(hideSecrets("http://user:p@ss@proxy.example.com:3128")).toBe(
    "http://user:(secret)@proxy.example.com:3128",
  );
});

#!/usr/bin/env node
// A strict fake of Telegram's Bot API for tests and benchmarks (see README.md). Prints "listening PORT" when ready.
// botapi.mjs [--port 0] [--host 127.0.0.1] [--token T] [--limits on] [--validate off] [--cert FILE --key FILE]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BotApiServer } from './botapi/server.mjs';

const { values } = parseArgs({ options: {
  port: { type: 'string', default: '0' },
  host: { type: 'string', default: '127.0.0.1' },
  token: { type: 'string', default: '1234567890:AAtest_token_of_the_test_kit_000000' },
  limits: { type: 'string', default: 'off' },
  validate: { type: 'string', default: 'on' },
  cert: { type: 'string' },
  key: { type: 'string' },
} });
const server = new BotApiServer({
  token: values.token,
  settings: { limits: values.limits === 'on', validate: values.validate === 'on' },
  tls: values.cert && { cert: readFileSync(values.cert), key: readFileSync(values.key) },
});
const port = await server.listen(Number(values.port), values.host);
console.log(`listening ${port}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

// /_control/...: how a test steers the server and reads what came (README.md lists the paths).
import { badRequest } from './errors.mjs';
import { updateOf } from './people.mjs';

const ROUTES = {
  'POST outcomes': (server, { body }) => { [body].flat().forEach((order) => server.outcomes.add(order)); return {}; },
  'DELETE outcomes': (server) => { server.outcomes.orders = []; return {}; },
  'POST settings': (server, { body }) => Object.assign(server.settings, body),
  'POST updates': (server, { body }) => [body].flat().map((push) => server.updates.push(updateOf(push, server))),
  'GET messages': (server, { query }) => server.records.of(query.get('chat_id') ?? undefined),
  'GET calls': (server) => server.records.calls,
  'GET callbacks': (server) => [...server.callbacks.values()],
  'GET commands': (server) => server.commands,
  'GET stats': (server) => ({ ...server.records.stats(), early_calls: server.pauses.early, pending_updates: server.updates.pending.length }),
  'GET wait': async (server, { query }) => ({
    enough: await server.records.wait(Number(query.get('messages') ?? 1), query.get('chat_id') ?? undefined, Number(query.get('timeout_ms') ?? 10_000)),
    messages: server.records.of(query.get('chat_id') ?? undefined).length,
  }),
  'POST reset': (server) => { server.reset(); return {}; },
};

export async function control(server, { method, url: path, body }) {
  const url = new URL(path, 'http://localhost');
  const name = url.pathname.slice('/_control/'.length);
  const file = name.startsWith('files/') && server.files.byId.get(name.slice('files/'.length));
  if (file) return { code: 200, text: file.bytes, type: file.type };
  const route = ROUTES[`${method} ${name}`];
  if (!route) throw badRequest(`no control "${method} ${name}"`);
  const answer = await route(server, { query: url.searchParams, body: body.length ? JSON.parse(body) : {} });
  return { code: 200, text: JSON.stringify(answer) };
}

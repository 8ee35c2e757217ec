// What a test has ordered to go wrong. An order: { kind, chat_id?, method?, times? = 1 (0: for ever), ... }.
import { ApiError, badRequest, forbidden, tooManyRequests, unauthorized } from './errors.mjs';

const ERRORS = {
  rate_limited: ({ retry_after = 1 }) => tooManyRequests(retry_after),
  blocked: () => forbidden('bot was blocked by the user'),
  deactivated: () => forbidden('user is deactivated'),
  kicked: () => forbidden('bot was kicked from the group chat'),
  chat_not_found: () => badRequest('chat not found'),
  migrated: ({ migrate_to_chat_id }) =>
    badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id }),
  unauthorized: () => unauthorized(),
  server_error: ({ code = 500, description = 'Internal Server Error' }) => new ApiError(code, description),
  error: ({ code = 400, description, parameters }) => new ApiError(code, description, parameters),
};
// Not errors: the call is done and answered late, done and not answered, not even done, or answered by nonsense.
const MANNERS = ['slow', 'cut_after', 'cut_before', 'garbage'];

export class Outcomes {
  constructor() {
    this.orders = [];
  }

  add(order) {
    if (!(order.kind in ERRORS) && !MANNERS.includes(order.kind)) throw badRequest(`unknown kind of outcome "${order.kind}"`);
    this.orders.push({ ...order, left: order.times === 0 ? Infinity : (order.times ?? 1) });
  }

  // The first order that fits this call, used up by one.
  take(method, chat) {
    if (this.orders.length === 0) return undefined;
    const fits = (order) => (order.method === undefined || order.method.toLowerCase() === method)
      && (order.chat_id === undefined || String(order.chat_id) === String(chat?.id));
    const found = this.orders.find(fits);
    if (found && --found.left <= 0) this.orders.splice(this.orders.indexOf(found), 1);
    return found;
  }

  static error(order) {
    return ERRORS[order?.kind]?.(order);
  }
}

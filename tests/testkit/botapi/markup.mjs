// The shape of reply_markup.
import { badRequest } from './errors.mjs';
import { structure } from './body.mjs';

const ACTIONS = ['callback_data', 'url', 'web_app', 'copy_text', 'login_url', 'switch_inline_query',
  'switch_inline_query_current_chat', 'switch_inline_query_chosen_chat', 'pay', 'callback_game'];
const STYLES = ['danger', 'success', 'primary'];
const MAX_BUTTONS = 100;

export function checkMarkup(value, chat) {
  if (value === undefined || value === '') return undefined;
  const markup = structure(value, 'reply keyboard markup');
  if (markup === null || typeof markup !== 'object' || Array.isArray(markup)) throw badRequest('object expected as reply markup');
  if (markup.inline_keyboard !== undefined) {
    checkRows(markup.inline_keyboard, 'inline keyboard', (button) => checkInlineButton(button, chat));
  } else if (markup.keyboard !== undefined) {
    checkRows(markup.keyboard, 'keyboard', (button) => checkText(typeof button === 'string' ? { text: button } : button, 'keyboard'));
  } else if (markup.remove_keyboard !== true && markup.force_reply !== true) {
    throw badRequest("can't parse reply keyboard markup JSON object");
  }
  return markup;
}

function checkRows(rows, what, check) {
  if (!Array.isArray(rows)) throw badRequest(`field "${what.replace(' ', '_')}" of the ReplyMarkup must be an Array`);
  for (const row of rows) {
    if (!Array.isArray(row)) throw badRequest(`field "${what.replace(' ', '_')}" of the ReplyMarkup must be an Array of Arrays`);
    row.forEach(check);
  }
  if (rows.flat().length > MAX_BUTTONS) throw badRequest('reply markup is too long');
}

function checkText(button, what) {
  if (typeof button?.text !== 'string' || button.text.trim() === '') {
    throw badRequest(`can't parse ${what} button: Field "text" must be of type String`);
  }
}

function checkInlineButton(button, chat) {
  checkText(button, 'inline keyboard');
  const actions = ACTIONS.filter((name) => name in button);
  if (actions.length === 0) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  if (button.style !== undefined && !STYLES.includes(button.style)) throw badRequest('invalid button style specified');
  if ('callback_data' in button) {
    const size = Buffer.byteLength(String(button.callback_data));
    if (size < 1 || size > 64) throw badRequest('BUTTON_DATA_INVALID');
  }
  if ('url' in button && !/^(https?|tg):\/\/\S+$/.test(button.url)) {
    throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
  }
  if ('web_app' in button) {
    if (chat.type !== 'private') throw badRequest('BUTTON_TYPE_INVALID');
    if (!/^https:\/\/\S+$/.test(button.web_app?.url ?? '')) {
      throw badRequest(`inline keyboard button Web App URL '${button.web_app?.url}' is invalid: Only HTTPS links are allowed`);
    }
  }
}

// The methods by name in lower case. Each one checks its parameters and returns { chat?, costs?, perform } without doing
// anything yet, so that an ordered failure can come between the check and the deed, as at the real server.
import { badRequest } from './errors.mjs';
import { flag, structure } from './body.mjs';
import { parseHtml, trimmed } from './entities.mjs';
import { describe } from './files.mjs';
import { checkMarkup } from './markup.mjs';

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const MAX_CALLBACK_ANSWER = 200;
const ACTIONS = ['typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice', 'upload_document',
  'choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'];
const SAME = 'message is not modified: specified new message content and reply markup are exactly the same as a current content '
  + 'and reply markup of the message';

export function chatOf(value) {
  if (value === undefined || value === '') throw badRequest('chat_id is empty');
  if (/^@\w{4,}$/.test(value)) return { id: value, type: 'channel' };
  if (!/^-?\d{1,16}$/.test(value)) throw badRequest('chat not found');
  const id = Number(value);
  return { id, type: id > 0 ? 'private' : id < -1e12 ? 'supergroup' : 'group' };
}

// The text or caption of a call -> { source, parse_mode, text, entities }.
function content(server, source, given, limit, tooLong) {
  if (typeof source !== 'string') throw badRequest('strings must be encoded in UTF-8');
  const { parse_mode } = given;
  if (!server.settings.validate) return { source, text: source, parse_mode };
  const parsed = parse_mode ? parsedBy(parse_mode, source)
    : trimmed(source, structure(given.entities ?? given.caption_entities, 'entities') ?? []);
  if (parsed.text.length > limit) throw badRequest(tooLong);
  return { source, parse_mode, ...parsed };
}

function parsedBy(mode, source) {
  if (String(mode).toLowerCase() !== 'html') throw badRequest('unsupported parse_mode');
  return parseHtml(source);
}

function messageText(server, given, chat) {
  const made = content(server, given.text ?? '', given, MAX_TEXT, 'message is too long');
  if (made.text === '') throw badRequest('message text is empty');
  return { ...made, reply_markup: markup(server, given, chat) };
}

function markup(server, given, chat) {
  return server.settings.validate ? checkMarkup(given.reply_markup, chat) : undefined;
}

function sendFile(server, kind, method, given) {
  const chat = chatOf(given.chat_id);
  const caption = given.caption === undefined ? {}
    : content(server, given.caption, given, MAX_CAPTION, 'message caption is too long');
  const reply_markup = markup(server, given, chat);
  const file = describe(server.files.take(kind, given));
  return { chat, costs: true, perform: () => answer(server, chat, server.records.message(chat, method, { ...caption, reply_markup, file })) };
}

function edit(server, chat, id, made) {
  const message = server.records.find(chat, id);
  if (!message) throw badRequest('message to edit not found');
  if (message.file) throw badRequest('there is no text in the message to edit');
  const shown = ({ text, entities, reply_markup }) => JSON.stringify([text, entities, reply_markup]);
  if (shown(message) === shown(made)) throw badRequest(SAME);
  return Object.assign(message, made, { edits: message.edits + 1 });
}

// A Message object of the Bot API.
function answer(server, chat, { message_id, text, entities, file, reply_markup }) {
  const shown = { message_id, from: server.bot, chat, date: Math.floor(Date.now() / 1000) };
  const marks = entities?.length ? entities : undefined;
  if (file) {
    const { kind, ...about } = file;
    Object.assign(shown, { [kind]: kind === 'photo' ? [about] : about, caption: text, caption_entities: marks });
  } else {
    Object.assign(shown, { text, entities: marks });
  }
  return { ...shown, reply_markup: reply_markup?.inline_keyboard ? reply_markup : undefined };
}

export const METHODS = {
  getme: (server) => ({ perform: () => server.bot }),

  sendmessage(server, given) {
    const chat = chatOf(given.chat_id);
    const made = messageText(server, given, chat);
    return { chat, costs: true, perform: () => answer(server, chat, server.records.message(chat, 'sendMessage', made)) };
  },

  sendphoto: (server, given) => sendFile(server, 'photo', 'sendPhoto', given),
  senddocument: (server, given) => sendFile(server, 'document', 'sendDocument', given),

  editmessagetext(server, given) {
    const chat = chatOf(given.chat_id);
    const made = messageText(server, given, chat);
    return { chat, perform: () => answer(server, chat, edit(server, chat, given.message_id, made)) };
  },

  answercallbackquery(server, given) {
    if ((given.text ?? '').length > MAX_CALLBACK_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
    const perform = () => {
      const query = server.callbacks.get(String(given.callback_query_id));
      if (!query) throw badRequest('query is too old and response timeout expired or query ID is invalid');
      query.answer = { text: given.text, show_alert: flag(given.show_alert) };
      return true;
    };
    return { perform };
  },

  sendchataction(server, given) {
    const chat = chatOf(given.chat_id);
    if (!ACTIONS.includes(given.action)) throw badRequest('wrong parameter action in request');
    return { chat, perform: () => true };
  },

  setmycommands(server, given) {
    const commands = structure(given.commands, 'commands');
    if (!Array.isArray(commands) || commands.length > 100) throw badRequest("can't parse commands: expected an Array of BotCommand");
    for (const { command, description } of commands) {
      if (!/^\/?[a-z0-9_]{1,32}$/.test(command ?? '')) throw badRequest('BOT_COMMAND_INVALID');
      if (typeof description !== 'string' || description.length < 1 || description.length > 256) {
        throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
      }
    }
    return { perform: () => { server.commands = commands; return true; } };
  },

  getupdates: (server, given) => ({ perform: (onLeave) => server.updates.get(given, onLeave) }),
  setwebhook: (server, given) => ({ perform: () => server.updates.setWebhook(given) }),
  deletewebhook: (server, { drop_pending_updates }) => ({ perform: () => server.updates.setWebhook({ drop_pending_updates }) }),
  getwebhookinfo: (server) => ({ perform: () => server.updates.webhookInfo() }),
};

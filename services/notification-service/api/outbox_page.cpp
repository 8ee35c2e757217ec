#include "api/outbox_page.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/strings.hpp"
#include "telegram/html.hpp"
#include "time/iso.hpp"

namespace rb::notification {

namespace outbox_files {  // embedded by the build from web/outbox
std::optional<std::string_view> file(std::string_view path);
}

namespace {

namespace bj = boost::json;

constexpr unsigned kTones = 7;  // colours of avatars, as the style sheet has them

bj::object texts(const std::string& language) {
  return bj::parse(outbox_files::file(language + ".json").value()).as_object();
}

std::string query(const OutboxView& view) {
  std::string out = "?lang=" + view.language;
  if (view.channel) out += "&channel=" + std::string(to_string(*view.channel));
  if (!view.person.empty()) out += "&person=" + percent_encode(view.person);
  return out;
}

std::string href(const OutboxView& view) { return "/outbox" + query(view); }

std::string initials(std::string_view name) {
  std::string out;
  for (const auto& word : split(name, ' '))
    if (!word.empty() && utf8_length(out) < 2) out += utf8_prefix(word, 1);
  return out;
}

unsigned tone(std::string_view id) {
  unsigned sum = 0;
  for (unsigned char byte : id) sum = sum * 31 + byte;
  return sum % kTones;
}

bj::object person_context(const Addressee& person, const bj::object& t) {
  const auto& name = person.name.empty() ? person.user_id : person.name;
  std::string role;
  if (!person.roles.empty() && person.roles.front() != Audience::any)
    role = t.at("roles").at(to_string(person.roles.front())).as_string();
  return {{"id", person.user_id},
          {"name", name},
          {"initials", initials(name)},
          {"tone", tone(person.user_id)},
          {"role", role}};
}

// Links leave the frame; what the mail itself says about its base does not count.
std::string mail_document(std::string_view html) {
  constexpr std::string_view kBase = "<base target=\"_blank\">", kHead = "<head>";
  std::string out(html);
  auto head = out.find(kHead);
  out.insert(head == std::string::npos ? 0 : head + kHead.size(), kBase);
  return out;
}

bj::object letter_context(const KeptLetter& letter, const bj::object& t) {
  auto out = person_context(letter.to, t);
  bool mail = letter.channel == Channel::email;
  out["id"] = letter.id;
  out["user_id"] = letter.to.user_id;
  out["channel"] = to_string(letter.channel);
  out["address"] = mail ? letter.address : std::string();
  out["subject"] = letter.subject;
  out["sent_at"] = format_iso(letter.sent);
  out["shown"] = mail ? mail_document(letter.html) : browser_html(letter.html);
  return out;
}

bj::array channel_choices(const OutboxView& view, const bj::object& t) {
  bj::array out;
  auto add = [&](std::optional<Channel> channel, std::string_view name) {
    auto other = view;
    other.channel = channel;
    out.push_back({{"name", t.at(name)}, {"href", href(other)}, {"current", channel == view.channel}});
  };
  add(std::nullopt, "all");
  add(Channel::telegram, "telegram");
  add(Channel::email, "email");
  return out;
}

bj::array people_choices(const OutboxView& view, const OutboxContent& content, const bj::object& t) {
  bj::array out;
  for (const auto& reader : content.people) {
    auto one = person_context(reader.person, t);
    auto other = view;
    other.person = reader.person.user_id;
    one["href"] = href(other);
    one["current"] = other.person == view.person;
    one["count"] = reader.letters;
    out.push_back(std::move(one));
  }
  return out;
}

bj::object links(const OutboxView& view, const OutboxContent& content) {
  auto everyone = view, translated = view;
  everyone.person.clear();
  translated.language = view.language == "ru" ? "en" : "ru";
  std::string older;
  if (content.more) older = href(view) + "&cursor=" + percent_encode(content.letters.back().id);
  return {{"all", href({view.language, {}, ""})},
          {"everyone", href(everyone)},
          {"language", href(translated)},
          {"older", older}};
}

}  // namespace

OutboxPage::OutboxPage()
    : environment_({.autoescape = true,
                    .trim_blocks = true,
                    .lstrip_blocks = true,
                    .undefined = jinja::Options::Undefined::strict},
                   [](std::string_view name) -> std::optional<std::string> {
                     auto found = outbox_files::file(name);
                     return found ? std::optional(std::string(*found)) : std::nullopt;
                   }) {}

std::string OutboxPage::render(std::string_view file, const bj::object& context) const {
  auto compiled = environment_.compile(file, outbox_files::file(file).value());
  if (!compiled) throw Broken(jinja::explain(compiled.error(), "en"));
  auto values = jinja::Value::parse_json(bj::serialize(context));
  if (!values) throw Broken(values.error().message);
  auto out = environment_.render(*compiled, *values);
  if (!out) throw Broken(jinja::explain(out.error(), "en"));
  return std::move(*out);
}

std::string OutboxPage::page(const OutboxView& view, const OutboxContent& content) const {
  auto t = texts(view.language);
  bj::array letters;
  for (const auto& letter : content.letters) letters.push_back(letter_context(letter, t));
  auto since = content.letters.empty() ? content.now : content.letters.front().sent;
  bj::object context{{"lang", view.language},
                     {"person", view.person},
                     {"filtered", view.channel.has_value() || !view.person.empty()},
                     {"letters", std::move(letters)},
                     {"channels", channel_choices(view, t)},
                     {"people", people_choices(view, content, t)},
                     {"links", links(view, content)},
                     {"stream", content.live ? "/outbox/stream" + query(view) : ""},
                     {"since", to_micros(since)}};
  context["t"] = std::move(t);
  return render("page.html", context);
}

std::string OutboxPage::letter(const OutboxView& view, const KeptLetter& letter) const {
  auto t = texts(view.language);
  bj::object context{{"letter", letter_context(letter, t)}};
  context["t"] = std::move(t);
  return render("letter.html", context);
}

std::optional<std::string_view> outbox_asset(std::string_view name) {
  if (!name.ends_with(".css") && !name.ends_with(".js") && !name.ends_with(".svg")) return std::nullopt;
  return outbox_files::file(name);
}

std::string browser_html(std::string_view telegram_html) {
  using telegram::kLinkBegins;
  auto parsed = telegram::Html::parse(telegram_html);
  if (!parsed) parsed = telegram::Html::of_text(telegram::strip_tags(telegram_html));
  auto html = parsed->html();
  std::string out;
  std::size_t at = 0;
  for (auto link = html.find(kLinkBegins); link != std::string::npos; link = html.find(kLinkBegins, at)) {
    out.append(html, at, link - at);
    std::string_view target = std::string_view(html).substr(link + kLinkBegins.size());
    bool web = target.starts_with("https://") || target.starts_with("http://");
    out += web ? R"(<a target="_blank" rel="noopener noreferrer" href=")" : "<a title=\"";
    at = link + kLinkBegins.size();
  }
  return out.append(html, at);
}

}  // namespace rb::notification

#include <gmime/gmime.h>

#include <chrono>
#include <memory>
#include <mutex>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "mail/check.hpp"
#include "mail/message.hpp"

namespace rb::mail {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;
using Object = Owned<GMimeObject>;

// Names are written in UTF-8: left alone, GMime looks for the smallest charset and finds windows-1251.
constexpr const char* kCharset = "utf-8";

// Takes over a reference to any kind of GMimeObject.
Object own(void* object) { return Object(GMIME_OBJECT(object)); }

// A value that readers take literally and that therefore is neither encoded nor folded.
void set_raw_header(GMimeObject* object, const char* name, const std::string& value) {
  auto* headers = g_mime_object_get_header_list(object);
  g_mime_header_list_set(headers, name, "", nullptr);
  g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name), (" " + value + "\n").c_str());
}

void set_content(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
  Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part, content.get());
  g_mime_part_set_content_encoding(part, encoding);
}

// Base64 or quoted-printable, whichever is shorter for this text: Cyrillic is 4/3 long in the one and 3 in
// the other.
Object text_part(const std::string& text, const char* subtype) {
  auto part = own(g_mime_text_part_new_with_subtype(subtype));
  g_mime_text_part_set_charset(GMIME_TEXT_PART(part.get()), kCharset);
  auto lines = replace_all(replace_all(text, "\r\n", "\n"), "\r", "\n");
  auto* body = GMIME_PART(part.get());
  set_content(body, lines, GMIME_CONTENT_ENCODING_DEFAULT);
  auto best = g_mime_part_get_best_content_encoding(body, GMIME_ENCODING_CONSTRAINT_7BIT);
  if (best == GMIME_CONTENT_ENCODING_BASE64) lines = replace_all(lines, "\n", "\r\n");
  set_content(body, lines, best);
  return part;
}

void in_charset(GMimeParamList* parameters, const char* name) {
  g_mime_param_set_charset(g_mime_param_list_get_parameter(parameters, name), kCharset);
}

// In base64, as Gmail wants it.
Object calendar_part(const Calendar& calendar) {
  auto part = own(g_mime_text_part_new_with_subtype("calendar"));
  g_mime_text_part_set_charset(GMIME_TEXT_PART(part.get()), kCharset);
  g_mime_object_set_content_type_parameter(part.get(), "method", calendar.method.c_str());
  set_content(GMIME_PART(part.get()), calendar.text, GMIME_CONTENT_ENCODING_BASE64);
  return part;
}

Object file_part(const Attachment& file) {
  Owned<GMimeContentType> type(g_mime_content_type_parse(nullptr, file.type.c_str()));
  auto part = own(g_mime_object_new(nullptr, type.get()));
  if (!GMIME_IS_PART(part.get())) part = own(g_mime_part_new_with_type("application", "octet-stream"));
  g_mime_object_set_disposition(part.get(),
                                file.cid.empty() ? GMIME_DISPOSITION_ATTACHMENT : GMIME_DISPOSITION_INLINE);
  auto* body = GMIME_PART(part.get());
  g_mime_part_set_filename(body, file.name.c_str());
  in_charset(g_mime_content_type_get_parameters(g_mime_object_get_content_type(part.get())), "name");
  in_charset(g_mime_content_disposition_get_parameters(g_mime_object_get_content_disposition(part.get())),
             "filename");
  if (!file.cid.empty()) g_mime_part_set_content_id(body, file.cid.c_str());
  set_content(body, file.bytes, GMIME_CONTENT_ENCODING_BASE64);
  return part;
}

// Wraps parts; a single one stays as it is.
class Wrapper {
 public:
  explicit Wrapper(const std::string& message_id) : seed_(hex(sha256(message_id)).substr(0, 24)) {}

  Object wrap(const char* subtype, std::vector<Object> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    auto* multipart = g_mime_multipart_new_with_subtype(subtype);
    auto boundary = seed_ + "." + std::to_string(++count_);
    g_mime_multipart_set_boundary(multipart, boundary.c_str());
    for (const auto& part : parts) g_mime_multipart_add(multipart, part.get());
    return own(multipart);
  }

 private:
  std::string seed_;  // no body can hold it: nobody chooses texts by the digest of a message id
  int count_ = 0;
};

Object body(const Mail& mail) {
  Wrapper wrapper(mail.message_id);
  std::vector<Object> shown, files, versions, all;
  if (!mail.html.empty()) shown.push_back(text_part(mail.html, "html"));
  for (const auto& file : mail.attachments)
    (file.cid.empty() || mail.html.empty() ? files : shown).push_back(file_part(file));
  if (!mail.text.empty()) versions.push_back(text_part(mail.text, "plain"));
  if (!shown.empty()) versions.push_back(wrapper.wrap("related", std::move(shown)));
  if (!mail.calendar.text.empty()) {
    versions.push_back(calendar_part(mail.calendar));
    files.push_back(file_part({"invite.ics", "application/ics", mail.calendar.text, ""}));
  }
  all.push_back(wrapper.wrap("alternative", std::move(versions)));
  for (auto& file : files) all.push_back(std::move(file));
  return wrapper.wrap("mixed", std::move(all));
}

void add_address(GMimeMessage* message, GMimeAddressType kind, const Address& address) {
  auto email = normalise_address(address.email).value();
  const char* name = address.name.empty() ? nullptr : address.name.c_str();
  Owned<InternetAddress> mailbox(internet_address_mailbox_new(name, email.c_str()));
  internet_address_set_charset(mailbox.get(), kCharset);
  internet_address_list_add(g_mime_message_get_addresses(message, kind), mailbox.get());
}

void set_date(GMimeMessage* message, Time when) {
  auto seconds = std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count();
  std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> date(g_date_time_new_from_unix_utc(seconds),
                                                                &g_date_time_unref);
  g_mime_message_set_date(message, date.get());
}

std::string bracketed(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "<" : "\n <") + id + ">";  // folded: a line each
  return out;
}

void set_headers(GMimeMessage* message, const Mail& mail) {
  add_address(message, GMIME_ADDRESS_TYPE_FROM, mail.from);
  add_address(message, GMIME_ADDRESS_TYPE_TO, mail.to);
  if (!mail.reply_to.email.empty()) add_address(message, GMIME_ADDRESS_TYPE_REPLY_TO, mail.reply_to);
  g_mime_message_set_subject(message, mail.subject.c_str(), kCharset);
  set_date(message, mail.date);
  g_mime_message_set_message_id(message, mail.message_id.c_str());
  auto* object = GMIME_OBJECT(message);
  if (!mail.references.empty()) {
    set_raw_header(object, "In-Reply-To", bracketed({mail.references.back()}));
    set_raw_header(object, "References", bracketed(mail.references));
  }
  if (mail.auto_submitted) {
    set_raw_header(object, "Auto-Submitted", "auto-generated");
    set_raw_header(object, "X-Auto-Response-Suppress", "All");
  }
  if (mail.unsubscribe_url.empty()) return;
  set_raw_header(object, "List-Unsubscribe", "<" + mail.unsubscribe_url + ">");
  set_raw_header(object, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

std::string write(GMimeMessage* message) {
  std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> format(
      g_mime_format_options_new(), &g_mime_format_options_free);
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message), format.get(), out.get());
  const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace

Result<std::string> to_bytes(const Mail& mail) {
  if (auto wrong = faults(mail); !wrong.empty())
    return std::unexpected(Error{Errc::invalid, "the mail cannot be written", std::move(wrong)});
  static std::mutex one_at_a_time;  // GMime keeps tables of charsets and converters for the whole program
  std::lock_guard lock(one_at_a_time);
  static const bool started = (g_mime_init(), true);
  static_cast<void>(started);
  Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  set_headers(message.get(), mail);
  g_mime_message_set_mime_part(message.get(), body(mail).get());
  return write(message.get());
}

}  // namespace rb::mail

#include "jinja/bytes.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"
#include "jinja/compare.hpp"
#include "jinja/iterate.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

Value number(char byte) { return Value(static_cast<int>(static_cast<unsigned char>(byte))); }

void check_encoding(const Value& name) {
  auto spelled = name.is_text() ? ascii_lower(name.text()) : "";
  if (spelled != "utf-8" && spelled != "utf8" && spelled != "ascii")
    raise(ErrorKind::value, "unknown encoding: " + spelled);
}

}  // namespace

std::string Bytes::show() const {
  bool single = bytes_.find('\'') != std::string::npos && bytes_.find('"') == std::string::npos;
  char quote = single ? '"' : '\'';
  std::string out = {'b', quote};
  for (char c : bytes_) {
    if (c == quote || c == '\\')
      out += {'\\', c};
    else if (c == '\n' || c == '\r' || c == '\t')
      out += {'\\', c == '\n' ? 'n' : c == '\r' ? 'r' : 't'};
    else if (c < ' ' || c == '\x7F')
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + quote;
}

bool Bytes::has(const Value& needle) {
  if (const auto* part = as<Bytes>(needle)) return bytes_.find(part->bytes_) != std::string::npos;
  if (!needle.is(Type::integer)) raise(ErrorKind::type, "a bytes-like object is required");
  return bytes_.find(static_cast<char>(needle.integer())) != std::string::npos;
}

bool Bytes::same_as(const Thing& other) const {
  const auto* bytes = dynamic_cast<const Bytes*>(&other);
  return bytes && bytes->bytes_ == bytes_;
}

std::uint32_t Bytes::hash() const { return hash_of(Value(bytes_)) + 1; }

std::optional<Value> Bytes::attribute(Interpreter&, std::string_view name) {
  if (name != "decode") return std::nullopt;
  return make_callable("<built-in method decode of bytes object>",
                       [me = self()](Interpreter&, Arguments& arguments) {
                         auto [encoding] = bind("decode", {"encoding"}, 0, arguments);
                         check_encoding(given(encoding, Value("utf-8")));
                         return Value(static_cast<const Bytes&>(me.thing()).bytes_);
                       });
}

std::optional<Value> Bytes::item(Interpreter&, const Value& index) {
  if (!index.is(Type::integer)) return std::nullopt;
  auto size = static_cast<std::int64_t>(bytes_.size());
  auto at = index.integer() < 0 ? index.integer() + size : index.integer();
  if (at < 0 || at >= size) return std::nullopt;
  return number(bytes_[static_cast<std::size_t>(at)]);
}

std::optional<Value> Bytes::cut(const Value& start, const Value& stop, const Value& step) {
  std::string out;
  visit_indices(slice_bounds(static_cast<std::int64_t>(bytes_.size()), start, stop, step),
                [&](std::size_t i) { out += bytes_[i]; });
  return make_thing<Bytes>(std::move(out));
}

std::optional<Value> Bytes::iterate() {
  Values numbers;
  for (char c : bytes_) numbers.push_back(number(c));
  return make_thing<CursorIterator>(make_tuple(std::move(numbers)), "bytes_iterator");
}

Value encode(const Value& text, const Value& encoding) {
  check_encoding(encoding);
  if (ascii_lower(encoding.text()) == "ascii" && !text.str().ascii())
    raise(ErrorKind::value, "'ascii' codec can't encode this text");
  check_size(text.str().size);
  return make_thing<Bytes>(std::string(text.text()));
}

}  // namespace rb::jinja

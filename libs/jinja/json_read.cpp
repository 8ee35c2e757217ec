// JSON → Value. A number with a point or an exponent is a real, any other an integer of any size.
#include <string>

#include "base/strings.hpp"
#include "jinja/numbers.hpp"
#include "jinja/objects.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

constexpr int kMaxDepth = 500;

struct Broken {
  std::string what;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Value run() {
    auto v = value(0);
    blanks();
    if (at_ < text_.size()) fail("something follows the document");
    return v;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Broken{what + " at byte " + std::to_string(at_)};
  }

  void blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  char peek() {
    blanks();
    if (at_ >= text_.size()) fail("the document ends too early");
    return text_[at_];
  }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  void word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) fail("unknown word");
    at_ += expected.size();
  }

  Value value(int depth) {
    if (depth > kMaxDepth) fail("nested too deeply");
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return Value(text());
      case 't':
        return word("true"), Value(true);
      case 'f':
        return word("false"), Value(false);
      case 'n':
        return word("null"), Value();
      default:
        return number();
    }
  }

  Value array(int depth) {
    auto out = make_list();
    ++at_;
    if (take(']')) return out;
    do out.items().items.push_back(value(depth + 1));
    while (take(','));
    if (!take(']')) fail("expected , or ]");
    return out;
  }

  Value object(int depth) {
    auto out = make_dict();
    ++at_;
    if (take('}')) return out;
    do {
      if (peek() != '"') fail("expected a name");
      auto key = name();
      if (!take(':')) fail("expected :");
      out.dict().set(key, value(depth + 1));
    } while (take(','));
    if (!take('}')) fail("expected , or }");
    return out;
  }

  // The rows of a list have the same names: one text each serves all of them.
  Value name() {
    Value spelled(text());
    auto& known = names_.dict();
    if (const auto* same = known.find(spelled)) return *same;
    known.set(spelled, spelled);
    return spelled;
  }

  std::size_t digits(std::size_t from) const {
    while (from < text_.size() && text_[from] >= '0' && text_[from] <= '9') ++from;
    return from;
  }

  Value number() {
    auto from = at_;
    auto first = at_ + (text_[at_] == '-' ? 1 : 0);
    auto end = digits(first);
    if (end == first || (text_[first] == '0' && end > first + 1)) fail("unknown value");
    bool real = false;
    if (end < text_.size() && text_[end] == '.') {
      auto after = digits(end + 1);
      if (after == end + 1) fail("digits missing");
      real = true;
      end = after;
    }
    if (end < text_.size() && (text_[end] | 0x20) == 'e') {
      auto sign = end + 1;
      if (sign < text_.size() && (text_[sign] == '+' || text_[sign] == '-')) ++sign;
      auto after = digits(sign);
      if (after == sign) fail("digits missing");
      real = true;
      end = after;
    }
    auto spelled = text_.substr(from, end - from);
    at_ = end;
    if (real) return Value(*parse_real(spelled));
    return *parse_integer(spelled, 10);
  }

  std::string text() {
    std::string out;
    ++at_;
    while (true) {
      if (at_ >= text_.size()) fail("a text does not end");
      auto c = text_[at_++];
      if (c == '"') return out;
      if (static_cast<unsigned char>(c) < 0x20) fail("a control character in a text");
      if (c == '\\')
        escape(out);
      else
        out += c;
    }
  }

  char32_t unit() {
    char32_t u = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      auto digit = at_ < text_.size() ? digit_value(text_[at_]) : 16;
      if (digit >= 16) fail("a broken \\u escape");
      u = u * 16 + digit;
    }
    return u;
  }

  void escape(std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    auto c = at_ < text_.size() ? text_[at_++] : '\0';
    if (c != 'u') {
      auto i = letters.find(c);
      if (i == std::string_view::npos) fail("an unknown escape");
      out += meanings[i];
      return;
    }
    auto point = unit();
    if (point >= 0xD800 && point < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      auto low = unit();
      if (low < 0xDC00 || low > 0xDFFF) fail("half a surrogate pair");
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    } else if (point >= 0xD800 && point < 0xE000) {
      fail("half a surrogate pair");
    }
    append_utf8(out, point);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Value names_ = make_dict();
};

}  // namespace

Result<Value> Value::parse_json(std::string_view text) {
  if (!valid_utf8(text)) return fail(Errc::invalid, "the JSON is not UTF-8");
  try {
    return Reader(text).run();
  } catch (const Broken& broken) {
    return fail(Errc::invalid, "broken JSON: " + broken.what);
  } catch (const Raised& raised) {
    return fail(Errc::invalid, "broken JSON: " + raised.error.message);
  }
}

}  // namespace rb::jinja

// map, select, reject and their relatives: lazy, like Python's generators. What is wrong with the arguments
// shows when the first item is asked for.
#include "jinja/compare.hpp"
#include "jinja/getter.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

// Starts its pass at the first item, and only if the input is not empty.
class Lazy : public Iterator {
 public:
  Lazy(Interpreter& in, Value input, Arguments arguments)
      : in_(in), input_(std::move(input)), arguments_(std::move(arguments)) {}

 protected:
  virtual void prepare() = 0;
  bool advance(Value& out) {
    if (!begun_) {
      begun_ = true;
      if (!truth(input_)) {
        done_ = true;
        return false;
      }
      prepare();
      cursor_.emplace(input_);
    }
    if (done_ || !cursor_->next(out)) return !(done_ = true);
    return true;
  }

  Interpreter& in_;
  Value input_;
  Arguments arguments_;

 private:
  std::optional<Cursor> cursor_;
  bool begun_ = false, done_ = false;
};

class Mapped : public Lazy {
 public:
  using Lazy::Lazy;
  bool next(Value& out) override {
    if (!advance(out)) return false;
    if (getter_) {
      out = (*getter_)(out);
    } else {
      Arguments own = arguments_;
      out = in_.call_filter(filter_, out, own);
    }
    return true;
  }

 private:
  void prepare() override {
    if (arguments_.positional.empty()) {
      auto attribute = arguments_.take("attribute");
      if (!attribute.is_given()) raise(ErrorKind::filter_argument, "map requires a filter argument");
      auto otherwise = arguments_.take("default");
      if (!arguments_.named.empty())
        raise(ErrorKind::filter_argument,
              "Unexpected keyword argument " + repr(arguments_.named.front().first));
      getter_.emplace(in_, attribute, given(otherwise, Value()));
      return;
    }
    filter_ = name_of(arguments_.positional.front());
    arguments_.positional.erase(arguments_.positional.begin());
  }

  static std::string name_of(const Value& v) {
    hash_of(v);
    return str(v);
  }

  std::optional<Getter> getter_;
  std::string filter_;
};

class Selected : public Lazy {
 public:
  Selected(Interpreter& in, Value input, Arguments arguments, bool wanted, bool by_attribute)
      : Lazy(in, std::move(input), std::move(arguments)), wanted_(wanted), by_attribute_(by_attribute) {}
  bool next(Value& out) override {
    while (advance(out))
      if (passes(getter_ ? (*getter_)(out) : out) == wanted_) return true;
    return false;
  }

 private:
  void prepare() override {
    auto& positional = arguments_.positional;
    if (by_attribute_) {
      if (positional.empty()) raise(ErrorKind::filter_argument, "Missing parameter for attribute name");
      getter_.emplace(in_, positional.front());
      positional.erase(positional.begin());
    }
    if (positional.empty()) return;
    hash_of(positional.front());
    test_ = str(positional.front());
    positional.erase(positional.begin());
  }

  bool passes(const Value& item) {
    if (!test_) return truth(item);
    Arguments own = arguments_;
    return in_.call_test(*test_, item, own);
  }

  bool wanted_, by_attribute_;
  std::optional<Getter> getter_;
  std::optional<std::string> test_;
};

Value map_filter(Interpreter& in, const Value& input, Arguments& arguments) {
  return make_thing<Mapped>(in, input, arguments);
}

template <bool wanted, bool by_attribute>
Value select_filter(Interpreter& in, const Value& input, Arguments& arguments) {
  return make_thing<Selected>(in, input, arguments, wanted, by_attribute);
}

class Unique : public Iterator {
 public:
  Unique(Interpreter& in, const Value& input, const Value& attribute, bool case_sensitive)
      : input_(input), getter_(in, attribute), case_sensitive_(case_sensitive) {}
  bool next(Value& out) override {
    if (!cursor_) cursor_.emplace(input_);
    while (cursor_->next(out)) {
      auto key = getter_(out);
      if (!case_sensitive_) key = ignore_case(key);
      auto& seen = seen_.dict();
      if (seen.find(key)) continue;
      seen.set(key, Value());
      return true;
    }
    return false;
  }

 private:
  Value input_;
  std::optional<Cursor> cursor_;
  Getter getter_;
  bool case_sensitive_;
  Value seen_ = make_dict();
};

Value unique(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [case_sensitive, attribute] = bind("do_unique", {"case_sensitive", "attribute"}, 0, arguments);
  return make_thing<Unique>(in, input, given(attribute, Value()),
                            case_sensitive.is_given() && truth(case_sensitive));
}

}  // namespace

void add_selection_filters(Filters& filters) {
  filters["map"] = {map_filter};
  filters["select"] = {select_filter<true, false>};
  filters["reject"] = {select_filter<false, false>};
  filters["selectattr"] = {select_filter<true, true>};
  filters["rejectattr"] = {select_filter<false, true>};
  filters["unique"] = {unique};
}

}  // namespace rb::jinja

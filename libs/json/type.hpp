#pragma once
// The run-time description of a C++ type: how it is read from JSON, written as JSON, and told as JSON Schema
// (2020-12). Templates only fill these tables (describe.hpp); the work is done in .cpp files, so that a
// module with many structs compiles quickly. Objects of these classes are immutable and live forever.
#include <boost/json/value.hpp>
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "json/rule.hpp"
#include "time/zone.hpp"

namespace rb::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Where in a document the reader stands; becomes text only when something is wrong.
struct Spot {
  const Spot* up = nullptr;
  std::string_view name;
  std::size_t index = 0;
  std::string text() const;  // "attachments[0].size"; "$" for the whole
};

struct Reading {
  const Zone& zone;        // of times without an offset
  bool from_text = false;  // values come from a URL or a form: "5" is an integer, "a,b" a list
  std::vector<FieldError> errors;

  void fail(const Spot& at, std::string reason);
};

// Collects the schemas of structs under their names, for `components/schemas`.
class ObjectType;
class Schemas {
 public:
  object reference(const ObjectType& type);  // {"$ref": …}
  const object& components() const { return components_; }

 private:
  std::map<const ObjectType*, std::string> names_;
  object components_;
};

class Type {
 public:
  Type() = default;
  Type(const Type&) = delete;
  Type& operator=(const Type&) = delete;
  virtual ~Type() = default;

  virtual bool optional() const { return false; }
  virtual void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const = 0;
  virtual value write(const void* from, const Rule& rule) const = 0;
  virtual object schema(const Rule& rule, Schemas& schemas) const = 0;
};

const Type& boolean_type();
const Type& number_type();
const Type& text_type();
const Type& time_type();
const Type& free_value_type();
const Type& free_object_type();
const Type& free_array_type();

class IntegerType : public Type {
 public:
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const final;
  value write(const void* from, const Rule& rule) const final;
  object schema(const Rule& rule, Schemas& schemas) const final;

 private:
  virtual bool store(std::int64_t from, void* to) const = 0;  // false: out of the type's range
  virtual std::int64_t load(const void* from) const = 0;
};

template <std::integral T>
class IntegerOf final : public IntegerType {
  bool store(std::int64_t from, void* to) const override {
    if (!std::in_range<T>(from)) return false;
    *static_cast<T*>(to) = static_cast<T>(from);
    return true;
  }
  std::int64_t load(const void* from) const override {
    return static_cast<std::int64_t>(*static_cast<const T*>(from));
  }
};

class EnumType final : public Type {
 public:
  struct Table {
    std::vector<std::pair<std::string, std::int64_t>> names;
    void (*store)(std::int64_t, void*);
    std::int64_t (*load)(const void*);
  };
  explicit EnumType(Table table) : table_(std::move(table)) {}
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override;
  value write(const void* from, const Rule& rule) const override;
  object schema(const Rule& rule, Schemas& schemas) const override;

 private:
  Table table_;
};

class OptionalType final : public Type {
 public:
  struct Table {
    void* (*emplace)(void*);
    void (*reset)(void*);
    const void* (*get)(const void*);  // nullptr: empty
  };
  OptionalType(const Type& inner, Table table) : inner_(inner), table_(table) {}
  bool optional() const override { return true; }
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override;
  value write(const void* from, const Rule& rule) const override;
  object schema(const Rule& rule, Schemas& schemas) const override;

 private:
  const Type& inner_;
  Table table_;
};

class ListType final : public Type {
 public:
  struct Table {
    void* (*append)(void*);
    void (*clear)(void*);
    std::size_t (*size)(const void*);
    const void* (*at)(const void*, std::size_t);
  };
  ListType(const Type& item, Table table) : item_(item), table_(table) {}
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override;
  value write(const void* from, const Rule& rule) const override;
  object schema(const Rule& rule, Schemas& schemas) const override;

 private:
  const Type& item_;
  Table table_;
};

class MapType final : public Type {
 public:
  struct Table {
    void* (*at)(void*, const std::string&);  // made when missing
    void (*clear)(void*);
    std::vector<std::pair<std::string_view, const void*>> (*items)(const void*);
  };
  MapType(const Type& item, Table table) : item_(item), table_(table) {}
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override;
  value write(const void* from, const Rule& rule) const override;
  object schema(const Rule& rule, Schemas& schemas) const override;

 private:
  const Type& item_;
  Table table_;
};

struct Member {
  std::string name;
  const Type* type;
  void* (*get)(void* object);
  Rule rule;

  bool required() const { return !type->optional() && !rule.has_default; }
};

class ObjectType final : public Type {
 public:
  struct Table {
    std::string_view name;  // C++ name with namespaces
    std::vector<Member> (*members)();
    Rules (*rules)();
    std::shared_ptr<void> (*make)();  // a default-constructed object
  };
  explicit ObjectType(Table table) : table_(table) {}

  std::string_view name() const { return table_.name; }
  const std::vector<Member>& members() const;

  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override;
  value write(const void* from, const Rule& rule) const override;
  object schema(const Rule& rule, Schemas& schemas) const override;

  // Members found in `texts` are read from there as texts, the others from `body` (null: nothing).
  void read_parts(const value& body, const object& texts, void* to, Reading& in) const;
  object own_schema(Schemas& schemas) const;

 private:
  Table table_;
  mutable std::once_flag once_;
  mutable std::vector<Member> members_;
};

}  // namespace rb::json

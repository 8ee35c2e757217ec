#pragma once
// Makes the Type of a C++ type from its Boost.Describe description. Supported: bool, integers, double,
// std::string, rb::Time, std::optional, std::vector, std::map<std::string, …>, described structs (also with
// described bases) and enums, and boost::json::value, object and array as free JSON.
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>

#include "json/type.hpp"

namespace rb::json {

template <class T>
const Type& type_of();

namespace detail {

template <class T>
constexpr std::string_view type_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  auto from = text.find("T = ") + 4;
  return text.substr(from, text.size() - 1 - from);
}

template <class T>
Rules rules_of() {
  if constexpr (requires { rules(static_cast<const T*>(nullptr)); }) {
    return rules(static_cast<const T*>(nullptr));
  } else {
    return {};
  }
}

template <class T, class D>
void* member_of(void* object) {
  return &(static_cast<T*>(object)->*D::pointer);
}

template <class T>
std::vector<Member> members_of() {
  using namespace boost::describe;
  std::vector<Member> out;
  boost::mp11::mp_for_each<describe_members<T, mod_public | mod_inherited>>([&](auto d) {
    using D = decltype(d);
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    out.push_back({d.name, &type_of<M>(), &member_of<T, D>, {}});
  });
  return out;
}

template <class T>
EnumType::Table enum_table() {
  EnumType::Table out{
      {},
      [](std::int64_t from, void* to) { *static_cast<T*>(to) = static_cast<T>(from); },
      [](const void* from) { return static_cast<std::int64_t>(*static_cast<const T*>(from)); }};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
      [&](auto d) { out.names.emplace_back(d.name, static_cast<std::int64_t>(d.value)); });
  return out;
}

template <class T>
struct Container : std::false_type {};

template <class T>
struct Container<std::optional<T>> : std::true_type {
  static const Type& type() {
    using O = std::optional<T>;
    static const OptionalType out(type_of<T>(),
                                  {[](void* o) -> void* { return &static_cast<O*>(o)->emplace(); },
                                   [](void* o) { static_cast<O*>(o)->reset(); },
                                   [](const void* o) -> const void* {
                                     const auto& optional = *static_cast<const O*>(o);
                                     return optional ? &*optional : nullptr;
                                   }});
    return out;
  }
};

template <class T>
struct Container<std::vector<T>> : std::true_type {
  static_assert(!std::same_as<T, bool>, "std::vector<bool> has no addressable items");
  static const Type& type() {
    using V = std::vector<T>;
    static const ListType out(
        type_of<T>(),
        {[](void* v) -> void* { return &static_cast<V*>(v)->emplace_back(); },
         [](void* v) { static_cast<V*>(v)->clear(); },
         [](const void* v) { return static_cast<const V*>(v)->size(); },
         [](const void* v, std::size_t i) -> const void* { return &(*static_cast<const V*>(v))[i]; }});
    return out;
  }
};

template <class T, class Less>
struct Container<std::map<std::string, T, Less>> : std::true_type {
  static const Type& type() {
    using M = std::map<std::string, T, Less>;
    static const MapType out(
        type_of<T>(), {[](void* m, const std::string& key) -> void* { return &(*static_cast<M*>(m))[key]; },
                       [](void* m) { static_cast<M*>(m)->clear(); },
                       [](const void* m) {
                         std::vector<std::pair<std::string_view, const void*>> items;
                         for (const auto& [key, item] : *static_cast<const M*>(m))
                           items.emplace_back(key, &item);
                         return items;
                       }});
    return out;
  }
};

}  // namespace detail

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <Described T>
const ObjectType& object_type() {
  static const ObjectType out({detail::type_name<T>(), &detail::members_of<T>, &detail::rules_of<T>,
                               []() -> std::shared_ptr<void> { return std::make_shared<T>(); }});
  return out;
}

template <class T>
const Type& type_of() {
  if constexpr (std::same_as<T, bool>) {
    return boolean_type();
  } else if constexpr (std::integral<T>) {
    static const IntegerOf<T> out;
    return out;
  } else if constexpr (std::same_as<T, double>) {
    return number_type();
  } else if constexpr (std::same_as<T, std::string>) {
    return text_type();
  } else if constexpr (std::same_as<T, Time>) {
    return time_type();
  } else if constexpr (std::same_as<T, value>) {
    return free_value_type();
  } else if constexpr (std::same_as<T, object>) {
    return free_object_type();
  } else if constexpr (std::same_as<T, array>) {
    return free_array_type();
  } else if constexpr (detail::Container<T>::value) {
    return detail::Container<T>::type();
  } else if constexpr (std::is_enum_v<T>) {
    static const EnumType out(detail::enum_table<T>());
    return out;
  } else {
    static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT in its own namespace");
    return object_type<T>();
  }
}

}  // namespace rb::json

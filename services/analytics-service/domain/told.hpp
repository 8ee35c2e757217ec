#pragma once
// For tests: events as somebody would tell them, through the envelope that everybody uses.
#include <gtest/gtest.h>

#include <string>

#include "domain/order.hpp"
#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::analytics {

inline Time at(std::string_view text) { return parse_iso(text, Zone::utc()).value(); }

// `data`: the members without braces. Events are told in order: the id breaks ties.
inline events::Event told(const std::string& type, const std::string& time, const std::string& data,
                          const std::string& id = "e") {
  auto body = R"({"specversion":"1.0","source":"/test","id":")" + id + R"(","type":")" + type +
              R"(","time":")" + time + R"(","data":{)" + data + "}}";
  auto outcome = events::parse_event(body, {"", "", 0, {}, at("2030-01-01"), Zone::utc()});
  if (auto* event = std::get_if<events::Event>(&outcome)) return *event;
  auto* rejected = std::get_if<events::Rejected>(&outcome);
  ADD_FAILURE() << (rejected != nullptr ? rejected->reason : "ignored") << "\n" << body;
  return {};
}

inline std::vector<events::Event> in_order(std::vector<events::Event> events) {
  put_in_order(events);
  return events;
}

}  // namespace rb::analytics

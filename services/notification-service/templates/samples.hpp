#pragma once
// The sample data of previews and checks: what everybody's message may show, and what a type adds. Pure.
#include <boost/json/object.hpp>
#include <string>

#include "domain/people.hpp"

namespace rb::notification::templates {

boost::json::object sample_context(const std::string& language, const std::string& type);
// Only what the type's events are sure to bring.
boost::json::object least_context(const std::string& type);
Person sample_reader(const std::string& language, Audience audience);

}  // namespace rb::notification::templates

#pragma once
// The charts of the service: a Plotly figure, the rows that it shows and a summary whose `text` says in a
// sentence what is to be seen. Made of the figures that the other endpoints give out. Pure.
#include <span>
#include <string>
#include <string_view>

#include "domain/figures/lessons.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/payments.hpp"
#include "domain/figures/users.hpp"
#include "json/json.hpp"

namespace rb::analytics {

struct Chart {
  json::object figure;
  json::array rows;
  json::object summary;
};

// How it is to be drawn and in which language ("ru", else English).
struct Manner {
  std::string kind, language = "ru";
};

struct TutorTotal {
  std::string tutor_id, tutor_name;
  double total_earnings = 0;
};

struct DayCount {
  std::string date;
  std::int64_t count = 0;
};

struct OverviewParts {
  std::vector<CompletionDay> completion;
  std::vector<RevenueDay> revenue;
  std::string currency;
  std::vector<DayCount> activity;  // logins of the school, or uses of a tutor's materials
  bool of_school = false;
  std::vector<SubjectFigures> subjects;
};

Chart completion_chart(const LessonFigures& all, std::span<const CompletionDay> days, const Manner& manner);
Chart subject_chart(std::span<const SubjectFigures> subjects, const Manner& manner);
Chart topic_chart(std::span<const SubjectFigures> topics, const Manner& manner);  // in the order learnt
Chart revenue_chart(std::span<const RevenueDay> days, const std::string& currency, const Manner& manner);
Chart earnings_chart(std::span<const TutorTotal> tutors, const std::string& currency, const Manner& manner);
Chart activity_chart(const UserFigures& users, const Manner& manner);
Chart retention_chart(std::span<const Cohort> cohorts, const Manner& manner);
Chart material_chart(std::span<const PopularMaterial> materials, const Manner& manner);  // most used first
Chart overview_chart(const OverviewParts& parts, const Manner& manner);

}  // namespace rb::analytics

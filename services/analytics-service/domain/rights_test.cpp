#include "domain/rights.hpp"

#include <gtest/gtest.h>

namespace rb::analytics {
namespace {

// "tutor; students" of the answer, or "-" when it is refused.
std::string seen(Area area, const Viewer& viewer, const Wanted& wanted = {}) {
  auto narrowed = narrow(area, viewer, wanted);
  if (!narrowed) return narrowed.error().code == Errc::forbidden ? "-" : "another error";
  auto out = narrowed->tutor_id + ";";
  if (!narrowed->student_ids) return out + " all";
  for (const auto& id : *narrowed->student_ids) out += " " + id;
  return out;
}

const Viewer kAdmin{"9", Role::admin, {}}, kService{"bot", Role::service, {}}, kTutor{"1", Role::tutor, {}},
    kParent{"3", Role::parent, {"2", "4"}}, kStudent{"2", Role::student, {}};

TEST(Rights, narrow_a_question_to_what_a_role_may_see) {
  struct Case {
    const Viewer& viewer;
    Wanted wanted;
    std::string lessons, payments, earnings, users;
  };
  const Case cases[] = {
      {kAdmin, {}, "; all", "; all", "; all", "; all"},
      {kAdmin, {"1", "2"}, "1; 2", "1; 2", "1; 2", "1; 2"},
      {kService, {"1", ""}, "1; all", "1; all", "1; all", "1; all"},
      {kTutor, {}, "1; all", "1; all", "1; all", "-"},
      {kTutor, {"1", "2"}, "1; 2", "1; 2", "1; 2", "-"},
      {kTutor, {"6", ""}, "-", "-", "-", "-"},
      {kParent, {}, "; 2 4", "; 2 4", "-", "-"},
      {kParent, {"1", "4"}, "1; 4", "1; 4", "-", "-"},
      {kParent, {"", "5"}, "-", "-", "-", "-"},
      {kStudent, {}, "; 2", "; 2", "-", "-"},
      {kStudent, {"", "2"}, "; 2", "; 2", "-", "-"},
      {kStudent, {"", "5"}, "-", "-", "-", "-"},
  };
  for (const auto& c : cases) {
    auto label = c.viewer.id + " asks for tutor " + c.wanted.tutor_id + ", student " + c.wanted.student_id;
    for (auto area : {Area::lessons, Area::homework, Area::materials})
      EXPECT_EQ(seen(area, c.viewer, c.wanted), c.lessons) << label;
    for (auto area : {Area::payments, Area::balances})
      EXPECT_EQ(seen(area, c.viewer, c.wanted), c.payments) << label;
    EXPECT_EQ(seen(Area::earnings, c.viewer, c.wanted), c.earnings) << label;
    EXPECT_EQ(seen(Area::users, c.viewer, c.wanted), c.users) << label;
  }
}

TEST(Rights, a_parent_without_children_sees_nobody) {
  EXPECT_EQ(seen(Area::lessons, {"3", Role::parent, {}}), ";");
}

TEST(Rights, the_widest_of_several_roles_counts) {
  EXPECT_EQ(widest({"student", "tutor"}), Role::tutor);
  EXPECT_EQ(widest({"parent", "admin"}), Role::admin);
  EXPECT_EQ(widest({"guest"}), std::nullopt);
}

}  // namespace
}  // namespace rb::analytics

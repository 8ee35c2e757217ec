#include "domain/figures/materials.hpp"

#include <array>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

// Whoever used it may be the student or the tutor that is asked about.
bool is_asked(const Access& access, const Question& asked) {
  const auto& student = access.student_id.empty() ? access.user_id : access.student_id;
  const auto& tutor = access.tutor_id.empty() ? access.user_id : access.tutor_id;
  return asked.of_student(student) && asked.of_tutor(tutor) && asked.of_subject(access.subject);
}

}  // namespace

json::Rules rules(const PopularMaterial*) { return {json::rule("material_id").integer_or_text()}; }

bool is_access(MaterialUse use) { return use == MaterialUse::view || use == MaterialUse::download; }

void UseTally::add(MaterialUse use, std::int64_t count) {
  constexpr std::array kCounts = {&UseTally::uploads, &UseTally::shares, &UseTally::views,
                                  &UseTally::downloads};
  this->*kCounts[static_cast<std::size_t>(use)] += count;
}

MaterialTallies tally(std::span<const Access> accesses, const Scope& scope) {
  MaterialTallies all;
  all.days.resize(scope.days.count());
  std::unordered_set<std::string_view> users;
  for (const auto& access : accesses) {
    auto day = is_asked(access, scope.asked) ? scope.days.index(access.at) : std::nullopt;
    if (!day) continue;
    all.total.add(access.use);
    all.days[*day].add(access.use);
    all.subjects[subject_name(access.subject)].add(access.use);
    if (is_access(access.use) && !access.user_id.empty()) users.insert(access.user_id);
  }
  all.unique_users = std::ssize(users);
  return all;
}

std::map<std::string, UseTally> accesses_by_material(std::span<const Access> accesses, const Scope& scope) {
  std::map<std::string, UseTally> out;
  for (const auto& access : accesses)
    if (is_access(access.use) && is_asked(access, scope.asked) && scope.days.holds(access.at))
      out[access.material_id].add(access.use);
  return out;
}

std::map<std::string, std::string> material_titles(std::span<const Access> accesses, const Scope& scope) {
  std::map<std::string, const Access*> last;
  auto order = [](const Access& access) { return std::tie(access.at, access.title); };
  for (const auto& access : accesses) {
    if (access.title.empty() || !is_asked(access, scope.asked) || !scope.days.holds(access.at)) continue;
    const auto*& known = last[access.material_id];
    if (known == nullptr || order(*known) < order(access)) known = &access;
  }
  std::map<std::string, std::string> titles;
  for (const auto& [id, access] : last) titles[id] = access->title;
  return titles;
}

MaterialFigures material_figures(const MaterialTallies& all) {
  const auto& total = all.total;
  return {total.uploads, total.shares, total.views, total.downloads, all.unique_users};
}

std::vector<PopularMaterial> popular_materials(const std::map<std::string, UseTally>& materials,
                                               const std::map<std::string, std::string>& titles,
                                               std::size_t limit) {
  std::vector<PopularMaterial> out;
  for (const auto& [id, uses] : materials) {
    auto title = titles.find(id);
    out.push_back(
        {id, title == titles.end() ? "" : title->second, uses.accesses(), uses.views, uses.downloads});
  }
  auto popular = [](const PopularMaterial& a, const PopularMaterial& b) {
    return std::tie(b.accesses, a.title, a.material_id) < std::tie(a.accesses, b.title, b.material_id);
  };
  auto shown = std::min(limit, out.size());
  std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(shown), popular);
  out.resize(shown);
  return out;
}

std::vector<MaterialSubject> materials_by_subject(const std::map<std::string, UseTally>& subjects) {
  std::vector<MaterialSubject> out;
  for (const auto& [name, uses] : subjects)
    out.push_back({name, uses.uploads, uses.shares, uses.views, uses.downloads});
  return out;
}

std::vector<MaterialDay> material_trends(std::span<const UseTally> uses, const Days& days) {
  std::vector<MaterialDay> out;
  for (std::size_t day = 0; day < uses.size(); ++day)
    out.push_back({iso_date(days.date(day)), uses[day].uploads, uses[day].shares, uses[day].views,
                   uses[day].downloads});
  return out;
}

}  // namespace rb::analytics

#pragma once
// Figures of materials. An access is a view or a download. Pure. Definitions: docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/days.hpp"
#include "json/rule.hpp"

namespace rb::analytics {

bool is_access(MaterialUse use);

struct UseTally {
  std::int64_t uploads = 0, shares = 0, views = 0, downloads = 0;

  void add(MaterialUse use, std::int64_t count = 1);
  std::int64_t accesses() const { return views + downloads; }
  bool operator==(const UseTally&) const = default;
};

struct MaterialTallies {
  UseTally total;
  std::vector<UseTally> days;
  std::map<std::string, UseTally> subjects;  // by name
  std::int64_t unique_users = 0;             // known ones, of accesses
  bool operator==(const MaterialTallies&) const = default;
};

// Needs what happened in [days.begin(), days.end()).
MaterialTallies tally(std::span<const Access> accesses, const Scope& scope);
std::map<std::string, UseTally> accesses_by_material(std::span<const Access> accesses, const Scope& scope);

// id → what the last of the asked uses that tells it calls it; of equal moments the last text.
std::map<std::string, std::string> material_titles(std::span<const Access> accesses, const Scope& scope);

struct MaterialFigures {
  std::int64_t uploads = 0, shares = 0, views = 0, downloads = 0, unique_users = 0;
  bool operator==(const MaterialFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(MaterialFigures, (), (uploads, shares, views, downloads, unique_users))

struct PopularMaterial {
  std::string material_id, title;
  std::int64_t accesses = 0, views = 0, downloads = 0;
  bool operator==(const PopularMaterial&) const = default;
};
BOOST_DESCRIBE_STRUCT(PopularMaterial, (), (material_id, title, accesses, views, downloads))
json::Rules rules(const PopularMaterial*);

struct MaterialSubject {
  std::string subject;
  std::int64_t uploads = 0, shares = 0, views = 0, downloads = 0;
  bool operator==(const MaterialSubject&) const = default;
};
BOOST_DESCRIBE_STRUCT(MaterialSubject, (), (subject, uploads, shares, views, downloads))

struct MaterialDay {
  std::string date;
  std::int64_t uploads = 0, shares = 0, views = 0, downloads = 0;
  bool operator==(const MaterialDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(MaterialDay, (), (date, uploads, shares, views, downloads))

MaterialFigures material_figures(const MaterialTallies& all);
// At most `limit`: most accesses first, then by title, then by id.
std::vector<PopularMaterial> popular_materials(const std::map<std::string, UseTally>& materials,
                                               const std::map<std::string, std::string>& titles,
                                               std::size_t limit);
std::vector<MaterialSubject> materials_by_subject(
    const std::map<std::string, UseTally>& subjects);  // by name
std::vector<MaterialDay> material_trends(std::span<const UseTally> uses, const Days& days);

}  // namespace rb::analytics

#pragma once
// What was measured, as lines of one plain table for each school, printed as they come, and the schools
// beside each other at the end. 0 is printed as «-».
#include <map>
#include <string>
#include <vector>

namespace rb::bench {

struct Line {
  std::string what;  // "ingest, events/s": the same for each school
  double ours = 0;   // p50 where there are many
  double p95 = 0;
  double wall = 0;  // p50 as the client's clock says
  double floor = 0;
  double statements = 0, rows = 0;  // of the floor, p50
  bool more_is_better = false;
};

using Figures = std::map<std::string, double>;  // by Line::what

class Report {
 public:
  explicit Report(Figures aims) : aims_(std::move(aims)) {}
  // `peer`: the column of the other stack's figures for this school.
  void school(const std::string& title, const Figures& peer);
  void line(const Line& line);
  void compare() const;  // every school beside the first

 private:
  struct Column {
    std::string title;
    Figures peer, ours;
  };
  Figures aims_;
  std::vector<Column> schools_;
  std::vector<std::string> order_;
};

}  // namespace rb::bench

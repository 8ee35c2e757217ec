// The bins of histograms, as plotly.js chooses them.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "plot/bars.hpp"
#include "plot/date.hpp"
#include "plot/ticks.hpp"

namespace rb::plot {
namespace {

double deviation(std::span<const double> values) {
  double n = static_cast<double>(values.size()),
         mean = std::accumulate(values.begin(), values.end(), 0.0) / n, sum = 0;
  for (double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / n);
}

double rough_size(std::span<const double> values, double least, double most, double most_bins) {
  if (most_bins > 0) return (most - least) / most_bins;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  double apart = most - least > 0 ? most - least : 1;
  double slack = apart /
                 (static_cast<double>(values.size()) - 1 > 0 ? static_cast<double>(values.size()) - 1 : 1) /
                 10000;
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i] - sorted[i - 1] > slack) apart = std::min(apart, sorted[i] - sorted[i - 1]);
  double power = std::pow(10, std::floor(std::log10(apart))), tiny = 0.9;
  for (double part : {0.9, 1.9, 4.9, 9.9})
    if (part <= apart / power) tiny = part;
  double size =
      std::max(power * tiny, 2 * deviation(values) / std::pow(static_cast<double>(values.size()), 0.4));
  return std::isfinite(size) && size > 0 ? size : 1;
}

// Bins whose borders many values lie on would be unclear: they are moved by half.
double shifted(double start, double size, std::span<const double> values, double least, double most,
               bool dates) {
  double edges = 0, middles = 0, whole = 0, count = static_cast<double>(values.size());
  auto near_edge = [&](double v) { return std::fmod(1 + (v - start) * 100 / size, 100) < 2; };
  for (double v : values) {
    whole += std::fmod(v, 1) == 0;
    edges += near_edge(v);
    middles += near_edge(v + size / 2);
  }
  if (whole == count && !dates) {
    if (size < 1) return least - 0.5 * size;
    start -= 0.5;
    return start + size < least ? start + size : start;
  }
  if (middles < count * 0.1 && (edges > count * 0.3 || near_edge(least) || near_edge(most)))
    start += start + size / 2 < least ? size / 2 : -size / 2;
  return start;
}

// Bins of months begin between days when the values are whole days, and between months when they are months.
double month_shifted(double start, std::span<const double> values) {
  double days = 0, months = 0, count = static_cast<double>(values.size());
  for (double v : values) {
    bool day = std::fmod(v, kDay) == 0;
    days += day;
    months += day && is_first_of_month(v);
  }
  if (days <= 0.8 * count) return start;
  return months > 0.8 * count ? add_months(start, -1) + 15.5 * kDay : start - kDay / 2;
}

struct Given {
  std::optional<double> start, end;
  std::optional<Step> size;
};

Given read_given(const Axis& axis, const Node& bins) {
  Given given;
  auto bound = [&](const char* name) -> std::optional<double> {
    auto* value = bins.find(name);
    if (!value) return std::nullopt;
    double at = axis.kind == AxisKind::date ? const_cast<Axis&>(axis).coordinate(*value)
                                            : to_number(*value).value_or(NAN);
    return std::isfinite(at) ? std::optional(at) : std::nullopt;
  };
  given.start = bound("start"), given.end = bound("end");
  if (auto* size = bins.find("size")) {
    auto text = shown(*size);
    if (auto number = to_number(*size); number && *number > 0)
      given.size = Step{Step::Unit::plain, *number};
    else if (auto months =
                 text.starts_with('M') ? to_number(boost::json::value(text.substr(1))) : std::nullopt;
             months && *months >= 1)
      given.size = Step{Step::Unit::months, *months};
  }
  return given;
}

// Bins of one size, from a start on, until an end is reached.
struct BinRow {
  Step step;
  double start, end;
};

BinRow by_categories(std::span<const double> values, const Given& given) {
  auto [least, most] = std::ranges::minmax(values);
  return {given.size.value_or(Step{Step::Unit::plain, 1}), least - 0.5, most + 0.5};
}

double start_of_months(double origin, double months, std::span<const double> values) {
  double least = std::ranges::min(values);
  double start = add_months(origin, (std::floor((least - origin) / (months * kMonth)) - 1) * months);
  auto following = [&] { return add_months(start, months); };
  for (int i = 0; following() <= least && i < 10; ++i) start = following();
  start = month_shifted(start, values);
  return following() <= least ? following() : start;
}

BinRow by_distance(const Axis& axis, std::span<const double> values, const Given& given, double most_bins) {
  auto [least, most] = std::ranges::minmax(values);
  bool dates = axis.kind == AxisKind::date;
  Axis plain(axis.node);
  plain.id = axis.id, plain.kind = dates ? AxisKind::date : AxisKind::linear;
  auto step = given.size ? *given.size : nice_step(plain, rough_size(values, least, most, most_bins));
  double origin = dates ? kYear2000 : 0;
  if (step.unit == Step::Unit::months) return {step, start_of_months(origin, step.size, values), most};
  if (dates && step.size >= kDay && !given.size) origin += kDay;  // weeks begin on Sunday
  double start = (std::ceil((least - origin) / step.size - 1e-9) - 1) * step.size + origin;
  start = shifted(start, step.size, values, least, most, dates);
  return {step, start, start + (1 + std::floor((most - start) / step.size)) * step.size};
}

Bins edges_of(const BinRow& row, double most, bool end_given) {
  constexpr std::size_t kMost = 20'000;
  const auto& [step, start, end] = row;
  bool months = step.unit == Step::Unit::months;
  Bins found;
  for (double edge = start; found.edges.size() < kMost;) {
    found.edges.push_back(edge);
    double next =
        months ? add_months(edge, step.size) : start + static_cast<double>(found.edges.size()) * step.size;
    bool last = months && !end_given ? edge > most : edge >= end - (next - edge) / 1e6;
    if (last || next <= edge) break;
    edge = next;
  }
  return found;
}

}  // namespace

Bins find_bins(const Axis& axis, std::span<const double> values, const Node& bins, double most_bins) {
  if (values.empty()) return {};
  auto given = read_given(axis, bins);
  auto row = axis.kind == AxisKind::category ? by_categories(values, given)
                                             : by_distance(axis, values, given, most_bins);
  row.start = given.start.value_or(row.start);
  row.end = given.end.value_or(row.end);
  return edges_of(row, std::ranges::max(values), given.end.has_value());
}

namespace {

struct Tally {
  std::vector<double> sizes, counts;
};

Tally tally(const Node& node, const Bins& bins, std::span<const double> places,
            const boost::json::array* weights) {
  auto how = weights ? node.choice("histfunc", {"count", "sum", "avg", "min", "max"}, "count") : "count";
  auto n = bins.edges.size() - 1;
  Tally t{std::vector<double>(n, how == "min" || how == "max" ? NAN : 0), std::vector<double>(n, 0)};
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto after = std::ranges::upper_bound(bins.edges, places[i]);
    if (after == bins.edges.begin() || after == bins.edges.end()) continue;
    auto bin = static_cast<std::size_t>(after - bins.edges.begin()) - 1;
    double value = 1;
    if (how != "count") value = i < weights->size() ? to_number((*weights)[i]).value_or(NAN) : NAN;
    if (!std::isfinite(value)) continue;
    double& size = t.sizes[bin];
    t.counts[bin] += 1;
    if (how == "min")
      size = std::isnan(size) ? value : std::min(size, value);
    else if (how == "max")
      size = std::isnan(size) ? value : std::max(size, value);
    else
      size += value;
  }
  if (how == "avg")
    for (std::size_t i = 0; i < n; ++i) t.sizes[i] = t.counts[i] > 0 ? t.sizes[i] / t.counts[i] : NAN;
  return t;
}

void normalize(Tally& t, const std::string& norm, const Bins& bins) {
  double total = 0;
  for (double s : t.sizes) total += std::isfinite(s) ? s : 0;
  if (total == 0) return;
  for (std::size_t i = 0; i < t.sizes.size(); ++i) {
    if (norm.starts_with("percent")) t.sizes[i] *= 100 / total;
    if (norm.starts_with("probability")) t.sizes[i] /= total;
    if (norm.ends_with("density")) t.sizes[i] /= bins.edges[i + 1] - bins.edges[i];
  }
}

void accumulate(std::vector<double>& sizes, const Node& cumulative) {
  auto current = cumulative.choice("currentbin", {"include", "exclude", "half"}, "include");
  bool down = cumulative.choice("direction", {"increasing", "decreasing"}, "increasing") == "decreasing";
  if (down) std::ranges::reverse(sizes);
  double sum = 0;
  for (double& size : sizes) {
    double own = size;
    size = sum + (current == "include" ? own : current == "half" ? own / 2 : 0);
    sum += own;
  }
  if (down) std::ranges::reverse(sizes);
}

void fill(BarTrace& trace, const Bins& bins, std::span<const double> places) {
  if (bins.edges.size() < 2) return;
  const auto& node = trace.input().node;
  auto* other = node.find(trace.sideways() ? "x" : "y");
  auto t = tally(node, bins, places, other ? other->if_array() : nullptr);
  auto norm = node.choice("histnorm", {"", "percent", "probability", "density", "probability density"}, "");
  auto cumulative = node.child("cumulative");
  bool adds_up = cumulative.flag("enabled", false);
  if (adds_up && norm.ends_with("density")) norm.resize(norm.size() - 7 - (norm.size() > 7 ? 1 : 0));
  normalize(t, norm, bins);
  if (adds_up) accumulate(t.sizes, cumulative);
  auto filled = [](double s) { return std::isfinite(s) && s != 0; };
  auto first = std::ranges::find_if(t.sizes, filled) - t.sizes.begin();
  auto last = std::find_if(t.sizes.rbegin(), t.sizes.rend(), filled).base() - t.sizes.begin();
  for (auto i = static_cast<std::size_t>(first); static_cast<std::ptrdiff_t>(i) < last; ++i) {
    if (!std::isfinite(t.sizes[i])) continue;
    double from = bins.edges[i], to = bins.edges[i + 1];
    trace.bars.push_back(
        {.place = (from + to) / 2, .size = t.sizes[i], .from = from, .to = to, .index = trace.bars.size()});
  }
}

}  // namespace

void fill_histograms(const Figure& figure, std::span<BarTrace* const> traces) {
  bool overlay = figure.layout.text("barmode", "group") == "overlay";
  std::vector<std::vector<double>> places;
  std::vector<double> all;
  std::optional<Node> given;
  double most_bins = 0;
  auto node_of = [](const BarTrace& t) { return t.input().node.child(t.sideways() ? "ybins" : "xbins"); };
  auto wanted = [](const BarTrace& t) {
    return t.input().node.number(t.sideways() ? "nbinsy" : "nbinsx", 0, 0);
  };
  for (auto* t : traces) {
    const auto* name = t->sideways() ? "y" : "x";
    auto* list = t->input().node.array(name);
    auto read = coordinates(t->input().node, name, t->place_axis(), list ? list->size() : 0);
    std::erase_if(read, [](double v) { return !std::isfinite(v); });
    all.insert(all.end(), read.begin(), read.end());
    places.push_back(std::move(read));
    if (!given && t->input().node.has(t->sideways() ? "ybins" : "xbins")) given = node_of(*t);
    most_bins = std::max(most_bins, wanted(*t));
  }
  for (std::size_t i = 0; i < traces.size(); ++i) {
    auto& t = *traces[i];
    auto bins = overlay ? find_bins(t.place_axis(), places[i], node_of(t), wanted(t))
                        : find_bins(t.place_axis(), all, given.value_or(node_of(t)), most_bins);
    fill(t, bins, places[i]);
  }
}

}  // namespace rb::plot

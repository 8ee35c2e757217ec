#include "metrics/registry.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <stdexcept>
#include <type_traits>
#include <unordered_map>

namespace rb::metrics {
namespace {

constexpr std::size_t kMostCombinations = 1000;

template <class Metric>
struct Wrapped;
template <>
struct Wrapped<Counter> : std::type_identity<prometheus::Counter> {};
template <>
struct Wrapped<Gauge> : std::type_identity<prometheus::Gauge> {};
template <>
struct Wrapped<Histogram> : std::type_identity<prometheus::Histogram> {};

}  // namespace

void Counter::add(double n) { impl_->Increment(n); }
double Counter::value() const { return impl_->Value(); }
void Gauge::set(double value) { impl_->Set(value); }
void Histogram::observe(double value) { impl_->Observe(value); }

template <class Metric>
struct Labelled<Metric>::Impl {
  using Inner = typename Wrapped<Metric>::type;
  prometheus::Family<Inner>& family;
  Labels names;
  Buckets buckets;
  std::mutex mutex;
  std::unordered_map<std::string, Inner*> known;  // by values, each closed by a zero byte

  Inner* find_or_add(std::string key, std::initializer_list<std::string_view> values) {
    std::lock_guard lock(mutex);
    if (auto it = known.find(key); it != known.end()) return it->second;
    bool full = known.size() >= kMostCombinations;
    if (full) key = "other";  // has no zero byte: no real key
    auto& inner = known[key];
    if (inner == nullptr) inner = &add(full, values);
    return inner;
  }

  Inner& add(bool full, std::initializer_list<std::string_view> values) {
    std::map<std::string, std::string> labels;
    for (std::size_t i = 0; i < names.size(); ++i)
      labels[names[i]] = full ? "other" : std::string(values.begin()[i]);
    if constexpr (std::is_same_v<Metric, Histogram>)
      return family.Add(labels, buckets);
    else
      return family.Add(labels);
  }
};

template <class Metric>
Metric Labelled<Metric>::with(std::initializer_list<std::string_view> values) const {
  if (values.size() != impl_->names.size()) throw std::logic_error("a metric got a wrong number of labels");
  std::string key;
  for (auto value : values) key.append(value) += '\0';
  return Metric(impl_->find_or_add(std::move(key), values));
}

template class Labelled<Counter>;
template class Labelled<Gauge>;
template class Labelled<Histogram>;

const Buckets& latency_buckets() {
  static const Buckets buckets{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  return buckets;
}

const Buckets& delivery_buckets() {
  static const Buckets buckets{.005, .01, .015, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 600};
  return buckets;
}

struct Registry::Impl {
  prometheus::Registry registry;
  std::vector<std::function<void()>> refreshers;
};

Registry::Registry() : impl_(std::make_unique<Impl>()) {}
Registry::~Registry() = default;

Labelled<Counter> Registry::counters(const std::string& name, const std::string& help, Labels labels) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry);
  return Labelled<Counter>(std::make_shared<Labelled<Counter>::Impl>(family, std::move(labels)));
}

Labelled<Gauge> Registry::gauges(const std::string& name, const std::string& help, Labels labels) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry);
  return Labelled<Gauge>(std::make_shared<Labelled<Gauge>::Impl>(family, std::move(labels)));
}

Labelled<Histogram> Registry::histograms(const std::string& name, const std::string& help, Labels labels,
                                         Buckets buckets) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry);
  return Labelled<Histogram>(
      std::make_shared<Labelled<Histogram>::Impl>(family, std::move(labels), std::move(buckets)));
}

Counter Registry::counter(const std::string& name, const std::string& help) {
  return counters(name, help, {}).with({});
}

Gauge Registry::gauge(const std::string& name, const std::string& help) {
  return gauges(name, help, {}).with({});
}

void Registry::on_collect(std::function<void()> refresh) { impl_->refreshers.push_back(std::move(refresh)); }

std::string Registry::text() {
  for (auto& refresh : impl_->refreshers) refresh();
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace rb::metrics

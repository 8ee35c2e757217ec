#pragma once
// Counters, gauges and histograms, and their Prometheus text (exposition format 0.0.4).
// Handles are cheap to copy and live as long as their Registry. Times are in seconds. Any thread.
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace rb::metrics {

class Counter {
 public:
  void add(double n = 1);  // n >= 0
  double value() const;

 private:
  template <class>
  friend class Labelled;
  explicit Counter(prometheus::Counter* impl) : impl_(impl) {}
  prometheus::Counter* impl_;
};

class Gauge {
 public:
  void set(double value);

 private:
  template <class>
  friend class Labelled;
  explicit Gauge(prometheus::Gauge* impl) : impl_(impl) {}
  prometheus::Gauge* impl_;
};

class Histogram {
 public:
  void observe(double value);

 private:
  template <class>
  friend class Labelled;
  explicit Histogram(prometheus::Histogram* impl) : impl_(impl) {}
  prometheus::Histogram* impl_;
};

// A metric with labels. At most 1,000 combinations are kept apart; what comes after counts as "other" in
// every label, so that a caller cannot fill the memory with names.
template <class Metric>
class Labelled {
 public:
  Metric with(std::initializer_list<std::string_view> values) const;  // as many as there are label names

 private:
  friend class Registry;
  struct Impl;
  explicit Labelled(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

using Labels = std::vector<std::string>;
using Buckets = std::vector<double>;

// Upper bounds: 0.5 ms to 10 s for answers, 5 ms to 10 min for deliveries and reports.
const Buckets& latency_buckets();
const Buckets& delivery_buckets();

class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  // A name may be asked for again with the same labels: it is the same metric. std::invalid_argument: a name
  // that Prometheus does not allow.
  Labelled<Counter> counters(const std::string& name, const std::string& help, Labels labels);
  Labelled<Gauge> gauges(const std::string& name, const std::string& help, Labels labels);
  Labelled<Histogram> histograms(const std::string& name, const std::string& help, Labels labels,
                                 Buckets buckets = latency_buckets());
  Counter counter(const std::string& name, const std::string& help);
  Gauge gauge(const std::string& name, const std::string& help);

  // Called at the start of text(), in its thread, to bring gauges up to date.
  void on_collect(std::function<void()> refresh);
  std::string text();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rb::metrics

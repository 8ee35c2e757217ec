#include "statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <string_view>
#include <thread>

#include "base/strings.hpp"
#include "db/open.hpp"

namespace rb::bench {
namespace {

constexpr std::size_t kMostParameters = 32;

const std::array<std::string_view, kMostParameters>& names() {
  static const auto kTexts = [] {
    std::array<std::string, kMostParameters> out;
    for (std::size_t i = 0; i < out.size(); ++i) out.at(i) = fmt::to_string(i + 1);
    return out;
  }();
  static const auto kNames = [] {
    std::array<std::string_view, kMostParameters> out;
    std::ranges::copy(kTexts, out.begin());
    return out;
  }();
  return kNames;
}

// "$1 = 'it''s', $2 = NULL"
std::vector<std::optional<std::string>> values_of(std::string_view text) {
  std::vector<std::optional<std::string>> out;
  for (std::size_t at = text.find("= "); at != std::string_view::npos; at = text.find("= ", at)) {
    at += 2;
    if (text.substr(at, 1) != "'") {
      out.emplace_back();
      continue;
    }
    auto& value = out.emplace_back("").value();
    for (++at; at < text.size(); ++at) {
      if (text[at] == '\'' && text.substr(++at, 1) != "'") break;
      value += text[at];
    }
  }
  return out;
}

// One entry of the log: "2026-01-02 10:00:00.123 UTC [77] name LOG:  execute s1: select …", further lines
// behind tabs.
struct Entry {
  std::string process;
  std::string kind;  // LOG, DETAIL
  std::string text;
};

Entry entry_of(std::string_view line) {
  auto open = line.find('['), close = line.find(']'), colon = line.find(":  ", close);
  if (colon == std::string_view::npos) return {};
  auto kind = line.substr(0, colon);
  return {std::string(line.substr(open, close - open)), std::string(kind.substr(kind.rfind(' ') + 1)),
          std::string(line.substr(colon + 3))};
}

std::vector<Entry> entries_of(std::istream& in) {
  std::vector<Entry> out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('\t') && !out.empty())
      out.back().text.append("\n").append(line, 1);
    else
      out.push_back(entry_of(line));
  }
  return out;
}

std::optional<Statement> statement_of(const std::string& text) {
  if (text.starts_with("statement: ")) return Statement{text.substr(11), {}, true};
  if (!text.starts_with("execute ")) return std::nullopt;
  return Statement{text.substr(text.find(": ") + 2), {}, false};
}

bool is_worth_keeping(const Statement& it) {
  if (it.sql.contains(kUnrecorded)) return false;
  return !it.plain || !(it.sql.starts_with("set ") || it.sql.starts_with("reset "));
}

}  // namespace

Recorder::Recorder(net::Loop& loop, std::string url, std::filesystem::path log)
    : loop_(loop), url_(std::move(url)), log_(std::move(log)) {
  say("set log_statement = 'all'");
  read_ = std::filesystem::file_size(log_);
}

Recorder::~Recorder() {
  try {
    say("reset log_statement");
  } catch (const Broken& e) {
    fmt::print(stderr, "{}\n", e.what());
  }
}

void Recorder::say(const std::string& setting) {
  auto database = loop_.run_until(db::open(loop_, {.url = url_, .connections = 1}));
  loop_.run_until(database->script("alter system " + setting));
  loop_.run_until(database->script("select pg_reload_conf()"));
  loop_.run_until(database->close());
  std::this_thread::sleep_for(std::chrono::milliseconds(500));  // until every process has heard of it
}

std::vector<Unit> Recorder::take() {
  std::ifstream in(log_);
  in.seekg(static_cast<std::streamoff>(read_));
  std::vector<Unit> out;
  auto entries = entries_of(in);
  read_ = std::filesystem::file_size(log_);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto statement = statement_of(entries[i].text);
    if (!statement || !is_worth_keeping(*statement)) continue;
    auto open = open_.find(entries[i].process);
    if (statement->sql == "begin") {
      open_[entries[i].process] = {true, {}};
      continue;
    }
    if (statement->sql == "commit" || statement->sql == "rollback") {
      if (open != open_.end() && statement->sql == "commit") out.push_back(std::move(open->second));
      if (open != open_.end()) open_.erase(open);
      continue;
    }
    constexpr std::string_view kParameters = "parameters: ";
    if (i + 1 < entries.size() && entries[i + 1].kind == "DETAIL" &&
        entries[i + 1].text.starts_with(kParameters))
      statement->values = values_of(std::string_view(entries[i + 1].text).substr(kParameters.size()));
    if (open != open_.end())
      open->second.statements.push_back(std::move(*statement));
    else
      out.push_back({false, {std::move(*statement)}});
  }
  return out;
}

db::Query Replay::query(const Statement& statement) {
  const auto& kept = texts_.try_emplace(statement.sql, statement.sql).first->second;
  return {
      .name = kept, .sqlite = "", .postgres = kept, .parameters = {names().data(), statement.values.size()}};
}

namespace {

db::Params params_of(const Statement& statement) {
  db::Params out;
  for (std::size_t i = 0; i < statement.values.size(); ++i)
    out.emplace_back(names().at(i), statement.values[i]);
  return out;
}

}  // namespace

Task<std::size_t> Replay::run(const std::vector<Unit>& units) {
  std::size_t rows = 0;
  for (const auto& unit : units) {
    if (unit.transaction) {
      co_await database_.transaction([&](db::Transaction& tx) -> Task<> {
        for (const auto& statement : unit.statements)
          rows += (co_await tx.run(query(statement), params_of(statement))).size();
      });
      continue;
    }
    for (const auto& statement : unit.statements) {
      if (statement.plain)
        co_await database_.script(statement.sql);
      else
        rows += (co_await database_.read(query(statement), params_of(statement))).size();
    }
  }
  co_return rows;
}

}  // namespace rb::bench

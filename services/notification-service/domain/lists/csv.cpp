#include "domain/lists/csv.hpp"

#include <algorithm>
#include <array>

namespace rb::notification::lists {
namespace {

bool is_break(char c) { return c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  bool done() const { return at_ == text_.size(); }

  std::expected<CsvRow, CsvProblem> row() {
    CsvRow out{line_, {}};
    for (;;) {
      auto next = text_.substr(at_).starts_with('"') ? quoted() : plain();
      if (!next) return std::unexpected(std::move(next.error()));
      out.cells.push_back(std::move(*next));
      if (done() || is_break(text_[at_])) break;
      ++at_;  // the separator
    }
    if (!done()) pass_break();
    return out;
  }

 private:
  using Cell = std::expected<std::string, CsvProblem>;

  bool at_end_of_cell() const { return done() || text_[at_] == separator_ || is_break(text_[at_]); }

  Cell plain() {
    auto from = at_;
    while (!at_end_of_cell()) ++at_;
    return std::string(text_.substr(from, at_ - from));
  }

  Cell quoted() {
    auto opened = line_;
    std::string out;
    for (++at_; !done();) {
      char c = text_[at_];
      if (c == '"' && text_.substr(at_).starts_with("\"\"")) {
        out += c;
        at_ += 2;
      } else if (c == '"') {
        ++at_;
        if (at_end_of_cell()) return out;
        return std::unexpected(CsvProblem{
            line_,
            "после закрывающей кавычки должен стоять разделитель; кавычки внутри ячейки удваивают · a "
            "closing quote must be followed by a separator; quotes inside a cell are doubled"});
      } else if (is_break(c)) {
        out += '\n';
        pass_break();
      } else {
        out += c;
        ++at_;
      }
    }
    return std::unexpected(
        CsvProblem{opened, "кавычка открыта и нигде не закрыта · a quote is opened and never closed"});
  }

  void pass_break() {
    at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
    ++line_;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

char separator_of(std::string_view text) {
  constexpr std::array kAll = {';', ',', '\t'};
  std::array<int, kAll.size()> count{};
  bool quoted = false, any = false;
  for (char c : text) {
    if (is_break(c) && any && !quoted) break;
    any = any || !is_break(c);
    quoted = quoted != (c == '"');
    const auto* found = std::ranges::find(kAll, c);
    if (!quoted && found != kAll.end()) ++count.at(static_cast<std::size_t>(found - kAll.begin()));
  }
  const auto* most = std::ranges::max_element(count);
  return kAll.at(static_cast<std::size_t>(most - count.begin()));
}

std::expected<std::vector<CsvRow>, CsvProblem> read_csv(std::string_view text, char separator) {
  std::vector<CsvRow> out;
  Reader in(text, separator);
  while (!in.done()) {
    auto row = in.row();
    if (!row) return std::unexpected(std::move(row.error()));
    auto blank = [](const std::string& cell) { return cell.find_first_not_of(" \t") == std::string::npos; };
    if (!std::ranges::all_of(row->cells, blank)) out.push_back(std::move(*row));
  }
  return out;
}

}  // namespace rb::notification::lists

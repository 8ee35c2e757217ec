#include "sheets/workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/strings.hpp"
#include "json/format.hpp"
#include "sheets/text.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

constexpr double kUnixEpoch = 25'569;  // as Excel counts days
constexpr double kFirstDay = 61,
                 kAfterLastDay = 2'958'466;  // March 1900, before which Excel's calendar is wrong; 10000
constexpr std::size_t kExactDigits = 15;

void check(lxw_error error) {
  if (error != LXW_NO_ERROR)
    throw Unavailable(fmt::format("an Excel file cannot be written: {}", lxw_strerror(error)));
}

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

File unnamed_file() {
  File out(std::tmpfile());
  if (!out) throw Unavailable("no temporary file can be made for an Excel file");
  return out;
}

double serial_of(Time local) {
  return kUnixEpoch +
         std::chrono::duration<double, std::chrono::days::period>(local.time_since_epoch()).count();
}

bool exact_as_number(std::string_view decimal) {
  return std::ranges::count_if(decimal, [](char c) { return c >= '0' && c <= '9'; }) <=
         static_cast<std::ptrdiff_t>(kExactDigits);
}

double number_of(std::string_view decimal) {
  double out = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), out);
  return out;
}

std::size_t decimals_of(std::string_view decimal) {
  auto point = decimal.find('.');
  return point == std::string_view::npos ? 0 : decimal.size() - point - 1;
}

struct Formats {
  explicit Formats(lxw_workbook* book)
      : header(workbook_add_format(book)),
        moment(numbers(book, "dd.mm.yyyy hh:mm:ss")),
        day(numbers(book, "dd.mm.yyyy")),
        money{numbers(book, "#,##0"), numbers(book, "#,##0.0"), numbers(book, "#,##0.00"),
              numbers(book, "#,##0.000")} {
    format_set_bold(header);
  }

  static lxw_format* numbers(lxw_workbook* book, const char* pattern) {
    auto* out = workbook_add_format(book);
    format_set_num_format(out, pattern);
    return out;
  }

  lxw_format *header, *moment, *day;
  std::array<lxw_format*, 4> money;  // by the number of decimals
};

// Writes one cell.
struct Put {
  lxw_worksheet* sheet;
  lxw_row_t row;
  lxw_col_t column;
  const Formats& formats;

  void operator()(std::monostate) const {}
  void operator()(bool flag) const {
    check(worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, nullptr));
  }
  void operator()(const Number& number) const { decimal(number.decimal, nullptr); }
  void operator()(const Amount& money) const {
    decimal(money.decimal, formats.money[std::min(decimals_of(money.decimal), formats.money.size() - 1)]);
  }
  void operator()(const Moment& moment) const {
    date(serial_of(moment.time + moment.offset), iso(moment), formats.moment);
  }
  void operator()(const Day& day) const {
    auto midnight = parse_iso(day.iso, Zone::utc());
    if (!midnight) return text(day.iso);
    date(serial_of(*midnight), day.iso, formats.day);
  }
  void operator()(const Id& id) const {
    if (!json::plain_integer(id.text)) return text(id.text);
    decimal(id.text, nullptr);
  }
  void operator()(const std::string& value) const { text(value); }
  void operator()(const std::vector<std::string>& list) const { text(join(list, ", ")); }
  void operator()(const RawJson& json) const { text(json.text); }

 private:
  void text(const std::string& value) const {
    check(worksheet_write_string(sheet, row, column, sheet_text(value).c_str(), nullptr));
  }
  // More digits than Excel keeps are a text.
  void decimal(const std::string& value, lxw_format* format) const {
    if (!exact_as_number(value)) return text(value);
    check(worksheet_write_number(sheet, row, column, number_of(value), format));
  }
  void date(double serial, const std::string& otherwise, lxw_format* format) const {
    if (serial < kFirstDay || serial >= kAfterLastDay) return text(otherwise);
    check(worksheet_write_number(sheet, row, column, serial, format));
  }
};

}  // namespace

struct Workbook::Impl {
  Impl(std::string_view sheet_name, std::vector<SheetColumn> sheet_columns, std::uint32_t most_rows)
      : name(sheet_name),
        columns(std::move(sheet_columns)),
        most_rows(most_rows),
        file(unnamed_file()),
        book(open()),
        formats(book) {}

  ~Impl() {
    if (book == nullptr) return;
    // The library lets go of its files only when it makes the whole: of nothing, at once.
    for (auto* one : sheets) (void)!ftruncate(fileno(one->optimize_tmpfile), 0);
    (void)workbook_close(book);
  }

  lxw_workbook* open() const {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = nullptr, .use_zip64 = LXW_FALSE};
    auto* out = workbook_new_opt(fmt::format("/proc/self/fd/{}", fileno(file.get())).c_str(), &options);
    if (out == nullptr) throw Unavailable("an Excel file cannot be begun");
    return out;
  }

  void begin_sheet() {
    auto number = sheets.size() + 1;
    auto title = number == 1 ? name : fmt::format("{} {}", name, number);
    auto* sheet = workbook_add_worksheet(book, title.c_str());
    if (sheet == nullptr || sheet->optimize_tmpfile == nullptr)
      throw Unavailable("an Excel file has no room for its rows");
    sheets.push_back(sheet);
    worksheet_freeze_panes(sheet, 1, 0);
    for (lxw_col_t i = 0; i < static_cast<lxw_col_t>(columns.size()); ++i) {
      check(worksheet_set_column(sheet, i, i, columns[i].width, nullptr));
      check(worksheet_write_string(sheet, 0, i, std::string(columns[i].name).c_str(), formats.header));
    }
    next_row = 1;
  }

  void end_sheet() const {
    auto* sheet = sheets.back();
    auto last_column = static_cast<lxw_col_t>(columns.size() - 1);
    check(worksheet_autofilter(sheet, 0, 0, next_row - 1, last_column));
    // The library does not look whether its rows could be written.
    if (std::ferror(sheet->optimize_tmpfile) != 0)
      throw Unavailable("there is no room on the disk for an Excel file");
  }

  std::string name;
  std::vector<SheetColumn> columns;
  std::uint32_t most_rows;
  File file;
  lxw_workbook* book;
  Formats formats;
  std::vector<lxw_worksheet*> sheets;
  lxw_row_t next_row = 0;
};

Workbook::Workbook(std::string_view name, std::vector<SheetColumn> columns, std::uint32_t most_rows)
    : impl_(std::make_unique<Impl>(name, std::move(columns), most_rows)) {
  impl_->begin_sheet();
}

Workbook::~Workbook() = default;

void Workbook::add(std::span<const ExportCell> row) {
  if (impl_->next_row == impl_->most_rows) {
    impl_->end_sheet();
    impl_->begin_sheet();
  }
  for (lxw_col_t i = 0; i < static_cast<lxw_col_t>(row.size()); ++i)
    std::visit(Put{impl_->sheets.back(), impl_->next_row, i, impl_->formats}, row[i]);
  ++impl_->next_row;
}

void Workbook::finish() {
  impl_->end_sheet();
  check(workbook_close(std::exchange(impl_->book, nullptr)));
}

std::string Workbook::read(std::size_t most) {
  std::string out(most, '\0');
  out.resize(std::fread(out.data(), 1, most, impl_->file.get()));
  return out;
}

}  // namespace rb::analytics

#include "template_tool.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace rb::app {
namespace {

// A folder of its own for one test; the tool runs inside it, so that its messages hold no path.
class TemplateTool : public ::testing::Test {
 protected:
  TemplateTool() : before_(std::filesystem::current_path()) {
    std::string name = std::filesystem::temp_directory_path() / "repitbot-template.XXXXXX";
    folder_ = ::mkdtemp(name.data());
    std::filesystem::current_path(folder_);
  }
  ~TemplateTool() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(folder_);
  }
  static void write(const std::string& name, std::string_view text) { std::ofstream(name) << text; }

 private:
  std::filesystem::path before_, folder_;
};

TEST_F(TemplateTool, lists_the_variables_of_a_good_template) {
  write("mail.html", "{% set x = 1 %}{{ name }} {{ lesson.topic }} {{ x }} {{ format_money(10, 'RUB') }}");
  auto said = check_template("mail.html");
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out, "mail.html: в порядке · fine\nпеременные · variables: lesson, name\n");
  EXPECT_EQ(said.err, "");
}

TEST_F(TemplateTool, shows_the_line_that_cannot_be_read) {
  write("mail.html", "Здравствуйте!\n{% if paid %}\n  {{ name }\n{% endif %}");
  auto said = check_template("mail.html");
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(said.err,
            "mail.html, строка 3: запись не читается; проверьте скобки и закрывающие теги (unexpected '}')\n"
            "mail.html, line 3: this cannot be read; check brackets and closing tags (unexpected '}')\n"
            "    3 |   {{ name }\n");
}

TEST_F(TemplateTool, names_the_filter_that_does_not_exist) {
  write("mail.html", "{{ name|uper }}");
  auto said = check_template("mail.html");
  EXPECT_EQ(said.err,
            "mail.html, строка 1: такого фильтра, теста или блока нет; проверьте название (No filter named "
            "'uper'.)\n"
            "mail.html, line 1: there is no such filter, test or block; check its name (No filter named "
            "'uper'.)\n"
            "    1 | {{ name|uper }}\n");
}

TEST_F(TemplateTool, renders_with_the_templates_beside_the_file) {
  write("mail.html", "{{ name }}: {% include 'end.html' %}\n");
  write("end.html", "{{ 1234.5|format_currency('₽') }}");
  write("data.json", R"({"name": "Аня", "at": 12345678901234567890})");
  auto said = render_template("mail.html", "data.json");
  EXPECT_EQ(said.err, "");
  EXPECT_EQ(said.out, "Аня: 1\u00A0234,50\u00A0₽");
}

TEST_F(TemplateTool, shows_the_line_of_the_template_that_failed) {
  write("mail.html", "{% include 'end.html' %}");
  write("end.html", "Итого:\n{{ total / lessons }}");
  write("data.json", R"({"total": 10, "lessons": 0})");
  auto said = render_template("mail.html", "data.json");
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(said.err,
            "end.html, строка 2: деление на ноль (division by zero)\n"
            "end.html, line 2: division by zero (division by zero)\n"
            "    2 | {{ total / lessons }}\n");
}

TEST_F(TemplateTool, stays_in_the_folder_of_the_template) {
  std::filesystem::create_directory("inner");
  write("secret.txt", "x");
  write("inner/mail.html", "{% include '../secret.txt' %}");
  write("data.json", "{}");
  auto said = render_template("inner/mail.html", "data.json");
  EXPECT_EQ(said.code, 1);
  EXPECT_TRUE(said.err.starts_with("inner/mail.html, строка 1: такого шаблона нет; проверьте название"))
      << said.err;
}

TEST_F(TemplateTool, says_which_file_cannot_be_read) {
  EXPECT_EQ(check_template("none.html").err, "файл не читается · cannot be read: none.html\n");
  write("mail.html", "x");
  EXPECT_EQ(render_template("mail.html", "none.json").err, "файл не читается · cannot be read: none.json\n");
  write("list.json", "[1]");
  auto said = render_template("mail.html", "list.json");
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, "list.json: это не объект JSON · not a JSON object: an object is expected: {…}\n");
}

}  // namespace
}  // namespace rb::app

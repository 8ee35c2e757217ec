#include "jinja/lipsum.hpp"

#include <array>
#include <string_view>

#include "jinja/meter.hpp"

namespace rb::jinja {
namespace {

constexpr auto kWords = std::to_array<std::string_view>(
    {"lorem",  "ipsum",  "dolor",   "sit",     "amet",     "consectetuer", "adipiscing",  "elit",
     "sed",    "diam",   "nonummy", "nibh",    "euismod",  "tincidunt",    "ut",          "laoreet",
     "dolore", "magna",  "aliquam", "erat",    "volutpat", "wisi",         "enim",        "ad",
     "minim",  "veniam", "quis",    "nostrud", "exerci",   "tation",       "ullamcorper", "suscipit"});

constexpr std::uint64_t kSentence = 12;

void capitalize_first(std::string& word) { word[0] = static_cast<char>(word[0] - 'a' + 'A'); }

}  // namespace

std::vector<std::string> lorem_ipsum(std::int64_t count, std::int64_t low, std::int64_t high,
                                     const std::function<std::uint64_t()>& random) {
  std::vector<std::string> paragraphs;
  std::size_t size = 0;
  auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  for (std::int64_t i = 0; i < count; ++i) {
    charge_steps();
    auto words = low + static_cast<std::int64_t>(random() % span);
    std::string paragraph;
    bool sentence_begins = true;
    for (std::int64_t w = 0; w < words; ++w) {
      charge_steps();
      std::string word(kWords[random() % kWords.size()]);
      if (sentence_begins) capitalize_first(word);
      sentence_begins = w + 1 == words || random() % kSentence == 0;
      paragraph += (w ? " " : "") + word + (sentence_begins ? "." : "");
    }
    size += paragraph.size() + sizeof(std::string);
    check_growth(size);
    paragraphs.push_back(std::move(paragraph));
  }
  return paragraphs;
}

}  // namespace rb::jinja

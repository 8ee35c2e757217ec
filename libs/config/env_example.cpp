// env_example FILE: writes .env.example from the option tables.
#include <fstream>

#include "config/settings.hpp"
#include "config/text.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ofstream file(argv[1]);
  file << rb::config::env_example(rb::config::all_groups());
  return file.flush() ? 0 : 1;
}

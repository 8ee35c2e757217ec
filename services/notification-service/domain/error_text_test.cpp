#include "domain/error_text.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

TEST(ErrorText, keeps_what_is_wrong_and_not_with_whom) {
  EXPECT_EQ(without_addresses("451 4.5.1 <petr@example.test> has exceeded the rate"),
            "451 4.5.1 … has exceeded the rate");
  EXPECT_EQ(without_addresses("no answer within 10 s"), "no answer within 10 s");
  EXPECT_EQ(without_addresses(""), "");
}

}  // namespace
}  // namespace rb::notification

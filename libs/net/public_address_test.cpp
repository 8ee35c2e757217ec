#include "net/public_address.hpp"

#include <gtest/gtest.h>

namespace rb::net {
namespace {

TEST(PublicAddress, is_one_that_everybody_can_reach) {
  for (auto host :
       {"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "192.167.1.1", "223.255.255.1",
        "2a00:1450:4010::8a", "[2606:4700::1111]", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808"})
    EXPECT_TRUE(is_public_literal(host)) << host;
}

TEST(PublicAddress, is_none_of_this_machine_or_a_private_network) {
  for (auto host : {"127.0.0.1",
                    "127.255.0.9",
                    "0.0.0.0",
                    "10.1.2.3",
                    "100.64.0.1",
                    "169.254.169.254",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.168.0.1",
                    "192.0.2.1",
                    "198.19.0.1",
                    "203.0.113.9",
                    "224.0.0.1",
                    "255.255.255.255",
                    "::1",
                    "::",
                    "fe80::1",
                    "fc00::1",
                    "fd12::1",
                    "ff02::1",
                    "2001:db8::1",
                    "::ffff:127.0.0.1",
                    "::ffff:10.0.0.1",
                    "::127.0.0.1",
                    "2002:7f00:1::1",
                    "64:ff9b::a00:1",
                    "2001:0:5ef5:79fd::1"})
    EXPECT_FALSE(is_public_literal(host)) << host;
}

TEST(PublicAddress, tells_names_from_addresses) {
  EXPECT_TRUE(is_ip_literal("[::1]"));
  EXPECT_TRUE(is_ip_literal("10.0.0.1"));
  EXPECT_FALSE(is_ip_literal("school.example"));
  EXPECT_FALSE(is_public_literal("school.example"));
}

}  // namespace
}  // namespace rb::net

// SPDX-License-Identifier: Apache-2.0
// STUN against the vectors of RFC 5769 and against damaged messages.
#include "voice/media/webrtc/stun.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>
#include <string>
#include <vector>

namespace ys::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

// RFC 5769 §2.1: a check of user evtj:h6vY, as printed there.
const Bytes sample_request{
    0x00, 0x01, 0x00, 0x58, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86,
    0xfa, 0x87, 0xdf, 0xae, 0x80, 0x22, 0x00, 0x10, 0x53, 0x54, 0x55, 0x4e, 0x20, 0x74, 0x65, 0x73,
    0x74, 0x20, 0x63, 0x6c, 0x69, 0x65, 0x6e, 0x74, 0x00, 0x24, 0x00, 0x04, 0x6e, 0x00, 0x01, 0xff,
    0x80, 0x29, 0x00, 0x08, 0x93, 0x2f, 0xf9, 0xb1, 0x51, 0x26, 0x3b, 0x36, 0x00, 0x06, 0x00, 0x09,
    0x65, 0x76, 0x74, 0x6a, 0x3a, 0x68, 0x36, 0x76, 0x59, 0x20, 0x20, 0x20, 0x00, 0x08, 0x00, 0x14,
    0x9a, 0xea, 0xa7, 0x0c, 0xbf, 0xd8, 0xcb, 0x56, 0x78, 0x1e, 0xf2, 0xb5, 0xb2, 0xd3, 0xf2, 0x49,
    0xc1, 0xb5, 0x71, 0xa2, 0x80, 0x28, 0x00, 0x04, 0xe5, 0x7a, 0x3b, 0xcf};
constexpr std::string_view sample_password = "VOkJxbRl1RmTxUk/WvJxBt";
constexpr StunTransaction sample_id{0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34,
                                    0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae};

TEST(Stun, the_request_of_rfc_5769_is_read_and_its_signature_holds) {
    const auto view = StunView::parse(sample_request);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->type(), stun::binding_request);
    EXPECT_EQ(view->transaction(), sample_id);
    EXPECT_EQ(view->username(), "evtj:h6vY");
    EXPECT_TRUE(view->has(stun::attr_priority));
    EXPECT_TRUE(view->has(stun::attr_ice_controlled));
    EXPECT_FALSE(view->has(stun::attr_use_candidate));
    EXPECT_TRUE(view->has_fingerprint());
    EXPECT_FALSE(view->unknown_required());
    EXPECT_TRUE(view->is_signed_with(sample_password));
    EXPECT_FALSE(view->is_signed_with("VOkJxbRl1RmTxUk/WvJxBT"));
    EXPECT_FALSE(view->is_signed_with(""));
}

TEST(Stun, one_changed_bit_anywhere_is_noticed) {
    for (std::size_t at = 0; at < sample_request.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            Bytes damaged = sample_request;
            damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1 << bit));
            const auto view = StunView::parse(damaged);
            EXPECT_FALSE(view && view->has_fingerprint() && view->is_signed_with(sample_password))
                << "byte " << at << " bit " << bit;
        }
    }
}

TEST(Stun, every_cut_of_a_message_is_refused) {
    for (std::size_t size = 0; size < sample_request.size(); ++size) {
        EXPECT_FALSE(StunView::parse({sample_request.data(), size})) << size;
    }
    EXPECT_FALSE(StunView::parse(Bytes(1600, 0)));
}

TEST(Stun, an_attribute_longer_than_the_message_is_refused) {
    Bytes message(24, 0);
    std::copy_n(sample_request.begin(), 20, message.begin());
    message[2] = 0;
    message[3] = 4;
    message[20] = 0x00;
    message[21] = 0x06;
    message[22] = 0xFF;
    message[23] = 0xFF;
    EXPECT_FALSE(StunView::parse(message));
}

TEST(Stun, mapped_addresses_are_written_as_rfc_5769_prints_them) {
    sockaddr_storage v4{};
    auto& in4 = reinterpret_cast<sockaddr_in&>(v4);
    in4.sin_family = AF_INET;
    in4.sin_port = htons(32853);
    inet_pton(AF_INET, "192.0.2.1", &in4.sin_addr);
    StunWriter four(stun::binding_success, sample_id);
    const auto sent4 = four.add_mapped_address(v4).finish(sample_password);
    const Bytes value4{0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43};
    const auto view4 = StunView::parse(sent4);
    ASSERT_TRUE(view4);
    const auto found4 = view4->find(stun::attr_xor_mapped_address);
    ASSERT_TRUE(found4);
    EXPECT_EQ(Bytes(found4->begin(), found4->end()), value4);
    EXPECT_TRUE(view4->is_signed_with(sample_password));

    sockaddr_storage v6{};
    auto& in6 = reinterpret_cast<sockaddr_in6&>(v6);
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(32853);
    inet_pton(AF_INET6, "2001:db8:1234:5678:11:2233:4455:6677", &in6.sin6_addr);
    StunWriter six(stun::binding_success, sample_id);
    const auto view6 = StunView::parse(six.add_mapped_address(v6).finish(sample_password));
    ASSERT_TRUE(view6);
    const auto found6 = view6->find(stun::attr_xor_mapped_address);
    ASSERT_TRUE(found6);
    const Bytes value6{0x00, 0x02, 0xa1, 0x47, 0x01, 0x13, 0xa9, 0xfa, 0xa5, 0xd3,
                       0xf1, 0x79, 0xbc, 0x25, 0xf4, 0xb5, 0xbe, 0xd2, 0xb9, 0xd9};
    EXPECT_EQ(Bytes(found6->begin(), found6->end()), value6);
}

TEST(Stun, an_ipv4_mapped_ipv6_address_is_told_as_ipv4) {
    sockaddr_storage mapped{};
    auto& in6 = reinterpret_cast<sockaddr_in6&>(mapped);
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(32853);
    inet_pton(AF_INET6, "::ffff:192.0.2.1", &in6.sin6_addr);
    StunWriter writer(stun::binding_success, sample_id);
    const auto view = StunView::parse(writer.add_mapped_address(mapped).finish("password"));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->find(stun::attr_xor_mapped_address)->size(), 8U);
}

TEST(Stun, what_follows_the_signature_is_not_believed) {
    StunWriter writer(stun::binding_request, sample_id);
    writer.add(stun::attr_username, "a:b");
    const auto signed_part = writer.finish("password");
    // USE-CANDIDATE put between MESSAGE-INTEGRITY and a new FINGERPRINT by somebody on the way.
    Bytes forged(signed_part.begin(), signed_part.end() - 8);
    forged.insert(forged.end(), {0x00, 0x25, 0x00, 0x00});
    forged[3] = static_cast<std::uint8_t>(forged.size() - 20 + 8);
    const std::uint32_t sum = crc32(forged) ^ 0x5354554EU;
    forged.insert(forged.end(), {0x80, 0x28, 0x00, 0x04});
    for (int shift = 24; shift >= 0; shift -= 8) {
        forged.push_back(static_cast<std::uint8_t>(sum >> shift));
    }
    const auto view = StunView::parse(forged);
    ASSERT_TRUE(view);
    EXPECT_TRUE(view->is_signed_with("password"));
    EXPECT_FALSE(view->has(stun::attr_use_candidate));
}

TEST(Stun, an_unknown_required_attribute_is_named_and_an_optional_one_is_not) {
    StunWriter writer(stun::binding_request, sample_id);
    writer.add(0xC057, "abcd").add(0x7777, "x");
    const auto view = StunView::parse(writer.finish("password"));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->unknown_required(), 0x7777);
}

TEST(Stun, the_crc_is_the_common_one) {
    const std::string text = "123456789";
    EXPECT_EQ(crc32(Bytes(text.begin(), text.end())), 0xCBF43926U);
}

}  // namespace
}  // namespace ys::media

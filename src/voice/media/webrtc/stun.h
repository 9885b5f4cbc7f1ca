// SPDX-License-Identifier: Apache-2.0
// STUN messages (RFC 8489) as far as ICE connectivity checks need them: bounded, no allocation.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ys::media {

namespace stun {
constexpr std::uint16_t binding_request = 0x0001;
constexpr std::uint16_t binding_success = 0x0101;
constexpr std::uint16_t binding_error = 0x0111;

constexpr std::uint16_t attr_username = 0x0006;
constexpr std::uint16_t attr_message_integrity = 0x0008;
constexpr std::uint16_t attr_error_code = 0x0009;
constexpr std::uint16_t attr_unknown_attributes = 0x000A;
constexpr std::uint16_t attr_xor_mapped_address = 0x0020;
constexpr std::uint16_t attr_priority = 0x0024;
constexpr std::uint16_t attr_use_candidate = 0x0025;
constexpr std::uint16_t attr_fingerprint = 0x8028;
constexpr std::uint16_t attr_ice_controlled = 0x8029;
constexpr std::uint16_t attr_ice_controlling = 0x802A;
}  // namespace stun

using StunTransaction = std::array<std::uint8_t, 12>;

/// One received message; views the datagram it was parsed from.
class StunView {
public:
    static constexpr std::size_t size_max = 1500;

    /// Nothing unless header, cookie, lengths and every attribute boundary are right, and
    /// FINGERPRINT, where present, is the last attribute and its CRC holds (RFC 8489 §14.7).
    static std::optional<StunView> parse(std::span<const std::uint8_t> datagram);

    std::uint16_t type() const;
    StunTransaction transaction() const;
    /// The first attribute of that type before MESSAGE-INTEGRITY (those after it are not
    /// protected, RFC 8489 §14.5).
    std::optional<std::span<const std::uint8_t>> find(std::uint16_t attribute) const;
    bool has(std::uint16_t attribute) const { return find(attribute).has_value(); }
    /// USERNAME as text; empty when absent.
    std::string_view username() const;
    bool has_integrity() const { return integrity_at_ != 0; }
    bool has_fingerprint() const { return has_fingerprint_; }
    /// MESSAGE-INTEGRITY is present and right under the short-term credential `password`.
    bool is_signed_with(std::string_view password) const;
    /// The first comprehension-required attribute (0x0000..0x7FFF) that ICE does not know.
    std::optional<std::uint16_t> unknown_required() const;

private:
    explicit StunView(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    bool index_attributes();
    std::span<const std::uint8_t> bytes_;
    std::size_t integrity_at_ = 0;  ///< offset of the attribute; 0: none
    bool has_fingerprint_ = false;
};

/// Writes one message into its own buffer.
class StunWriter {
public:
    StunWriter(std::uint16_t type, const StunTransaction& transaction);

    /// Longer than the space left is a bug.
    StunWriter& add(std::uint16_t attribute, std::span<const std::uint8_t> value);
    StunWriter& add(std::uint16_t attribute, std::string_view value);
    /// XOR-MAPPED-ADDRESS (RFC 8489 §14.2); an IPv4-mapped IPv6 address is written as IPv4.
    StunWriter& add_mapped_address(const sockaddr_storage& address);
    /// ERROR-CODE (RFC 8489 §14.8).
    StunWriter& add_error(int code, std::string_view reason);
    /// Appends MESSAGE-INTEGRITY under `password` and FINGERPRINT; call last.
    std::span<const std::uint8_t> finish(std::string_view password);

private:
    void set_length(std::size_t total);
    std::array<std::uint8_t, 640> bytes_{};
    std::size_t size_ = 0;
};

/// CRC-32 of ISO 3309 / ITU-T V.42, as FINGERPRINT uses it (without its XOR).
std::uint32_t crc32(std::span<const std::uint8_t> bytes);

}  // namespace ys::media

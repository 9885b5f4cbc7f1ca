// SPDX-License-Identifier: Apache-2.0
// STUN messages (RFC 8489) as far as ICE connectivity checks need them: bounded, no allocation.
#include "voice/media/webrtc/stun.h"

#include <netinet/in.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cstring>

#include "base/panic.h"

namespace ys::media {
namespace {

constexpr std::size_t header_size = 20;
constexpr std::size_t hmac_size = 20;
constexpr std::uint32_t magic_cookie = 0x2112A442;
constexpr std::uint32_t fingerprint_xor = 0x5354554E;

using Bytes = std::span<const std::uint8_t>;
using Hmac = std::array<std::uint8_t, hmac_size>;

std::uint16_t read16(const std::uint8_t* p) {
    return static_cast<std::uint16_t>((p[0] << 8) | p[1]);
}
std::uint32_t read32(const std::uint8_t* p) {
    return (std::uint32_t{p[0]} << 24) | (std::uint32_t{p[1]} << 16) | (std::uint32_t{p[2]} << 8) |
           std::uint32_t{p[3]};
}
void write16(std::uint8_t* p, std::size_t value) {
    p[0] = static_cast<std::uint8_t>(value >> 8);
    p[1] = static_cast<std::uint8_t>(value);
}
void write32(std::uint8_t* p, std::uint32_t value) {
    write16(p, value >> 16);
    write16(p + 2, value & 0xFFFF);
}
constexpr std::size_t padded(std::size_t n) { return (n + 3) & ~std::size_t{3}; }

/// RFC 8489 §14.5: over the message up to the attribute, with the header's length as if
/// MESSAGE-INTEGRITY were the last attribute.
bool hmac_before(Bytes message, std::size_t integrity_at, std::string_view password, Hmac& out) {
    std::array<std::uint8_t, StunView::size_max> copy;
    YS_ASSERT(integrity_at <= copy.size());
    std::memcpy(copy.data(), message.data(), integrity_at);
    write16(copy.data() + 2, integrity_at + 4 + hmac_size - header_size);
    unsigned length = 0;
    return HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), copy.data(),
                integrity_at, out.data(), &length) != nullptr &&
           length == hmac_size;
}

constexpr std::array<std::uint32_t, 256> make_crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t c = i;
        for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB88320U ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
    return table;
}

}  // namespace

std::uint32_t crc32(Bytes bytes) {
    static constexpr auto table = make_crc_table();
    std::uint32_t c = 0xFFFFFFFFU;
    for (std::uint8_t b : bytes) c = table[(c ^ b) & 0xFF] ^ (c >> 8);
    return ~c;
}

std::optional<StunView> StunView::parse(Bytes datagram) {
    if (datagram.size() < header_size || datagram.size() > size_max) return std::nullopt;
    const std::size_t length = read16(datagram.data() + 2);
    if ((datagram[0] & 0xC0) != 0 || length % 4 != 0) return std::nullopt;
    if (length + header_size != datagram.size()) return std::nullopt;
    if (read32(datagram.data() + 4) != magic_cookie) return std::nullopt;
    StunView view(datagram);
    if (!view.index_attributes()) return std::nullopt;
    return view;
}

bool StunView::index_attributes() {
    std::size_t at = header_size;
    while (at < bytes_.size()) {
        if (has_fingerprint_ || bytes_.size() - at < 4) return false;
        const std::uint16_t attribute = read16(&bytes_[at]);
        const std::size_t length = read16(&bytes_[at + 2]);
        if (padded(length) > bytes_.size() - at - 4) return false;
        if (attribute == stun::attr_message_integrity && integrity_at_ == 0) {
            if (length != hmac_size) return false;
            integrity_at_ = at;
        } else if (attribute == stun::attr_fingerprint) {
            if (length != 4) return false;
            const std::uint32_t sum = crc32(bytes_.first(at)) ^ fingerprint_xor;
            if (read32(&bytes_[at + 4]) != sum) return false;
            has_fingerprint_ = true;
        }
        at += 4 + padded(length);
    }
    return true;
}

std::uint16_t StunView::type() const { return read16(bytes_.data()); }

StunTransaction StunView::transaction() const {
    StunTransaction id;
    std::copy_n(bytes_.begin() + 8, id.size(), id.begin());
    return id;
}

std::optional<Bytes> StunView::find(std::uint16_t attribute) const {
    const std::size_t end = integrity_at_ != 0 ? integrity_at_ : bytes_.size();
    for (std::size_t at = header_size; at < end;) {
        const std::size_t length = read16(&bytes_[at + 2]);
        if (read16(&bytes_[at]) == attribute) return bytes_.subspan(at + 4, length);
        at += 4 + padded(length);
    }
    return std::nullopt;
}

std::string_view StunView::username() const {
    const auto value = find(stun::attr_username);
    if (!value || value->empty()) return {};
    return {reinterpret_cast<const char*>(value->data()), value->size()};
}

bool StunView::is_signed_with(std::string_view password) const {
    Hmac expected;
    if (integrity_at_ == 0 || !hmac_before(bytes_, integrity_at_, password, expected)) return false;
    return CRYPTO_memcmp(expected.data(), &bytes_[integrity_at_ + 4], hmac_size) == 0;
}

std::optional<std::uint16_t> StunView::unknown_required() const {
    const std::size_t end = integrity_at_ != 0 ? integrity_at_ : bytes_.size();
    for (std::size_t at = header_size; at < end;) {
        const std::uint16_t attribute = read16(&bytes_[at]);
        const bool is_known =
            attribute >= 0x8000 || attribute == stun::attr_username ||
            attribute == stun::attr_priority || attribute == stun::attr_use_candidate ||
            attribute == stun::attr_message_integrity || attribute == stun::attr_xor_mapped_address;
        if (!is_known) return attribute;
        at += 4 + padded(read16(&bytes_[at + 2]));
    }
    return std::nullopt;
}

StunWriter::StunWriter(std::uint16_t type, const StunTransaction& transaction) {
    write16(bytes_.data(), type);
    write32(bytes_.data() + 4, magic_cookie);
    std::copy(transaction.begin(), transaction.end(), bytes_.begin() + 8);
    size_ = header_size;
    set_length(size_);
}

void StunWriter::set_length(std::size_t total) { write16(bytes_.data() + 2, total - header_size); }

StunWriter& StunWriter::add(std::uint16_t attribute, Bytes value) {
    YS_ASSERT(size_ + 4 + padded(value.size()) <= bytes_.size());
    write16(&bytes_[size_], attribute);
    write16(&bytes_[size_ + 2], value.size());
    std::copy(value.begin(), value.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_) + 4);
    size_ += 4 + padded(value.size());
    set_length(size_);
    return *this;
}

StunWriter& StunWriter::add(std::uint16_t attribute, std::string_view value) {
    return add(attribute, Bytes(reinterpret_cast<const std::uint8_t*>(value.data()), value.size()));
}

StunWriter& StunWriter::add_mapped_address(const sockaddr_storage& address) {
    std::array<std::uint8_t, 16> ip{};
    std::size_t ip_size = 4;
    std::uint16_t port = 0;
    if (address.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        std::memcpy(ip.data(), &v4.sin_addr, 4);
        port = ntohs(v4.sin_port);
    } else {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
        port = ntohs(v6.sin6_port);
        const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr);
        ip_size = is_mapped ? 4 : 16;
        std::memcpy(ip.data(), v6.sin6_addr.s6_addr + (is_mapped ? 12 : 0), ip_size);
    }
    std::array<std::uint8_t, 20> value{};
    value[1] = ip_size == 4 ? 1 : 2;
    write16(&value[2], port ^ (magic_cookie >> 16));
    // RFC 8489 §14.2: XOR with the cookie, and for IPv6 the transaction id after it.
    for (std::size_t i = 0; i < ip_size; ++i) {
        value[4 + i] = static_cast<std::uint8_t>(ip[i] ^ bytes_[4 + i]);
    }
    return add(stun::attr_xor_mapped_address, Bytes(value).first(4 + ip_size));
}

StunWriter& StunWriter::add_error(int code, std::string_view reason) {
    std::array<std::uint8_t, 4 + 64> value{};
    const std::size_t length = std::min<std::size_t>(reason.size(), 64);
    value[2] = static_cast<std::uint8_t>(code / 100);
    value[3] = static_cast<std::uint8_t>(code % 100);
    std::copy_n(reason.begin(), length, value.begin() + 4);
    return add(stun::attr_error_code, Bytes(value).first(4 + length));
}

Bytes StunWriter::finish(std::string_view password) {
    Hmac sum{};
    YS_ASSERT(hmac_before(Bytes(bytes_).first(size_), size_, password, sum));
    add(stun::attr_message_integrity, Bytes(sum));
    // RFC 8489 §14.7: the length in the CRC counts FINGERPRINT itself.
    set_length(size_ + 8);
    std::array<std::uint8_t, 4> check{};
    write32(check.data(), crc32(Bytes(bytes_).first(size_)) ^ fingerprint_xor);
    add(stun::attr_fingerprint, Bytes(check));
    return Bytes(bytes_).first(size_);
}

}  // namespace ys::media
